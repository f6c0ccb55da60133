package dev.blast.environment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Files that are replaced whole: a reader sees the old text or the new one, and a kill or a full
 * disk leaves the old one.
 */
final class AtomicFile {
    private AtomicFile() {}

    /** Written beside, made durable, renamed over; the folder is created where it is missing. */
    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        // not createTempFile, whose files only the owner may read: this one is to be like any other
        // of its folder
        Path aside = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(aside);
        }
    }
}
