package dev.blast.enforcer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small files of the kernel's. */
final class Lines {
    private Lines() {}

    /** The lines of a file; none where it cannot be read. Names in it may be of any encoding. */
    static List<String> of(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
        } catch (IOException _) {
            return List.of();
        }
    }
}
