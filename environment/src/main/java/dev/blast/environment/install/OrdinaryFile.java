package dev.blast.environment.install;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What a folder brings, read whole. It is a stranger's: only an ordinary file of a size that people
 * and tools write is opened at all, since a FIFO waits for ever and a device has no end.
 */
public final class OrdinaryFile {
    /** A lock of two thousand packages has 5 MB. */
    private static final int LARGEST_BYTES = 32 * 1024 * 1024;

    private OrdinaryFile() {}

    /**
     * Its bytes.
     *
     * @throws java.nio.file.NoSuchFileException where there is none
     * @throws FileSystemException where it is no ordinary file, or too large; with the reason
     */
    public static byte[] bytes(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    attributes.isDirectory()
                            ? "it is a folder, not a file"
                            : "it is no ordinary file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                throw new FileSystemException(
                        file.toString(),
                        null,
                        "it has more than %d MiB".formatted(LARGEST_BYTES >> 20));
            }
            return bytes;
        }
    }

    /**
     * Its text.
     *
     * @throws java.nio.charset.CharacterCodingException where it is not UTF-8
     */
    public static String text(Path file) throws IOException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(file))).toString();
    }
}
