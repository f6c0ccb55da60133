package dev.blast.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The bounds of a change. An environment may have come with a repository, its journal included, and
 * a checksum is no signature: nothing that it names is believed to lie inside before it was looked
 * at, and no symbolic link leads out.
 */
final class Confines {
    private static final Pattern LOCK_FILE = Pattern.compile("pylock(\\.[^./]+)?\\.toml");

    /** What Blast makes in {@code .blast/}; as a link it would lead elsewhere. */
    private static final List<String> OURS =
            List.of("applied", "displaced", "journal", "lock", "staging", "state.db");

    private Confines() {}

    /** Refuses an environment that is a link, or whose private folder is or holds one. */
    static void holdsNoLinks(Environment environment) throws EnvironmentException {
        refuseLink(environment.root());
        refuseLink(environment.folder());
        for (String name : OURS) {
            refuseLink(environment.folder().resolve(name));
        }
    }

    private static void refuseLink(Path path) throws EnvironmentException {
        if (Files.isSymbolicLink(path)) {
            throw new EnvironmentException(
                    "%s is a symbolic link, and a change through it would happen elsewhere\nremove the link, or work where it points to"
                            .formatted(path));
        }
    }

    /**
     * @throws IOException where the journal names something that no change of this environment
     *     writes
     */
    static void check(Environment environment, Journal journal) throws IOException {
        try {
            if (!UUID.fromString(journal.id()).toString().equals(journal.id())) {
                throw foreign(journal.id());
            }
        } catch (IllegalArgumentException e) {
            throw foreign(journal.id());
        }
        for (Step step : journal.steps()) {
            if (!isRenamed(environment, step.path())) {
                throw foreign(step.path());
            }
        }
        for (Journal.Publication publication : journal.publications()) {
            if (!isPublished(environment, publication.target())) {
                throw foreign(publication.target().toString());
            }
        }
    }

    /** A path in the environment, and not in Blast's own folder. */
    private static boolean isRenamed(Environment environment, String path) {
        if (path.isEmpty() || path.indexOf('\0') >= 0) {
            return false;
        }
        Path relative = Path.of(path);
        return !relative.isAbsolute()
                && relative.normalize().equals(relative)
                && !relative.startsWith("..")
                && !relative.startsWith(environment.folder().getFileName());
    }

    /**
     * The note of what is applied, the project's lock, and the entry in the list of environments.
     */
    private static boolean isPublished(Environment environment, Path target) {
        Path folder = target.getParent();
        String name = String.valueOf(target.getFileName());
        return target.equals(environment.appliedFile())
                || (folder != null
                        && folder.equals(environment.root().getParent())
                        && LOCK_FILE.matcher(name).matches())
                || (folder != null
                        && folder.endsWith("blast/environments")
                        && name.equals(Environments.fileName(environment)));
    }

    private static IOException foreign(String name) {
        return new IOException(
                "its journal names '%s', which no change of this environment writes; it was not written here. If the environment came with the project, remove it: blast start makes it again"
                        .formatted(name));
    }

    /**
     * Whether the folder of this place really lies in the environment, wherever links in it lead.
     *
     * @throws IOException where it does not
     */
    static void inside(Environment environment, Path place) throws IOException {
        Path folder = place.getParent();
        while (folder != null && !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            folder = folder.getParent();
        }
        if (folder == null || !folder.toRealPath().startsWith(environment.root().toRealPath())) {
            throw new IOException("%s leads out of the environment".formatted(place));
        }
    }

    /** A text that waits to be published: a file, not a link to one. */
    static void regular(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("%s is no ordinary file".formatted(file));
        }
    }
}
