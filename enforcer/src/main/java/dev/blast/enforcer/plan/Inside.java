package dev.blast.enforcer.plan;

import dev.blast.enforcer.plan.HostFiles.HostFile;
import dev.blast.enforcer.plan.HostFiles.Kind;
import dev.blast.enforcer.plan.PathDecision.Place;
import dev.blast.enforcer.plan.RootMounts.Mount;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A root of its own as a program finds it: what is at each path, whose links are followed there.
 *
 * @param landlock whether Landlock withholds besides what the mounts do
 */
public record Inside(RootLayout layout, boolean landlock) {
    private static final Path DEV = Path.of("/dev");
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final Path TERMINALS = Path.of("/dev/pts");

    /** What the sandbox links to descriptors of the program, see MountRows. */
    private static final Set<Path> DESCRIPTORS =
            Set.of(
                    DEV.resolve("fd"),
                    DEV.resolve("stdin"),
                    DEV.resolve("stdout"),
                    DEV.resolve("stderr"));

    private static final Reason MADE =
            Reason.ofBlast("a folder of the sandbox's own", "made", "rules grant what is below it");
    private static final Reason OF_PROC =
            Reason.ofBlast(
                    "/proc of the sandbox's own", "made", "read-only, without other processes");
    private static final Reason OF_DEV =
            Reason.ofBlast("/dev of the sandbox's own", "made", "what programs expect there");
    static final Reason ENDLESS =
            Reason.ofBlast("symbolic links", "absent", "they lead in a circle");
    private static final Reason KERNEL =
            Reason.ofBlast("what is the kernel's own", "hidden", "it helps to attack the machine");
    private static final HostFile FOLDER = new HostFile(Kind.FOLDER, Path.of("/"), 0, 0, false);
    private static final HostFile SPECIAL = new HostFile(Kind.SPECIAL, Path.of("/"), 0, 0, false);

    /** What becomes of a path, its links followed. */
    public PathDecision decide(Path path) {
        Resolution resolution = Resolution.of(path, this::at);
        Path real = resolution.path();
        boolean there = resolution.file().isPresent();
        if (resolution.endless()) {
            return new PathDecision(
                    resolution.path(), Place.ABSENT, false, false, false, List.of(ENDLESS));
        }
        Optional<Reason> hidden = hiding(real);
        Optional<Map.Entry<Path, Mount>> mount = layout.mounts().nearest(real);
        if (real.startsWith(KernelsOwn.PROC)) {
            return KernelsOwn.files(layout.host()).contains(real)
                    ? new PathDecision(real, Place.HIDDEN, true, false, false, List.of(KERNEL))
                    : new PathDecision(real, Place.OWN, there, true, false, List.of(OF_PROC));
        }
        if (hidden.isPresent()) {
            return new PathDecision(real, Place.HIDDEN, there, false, false, List.of(hidden.get()));
        }
        if (mount.isPresent()) {
            return mounted(real, there, mount.get().getValue());
        }
        if (real.startsWith(SHARED_MEMORY)) {
            return new PathDecision(real, Place.TEMPORARY, there, false, true, List.of(OF_DEV));
        }
        if (real.startsWith(TERMINALS) || DESCRIPTORS.contains(real)) {
            return new PathDecision(real, Place.OWN, there, true, true, List.of(OF_DEV));
        }
        if (layout.made().contains(real)) {
            return new PathDecision(real, Place.MADE, true, false, false, List.of(MADE));
        }
        return new PathDecision(
                real, Place.ABSENT, false, false, false, layout.leftOutReasons(path));
    }

    private PathDecision mounted(Path real, boolean there, Mount mount) {
        List<Reason> because = mount.because();
        return switch (mount) {
            case Mount.Temporary _ ->
                    new PathDecision(real, Place.TEMPORARY, there, false, true, because);
            case Mount.Bound(Access access, _, _, _) -> {
                Place place = because.contains(RootBuilder.DEVICE) ? Place.OWN : Place.GRANTED;
                boolean usable = isUsable(real);
                boolean writable =
                        real.startsWith(DEV)
                                ? usable && (access == Access.WRITABLE || !landlock)
                                : access == Access.WRITABLE;
                yield new PathDecision(real, place, there, true, writable, because);
            }
        };
    }

    /** Devices can be used, which only Landlock can forbid, and nothing new be made among them. */
    private boolean isUsable(Path real) {
        return at(real).filter(file -> file.kind() != Kind.FOLDER).isPresent();
    }

    private Optional<Reason> hiding(Path real) {
        return layout.hidden().entrySet().stream()
                .filter(hidden -> real.startsWith(hidden.getKey()) && isCovered(hidden.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** A folder of the sandbox's own, as a temporary one, has nothing that could be covered. */
    private boolean isCovered(Path hidden) {
        return layout.mounts().boundAbove(hidden).isPresent()
                || (!hidden.startsWith(DEV) && layout.mounts().nearest(hidden).isEmpty());
    }

    /** What is at a path, a link itself; what cannot be looked at is not there. */
    Optional<HostFile> at(Path path) {
        if (path.equals(KernelsOwn.PROC)
                || path.equals(SHARED_MEMORY)
                || path.equals(TERMINALS)
                || (layout.made().contains(path) && layout.mounts().at(path) == null)) {
            return Optional.of(FOLDER);
        }
        if (DESCRIPTORS.contains(path)) {
            return Optional.of(SPECIAL);
        }
        if (path.startsWith(KernelsOwn.PROC)) { // of what its links lead to only the kernel knows
            return layout.host().at(path).map(_ -> SPECIAL);
        }
        if (hiding(path).isPresent()) {
            return Optional.empty();
        }
        Mount mount = layout.mounts().at(path);
        if (mount instanceof Mount.Temporary) {
            return Optional.of(FOLDER);
        }
        Path target = layout.links().get(path);
        if (target != null) {
            return Optional.of(new HostFile(Kind.LINK, target, 0, 0, false));
        }
        return mount != null || layout.mounts().boundAbove(path).isPresent()
                ? layout.host().at(path).or(() -> kept(path))
                : Optional.empty();
    }

    private Optional<HostFile> kept(Path path) {
        return layout.keptNames().contains(path) ? Optional.of(FOLDER) : Optional.empty();
    }

    /** Whether something is there that a program can be started from or in. */
    public boolean reaches(Path path) {
        PathDecision decision = decide(path);
        return decision.isThere()
                && switch (decision.place()) {
                    case GRANTED, TEMPORARY, MADE, OPEN -> true;
                    case OWN -> !decision.leadsTo().startsWith(KernelsOwn.PROC);
                    case HIDDEN, ABSENT -> false;
                };
    }
}
