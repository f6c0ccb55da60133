package dev.blast.environment.session;

import dev.blast.enforcer.Confinement;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.PathDecision;
import dev.blast.rules.explain.PathAsked;
import dev.blast.rules.explain.PathAsked.Naming;
import dev.blast.rules.verdict.Ruling;
import dev.blast.rules.verdict.SandboxPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What rules could name so that a program reads or writes at a path of this machine. A rule can
 * only give what is there: a new file has to be made first, or its folder be given.
 *
 * @param home no folder above it is ever proposed
 * @param project nor above this
 */
record PathWays(KernelFeatures kernel, Path home, Path project) {
    private static final List<Path> OF_THE_MACHINE =
            List.of(
                    Path.of("/etc"),
                    Path.of("/usr"),
                    Path.of("/bin"),
                    Path.of("/sbin"),
                    Path.of("/lib"),
                    Path.of("/lib64"),
                    Path.of("/boot"),
                    Path.of("/dev"),
                    Path.of("/proc"),
                    Path.of("/sys"),
                    Path.of("/run"),
                    Path.of("/var/lib"),
                    Path.of("/var/run"));

    PathAsked asked(Path path, boolean write, PathDecision now) {
        @Nullable Path real = real(path);
        Function<SandboxPolicy, Ruling> enforced = ruling(path, write, null);
        var ways = new ArrayList<List<Naming>>();
        @Nullable String obstacle = null;
        if (real == null) {
            obstacle = "its links lead in a circle";
        } else if (Files.exists(real)) {
            if (!FileModes.let(real, write)) {
                obstacle =
                        "the mode of %s keeps you from it, whatever rules grant"
                                .formatted(real.equals(path) ? "the file" : real);
            }
            ways.add(named(path, real, null, write));
        } else if (!write) {
            obstacle = "nothing is there that you may see, and rules only open what is";
        } else {
            Path folder = Objects.requireNonNull(real.getParent(), "the root is there");
            if (Files.isDirectory(folder)) {
                if (!FileModes.let(folder, true)) {
                    obstacle = "the mode of %s lets you make nothing there".formatted(folder);
                }
                ways.add(named(path, real, real, true));
            }
            if (isFitToGive(folder)) {
                ways.add(List.of(new Naming(folder, null, enforced)));
            }
        }
        return new PathAsked(path, now.leadsTo(), enforced, ways, obstacle);
    }

    /** The path as it was asked for, and what it leads to. */
    private List<Naming> named(Path path, Path real, @Nullable Path toMake, boolean write) {
        Set<Path> names = new LinkedHashSet<>(List.of(path, real));
        return names.stream()
                .map(name -> new Naming(name, toMake, ruling(path, write, toMake)))
                .toList();
    }

    private Function<SandboxPolicy, Ruling> ruling(Path path, boolean write, @Nullable Path made) {
        return sandbox -> {
            PathDecision decision =
                    made == null
                            ? Confinement.decide(sandbox, kernel, path)
                            : Confinement.decideOnce(made, sandbox, kernel, path);
            return write ? decision.writing() : decision.reading();
        };
    }

    private boolean isFitToGive(Path folder) {
        return folder.getNameCount() > 1
                && !home.startsWith(folder)
                && !project.startsWith(folder)
                && OF_THE_MACHINE.stream().noneMatch(folder::startsWith);
    }

    /** Where the path leads on the machine, be something there or not; null for a circle. */
    static @Nullable Path real(Path path) {
        Path known = path;
        for (int followed = 0; followed < 40; followed++) {
            Path existing = known;
            while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
                existing = existing.getParent();
            }
            if (existing == null) {
                return known;
            }
            try {
                return existing.toRealPath().resolve(existing.relativize(known)).normalize();
            } catch (IOException _) {
                @Nullable Path target = target(existing);
                if (target == null) {
                    return known;
                }
                known = target.resolve(existing.relativize(known)).normalize();
            }
        }
        return null;
    }

    /** What a link that leads nowhere says; null where it is none. */
    private static @Nullable Path target(Path path) {
        try {
            return path.resolveSibling(Files.readSymbolicLink(path));
        } catch (IOException | UnsupportedOperationException _) {
            return null;
        }
    }
}
