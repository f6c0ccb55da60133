package dev.blast.environment;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What a failed file operation means, in words. Java's own messages are often only the path. */
public final class Cause {
    private Cause() {}

    /**
     * Such as {@code "permission denied (/a/b)"} or {@code "No space left on device (/a/b)"}; one
     * line.
     */
    public static String of(IOException e) {
        String why =
                switch (e) {
                    case AccessDeniedException _ -> "permission denied";
                    case NoSuchFileException _ -> "no such file or directory";
                    case FileAlreadyExistsException _ -> "it exists already";
                    case NotDirectoryException _ -> "not a directory";
                    case FileSystemException f when f.getReason() != null -> f.getReason();
                    default ->
                            e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
                };
        return e instanceof FileSystemException f && f.getFile() != null
                ? why + " (" + f.getFile() + ")"
                : why;
    }
}
