package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares a text with the file of that name under src/test/resources/golden; {@code
 * -Dgolden.update=true} writes it anew, and the change is reviewed as a diff.
 */
public final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private Golden() {}

    public static void check(String name, String text) {
        Path file = FOLDER.resolve(name);
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, text);
            }
            assertThat(text)
                    .as("golden text %s (write anew with -Dgolden.update=true)", name)
                    .isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces what differs from run to run: durations. */
    public static String masked(String text) {
        return text.replaceAll("\\b[0-9][0-9.]* (ms|s|min)\\b", "# s");
    }
}
