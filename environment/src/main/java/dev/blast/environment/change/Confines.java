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
     * Refuses an environment that is a link or lies behind one in its project, or whose private
     * folder is none, or holds what Blast does not make there.
     */
    static void require(Environment environment) throws EnvironmentException {
        Path blast = environment.folder();
        refuseLinks(environment);
        if (isThere(environment.root()) && !Files.isDirectory(environment.root())) {
            throw new EnvironmentException(
                    Message.of(
                            "%s is no folder, so it is no environment\nmove it away, or name another place: --environment DIR",
                            environment.root()));
        }
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

    /** The environment itself, and what lies between its project and it. */
    private static void refuseLinks(Environment environment) throws EnvironmentException {
        refuseLink(environment.root());
        Path folder = environment.root();
        while (environment.isInside() && !folder.equals(environment.project())) {
            refuseLink(folder);
            folder = folder.resolve("..").normalize();
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
                            "%s is a symbolic link, and a change through it would happen elsewhere\nremove the link; to keep the environment where it leads, name that place: --environment DIR, or UV_PROJECT_ENVIRONMENT",
                            path));
        }
    }
}
