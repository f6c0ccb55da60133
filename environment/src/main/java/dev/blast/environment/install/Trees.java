package dev.blast.environment.install;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Folders with all that is in them. */
public final class Trees {
    private Trees() {}

    /** How one file, link or empty folder is deleted. */
    @FunctionalInterface
    public interface Deletion {
        void delete(Path path) throws IOException;
    }

    static void delete(Path folder) throws IOException {
        delete(folder, Files::deleteIfExists);
    }

    /**
     * Deletes a folder with all that is in it, deepest first, following no link. What is not there,
     * or goes meanwhile, is fine.
     */
    public static void delete(Path folder, Deletion deletion) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        deletion.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e)
                            throws IOException {
                        if (e instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw e;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException e) throws IOException {
                        if (e != null && !(e instanceof NoSuchFileException)) {
                            throw e;
                        }
                        deletion.delete(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
