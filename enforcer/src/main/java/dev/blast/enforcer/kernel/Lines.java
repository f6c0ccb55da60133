package dev.blast.enforcer.kernel;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Small files of the kernel's. */
public final class Lines {
    private static final int BUFFER_BYTES = 16 * 1024;

    private Lines() {}

    /**
     * The lines of a file; none where it cannot be read. Names in it may be of any encoding.
     *
     * <p>Read in large pieces: {@code Files.readString} asks for one byte of a file that says it is
     * empty, and a file below /proc/sys then gives that one byte and no more.
     */
    public static List<String> of(Path file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes.write(buffer, 0, read);
            }
        } catch (IOException _) {
            return List.of();
        }
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        // a carriage return is a character of a name
        List<String> lines = List.of(text.split("\n", -1));
        return lines.getLast().isEmpty() ? lines.subList(0, lines.size() - 1) : lines;
    }
}
