package dev.blast.environment.install;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The scripts that a shell sources to use an environment, each with the spelling of text that its
 * shell needs.
 */
enum ActivationScript {
    POSIX("activate") {
        @Override
        String quoted(String text) {
            return "'" + text.replace("'", "'\\''") + "'";
        }
    },
    CSH("activate.csh") {
        @Override
        String quoted(String text) {
            return "'" + text.replace("'", "'\\''").replace("!", "\\!") + "'";
        }
    },
    FISH("activate.fish") {
        @Override
        String quoted(String text) {
            return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
        }
    },
    POWERSHELL("Activate.ps1") {
        @Override
        String quoted(String text) {
            return "'" + text.replaceAll("(['\u2018\u2019\u201a\u201b])", "$1$1") + "'";
        }
    };

    private static final Pattern ROOT =
            Pattern.compile(
                    "^\\s*(?:export )?VIRTUAL_ENV=[\"']?(/[^\"'\\n\\x00]*?)[\"']?\\s*$",
                    Pattern.MULTILINE);

    private final String fileName;

    ActivationScript(String fileName) {
        this.fileName = fileName;
    }

    String fileName() {
        return fileName;
    }

    static Optional<ActivationScript> named(String fileName) {
        return Arrays.stream(values())
                .filter(script -> script.fileName.equals(fileName))
                .findFirst();
    }

    /** A text as a literal of the shell, in which nothing is expanded. */
    abstract String quoted(String text);

    String text(Path root, String prompt) throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(
                        ActivationScript.class.getResourceAsStream(fileName), fileName)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("__ROOT__", quoted(root.toString()))
                    .replace("__PROMPT__", quoted(prompt));
        }
    }

    /** The folder that an activation script, whoever wrote it, was made for. */
    static Optional<Path> rootIn(Path activate) throws IOException {
        try {
            return ROOT.matcher(OrdinaryFile.text(activate))
                    .results()
                    .map(found -> Path.of(found.group(1)))
                    .findFirst();
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }
}
