package dev.blast.index.cache;

import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;

/** Failures of the local file system as clauses: Java's own messages are often only a path. */
public final class Disk {

    private Disk() {}

    /** A further line about a disk that is full; empty for all else. */
    public static Message advice(IOException e) {
        return reason(e).equals("No space left on device")
                ? new Message(
                        "\nmake room on that disk, or name a folder on another one with XDG_CACHE_HOME")
                : new Message("");
    }

    /**
     * The lines of a configuration, without a byte order mark.
     *
     * @throws NoSuchFileException where there is none, also where a part of its path is no folder
     */
    public static List<String> lines(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder != null && Files.isRegularFile(folder)) {
            throw new NoSuchFileException(file.toString());
        }
        String text = Files.readString(file);
        return (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
    }

    public static String reason(IOException e) {
        return switch (e) {
            case CharacterCodingException _ -> "it is not text in UTF-8";
            case NoSuchFileException _ -> "it does not exist";
            case AccessDeniedException _ -> "permission denied";
            case NotDirectoryException _ -> "it is not a folder";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
