package dev.blast.environment.build;

import dev.blast.environment.install.Trees;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders that a build has written in, whose permissions may be anything. */
final class BuildTrees {
    private BuildTrees() {}

    /** Deletes a folder with all that is in it, following no link. */
    static void delete(Path folder) throws IOException {
        try {
            Trees.delete(folder);
        } catch (AccessDeniedException _) {
            open(folder);
            Trees.delete(folder);
        }
    }

    /** What a build closed to its owner is opened again: nothing runs in it any more. */
    private static void open(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    open(entry);
                }
            }
        }
    }
}
