package dev.blast.environment.interpreter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What describes an interpreter or chooses one: ordinary files of a few lines. */
final class SmallFile {
    private static final int LARGEST_BYTES = 256 * 1024;

    private SmallFile() {}

    /**
     * Its text.
     *
     * @throws IOException where it is none, is large, or is not UTF-8
     */
    static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "no ordinary file");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                throw new IOException(file + " is larger than " + LARGEST_BYTES + " bytes");
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        }
    }
}
