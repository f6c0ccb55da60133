package dev.blast.environment;

import dev.blast.environment.install.HeldFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files of the user's data that are replaced whole: a reader sees the old text or the new one, and
 * a kill or a full disk leaves the old one.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /** {@link HeldFolder#replace}; the folder is created where it is missing. */
    public static void write(Path file, String text) throws IOException {
        Path folder = Files.createDirectories(HeldFolder.above(file));
        try (HeldFolder held = HeldFolder.open(folder)) {
            held.replace(file.getFileName(), text);
        }
    }
}
