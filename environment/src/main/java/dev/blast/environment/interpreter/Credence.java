package dev.blast.environment.interpreter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which programs may be started unasked, outside of any sandbox: those that the person has on PATH
 * or that stand where interpreters are installed, and what only root could have written. A folder's
 * word for one is a stranger's word, and so is a program that a sandbox could have written.
 */
final class Credence {
    private static final int LINK_CAP = 40;
    private static final int WRITABLE_BY_OTHERS = 022;

    private final Discovery discovery;
    private final Path home;
    private final Optional<Path> project;
    private final Interpreters.Writable writable;

    /**
     * @param project around which nothing is believed
     * @param writable where programs in sandboxes may write besides
     */
    Credence(
            Discovery discovery,
            Path home,
            Optional<Path> project,
            Interpreters.Writable writable) {
        this.discovery = discovery;
        this.home = home;
        this.project = project;
        this.writable = writable;
    }

    /** Why it is not started; empty where it may be. */
    Optional<String> objection(Path executable) throws IOException {
        List<Path> strange = new ArrayList<>(writable.folders());
        if (project.isPresent()) {
            strange.add(outermost(project.get()));
        }
        Path at = executable;
        for (int links = 0; links < LINK_CAP; links++) {
            Path folder = at.toAbsolutePath().normalize().resolveSibling(".").toRealPath();
            for (Path other : strange) {
                if (Files.isDirectory(other) && folder.startsWith(other.toRealPath())) {
                    return Optional.of(
                            "lies in the project %s, whose programs are not started unasked; --python %s names it"
                                    .formatted(other, executable));
                }
            }
            if (!Files.isSymbolicLink(at)) {
                break;
            }
            at = folder.resolve(Files.readSymbolicLink(at)).normalize();
        }
        Path file = executable.toRealPath();
        return discovery.usual(file) || (Discovery.isNamed(file) && onlyRootWrites(file))
                ? Optional.empty()
                : Optional.of(
                        "is not on PATH and not where interpreters are installed, and nobody has named it; --python %s names it"
                                .formatted(executable));
    }

    /** The outermost folder, below the home, that looks like the same checkout or workspace. */
    private Path outermost(Path project) {
        Path outermost = project;
        for (Path folder = project; folder != null; folder = folder.getParent()) {
            if (home.startsWith(folder)) {
                break;
            }
            for (String mark : List.of(".git", "pyproject.toml", "requirements.txt")) {
                if (Files.exists(folder.resolve(mark), LinkOption.NOFOLLOW_LINKS)) {
                    outermost = folder;
                }
            }
        }
        return outermost;
    }

    /** For root this says nothing: what a stranger gave to root belongs to root, too. */
    private static boolean onlyRootWrites(Path file) throws IOException {
        if (Processes.own() == 0) {
            return false;
        }
        for (Path at = file; at != null; at = at.getParent()) {
            Map<String, Object> attributes = Files.readAttributes(at, "unix:uid,mode");
            if (!Objects.equals(attributes.get("uid"), 0)
                    || ((int) Objects.requireNonNull(attributes.get("mode")) & WRITABLE_BY_OTHERS)
                            != 0) {
                return false;
            }
        }
        return true;
    }
}
