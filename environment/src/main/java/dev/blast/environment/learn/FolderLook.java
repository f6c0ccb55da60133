package dev.blast.environment.learn;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks through all that lies in a folder for what keeps it from being opened as a whole. What
 * cannot be looked through, or not within bounds, is not opened. For one thread.
 */
final class FolderLook {
    /** Names in a folder and below it. */
    static final int MOST = 20_000;

    /** Folders in one another. */
    static final int DEEPEST = 32;

    private final Map<Path, Optional<String>> known = new HashMap<>();

    /**
     * Why not, as half a sentence; empty where nothing speaks against it, or no folder is there.
     */
    Optional<String> objection(Path folder) {
        return known.computeIfAbsent(folder, FolderLook::looked);
    }

    private static Optional<String> looked(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        var walk = new Walk();
        try {
            Files.walkFileTree(
                    folder.toRealPath(), EnumSet.noneOf(FileVisitOption.class), DEEPEST, walk);
        } catch (IOException _) {
            return Optional.of(Walk.CLOSED);
        }
        return Optional.ofNullable(walk.why);
    }

    /** Ends at the first objection. */
    private static final class Walk implements FileVisitor<Path> {
        static final String CLOSED = "not all that lies in it can be looked at";

        private int names;
        private @Nullable String why;

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return named(folder);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            if (attributes.isDirectory()) {
                return because("it is deeper than %d folders".formatted(DEEPEST));
            }
            if (attributes.isOther()) {
                return because("a socket, a pipe or a device lies in it");
            }
            return attributes.isSymbolicLink() && PathReading.isSecret(file)
                    ? because(PathReading.HOLDS_SECRET)
                    : named(file);
        }

        private FileVisitResult named(Path path) {
            if (++names > MOST) {
                return because(
                        "more than %,d names lie in it, and not all are looked at".formatted(MOST));
            }
            return Secrets.isLike(path)
                    ? because(PathReading.HOLDS_SECRET)
                    : FileVisitResult.CONTINUE;
        }

        private FileVisitResult because(String objection) {
            why = objection;
            return FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return because(CLOSED);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
            return e == null ? FileVisitResult.CONTINUE : because(CLOSED);
        }
    }
}
