package dev.blast.environment.learn;

import dev.blast.rules.verdict.PathGrant;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes paths that a program named, one by one: those that rules would have to give, and those that
 * are not proposed. For one thread.
 */
final class PathReading {
    static final String SECRET = "it looks like a secret";
    static final String HOLDS_SECRET = "something in it looks like a secret";
    private static final String WIDE = "too much lies there for one program";

    /** Inside they are Blast's own, whatever rules grant. */
    private static final Set<Path> OF_THE_GATE =
            Set.of(Path.of("/etc/resolv.conf"), Path.of("/etc/hosts"));

    private final SandboxPolicy policy;
    private final Path project;
    private final PathFolding folding;
    private final FolderLook look = new FolderLook();
    private final SeenPaths seen;
    private final Map<String, String> closed;

    /**
     * @param project real
     * @param closed takes what is not proposed, in words, and why
     */
    PathReading(SandboxPolicy policy, Path project, Path home, Map<String, String> closed) {
        this.policy = policy;
        this.project = project;
        this.folding = new PathFolding(home, project, _ -> false);
        this.seen = new SeenPaths(home, project);
        this.closed = closed;
    }

    SeenPaths seen() {
        return seen;
    }

    void read(Path path) {
        if (isOfKernel(path)
                || isGiven(path)
                || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                || isWay(path)) {
            return;
        }
        Path real = real(path);
        if (isOfKernel(real)) {
            return;
        }
        Optional<String> objection = isSecret(path) ? Optional.of(SECRET) : objection(path, real);
        if (objection.isPresent()) {
            closed.put("read " + path, objection.get());
        } else if (Files.isReadable(path)) {
            seen.add(Set.of(path), Set.of());
        }
    }

    private Optional<String> objection(Path path, Path real) {
        if (Files.isDirectory(real)) {
            return folding.isBroad(path) || folding.isBroad(real)
                    ? Optional.of(WIDE)
                    : look.objection(real);
        }
        return Files.isRegularFile(real)
                ? Optional.empty()
                : Optional.of("it is no file or folder");
    }

    /** In a temporary folder inside, no file of the machine's is there. */
    private boolean isGiven(Path path) {
        if (OF_THE_GATE.contains(path)) {
            return true;
        }
        Optional<PathGrant> grant = policy.deciding(path);
        return grant.isPresent()
                && (grant.get().access() != Access.TEMPORARY || !Files.isRegularFile(path));
    }

    /** A folder on the way to what is granted is there inside. */
    private boolean isWay(Path path) {
        return policy.paths().stream().anyMatch(grant -> grant.path().startsWith(path));
    }

    /** A file is made in its folder. */
    void write(Path path) {
        if (isOfKernel(path)) {
            return;
        }
        Optional<PathGrant> grant = policy.deciding(path);
        if (grant.isEmpty()) {
            written(path);
        } else if (grant.get().access() == Access.READABLE) {
            closed.put("write " + path, "rules let it be read only");
        }
    }

    /** In the copy it could be written whatever rules say. */
    void change(Path path) {
        Optional<PathGrant> grant = policy.deciding(path);
        if (grant.filter(it -> it.access() == Access.WRITABLE).isPresent()) {
            return;
        }
        if (grant.filter(it -> !Files.exists(it.path(), LinkOption.NOFOLLOW_LINKS)).isPresent()) {
            closed.put("write " + path, "rules protect it, though it is not there yet");
        } else {
            written(path);
        }
    }

    private void written(Path path) {
        Path folder = path.getParent();
        Optional<String> objection =
                folder == null
                        ? Optional.of(WIDE)
                        : isSecret(path) ? Optional.of(SECRET) : toFolder(folder);
        if (folder == null || objection.isPresent()) {
            closed.put("write " + path, objection.orElse(WIDE));
        } else {
            seen.add(Set.of(), Set.of(folder));
        }
    }

    /** What may be written may be read as well. */
    private Optional<String> toFolder(Path folder) {
        Path real = real(folder);
        if (folder.startsWith(project)) {
            return real.startsWith(project)
                    ? Optional.empty()
                    : Optional.of("it leads out of the project");
        }
        if (PathFolding.isOfSystem(folder) || PathFolding.isOfSystem(real)) {
            return Optional.of("what lies there is the system's");
        }
        return folding.isBroad(folder) || folding.isBroad(real)
                ? Optional.of(WIDE)
                : look.objection(real);
    }

    private static boolean isOfKernel(Path path) {
        return path.startsWith("/proc") || path.startsWith("/dev");
    }

    /** By its own name or by that of what it leads to. */
    static boolean isSecret(Path path) {
        return Secrets.isLike(path) || Secrets.isLike(real(path));
    }

    /** Where it leads; of what is not there, where the folders above it do that are. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException _) {
            Path above = path.getParent();
            return above == null ? path : real(above).resolve(path.getFileName());
        }
    }
}
