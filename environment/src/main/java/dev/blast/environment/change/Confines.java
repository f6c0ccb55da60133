package dev.blast.environment.change;

import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.Message;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * The bounds of a change: an environment may have come with a repository, and a symbolic link in it
 * would lead the change elsewhere, or something else than a file or folder of ours keep it from
 * ending. Said before anything begins; what is made, renamed or deleted follows no link whatever
 * was seen here.
 */
final class Confines {
    /** What Blast makes in {@code .blast/}. */
    private static final List<String> FOLDERS = List.of("displaced", "staging");

    private static final List<String> FILES = List.of("applied", "lock");

    private Confines() {}

    /**
     * Refuses an environment that is a link, or whose private folder is none, or holds what Blast
     * does not make there.
     */
    static void require(Environment environment) throws EnvironmentException {
        Path blast = environment.folder();
        refuseLink(environment.root());
        requireFolder(blast);
        for (String name : FOLDERS) {
            requireFolder(blast.resolve(name));
        }
        for (String name : FILES) {
            Path file = blast.resolve(name);
            refuseLink(file);
            if (isThere(file) && !Files.isRegularFile(file)) {
                throw notOurs(file, "file");
            }
        }
    }

    private static void requireFolder(Path folder) throws EnvironmentException {
        refuseLink(folder);
        if (isThere(folder) && !Files.isDirectory(folder)) {
            throw notOurs(folder, "folder");
        }
    }

    private static boolean isThere(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static EnvironmentException notOurs(Path path, String kind) {
        return new EnvironmentException(
                Message.of(
                        "%s is no %s, so it is not Blast's\nremove it; what it is for is made anew",
                        path, kind));
    }

    private static void refuseLink(Path path) throws EnvironmentException {
        if (Files.isSymbolicLink(path)) {
            throw new EnvironmentException(
                    Message.of(
                            "%s is a symbolic link, and a change through it would happen elsewhere\nremove the link, or work where it points to",
                            path));
        }
    }
}
