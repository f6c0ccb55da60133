package dev.blast.environment;

import dev.blast.packaging.IoFailure;
import dev.blast.packaging.Message;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a failed file operation means, in words. Java's own messages are often only the path. */
public final class Cause {
    // as strerror(3) has them
    private static final String NO_SPACE = "No space left on device";
    private static final String QUOTA = "Disk quota exceeded";
    private static final String READ_ONLY = "Read-only file system";

    private Cause() {}

    /**
     * Such as {@code "permission denied (/a/b)"} or {@code "No space left on device (/a/b)"}; one
     * line.
     */
    public static String of(IOException e) {
        String place = place(e);
        return place == null ? IoFailure.words(e) : IoFailure.words(e) + " (" + place + ")";
    }

    /**
     * The same in a sentence about a place, which is not named twice. A link that leads nowhere is
     * there, and who looks sees it.
     */
    public static String of(IOException e, Path about) {
        if (e instanceof NoSuchFileException && Files.isSymbolicLink(about)) {
            return "it is a link to what is not there";
        }
        return about.toString().equals(place(e)) ? IoFailure.words(e) : of(e);
    }

    /**
     * What to do about it, as a further line; empty where that depends on more than the failure.
     *
     * @param near where it happened, if the failure itself does not say
     */
    public static Message advice(IOException e, Path near) {
        if (e instanceof AccessDeniedException) {
            String place = place(e);
            return denied(place == null ? near : Path.of(place));
        }
        return switch (IoFailure.words(e)) {
            case NO_SPACE, QUOTA -> Message.of("\nmake room on the disk of %s", room(e, near));
            case READ_ONLY ->
                    new Message(
                            "\nit can only be read: mount it for writing, or work in another folder (-C DIR)");
            default -> new Message("");
        };
    }

    /** By who owns the nearest that is there, and by its mode. */
    private static Message denied(Path place) {
        Path at = place.toAbsolutePath();
        while (!Files.exists(at) && at.getParent() != null) {
            at = at.getParent();
        }
        String needed = Files.isDirectory(at) ? "rwx" : "rw-";
        try {
            if (Files.getOwner(at).getName().equals(System.getProperty("user.name"))) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(at));
                return mode.startsWith(needed)
                        ? new Message("")
                        : Message.of(
                                "\nits mode forbids it: chmod u+%s %s",
                                needed.replace("-", ""), at);
            }
        } catch (IOException | UnsupportedOperationException _) {
            // whose it is cannot be found out, so it is nobody's who asks
        }
        return new Message(
                "\nit belongs to somebody else: work as its owner, or in a folder of your own (-C DIR)");
    }

    /** The nearest folder that is there, and how much is free in it. */
    private static String room(IOException e, Path near) {
        String place = place(e);
        Path folder = (place == null ? near : Path.of(place)).toAbsolutePath();
        while (!Files.isDirectory(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        try {
            long bytes = Files.getFileStore(folder).getUsableSpace();
            return "%s (%,d KiB are free)".formatted(folder, bytes / 1024);
        } catch (IOException _) {
            return folder.toString(); // a figure more or less: the failure itself is told
        }
    }

    /** Of a copy, what could not be written: the source is named first and is not to blame. */
    private static @Nullable String place(IOException e) {
        if (!(e instanceof FileSystemException f)) {
            return null;
        }
        boolean target =
                f.getOtherFile() != null
                        && Set.of(NO_SPACE, QUOTA, READ_ONLY).contains(IoFailure.words(e));
        return target ? f.getOtherFile() : f.getFile();
    }
}
