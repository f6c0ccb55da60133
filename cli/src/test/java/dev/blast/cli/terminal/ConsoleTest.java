package dev.blast.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Console console(Verbosity verbosity) {
        return new Console(
                new Output(out),
                new Output(err),
                Terminal.NONE,
                Map.of(),
                verbosity,
                ColorChoice.AUTO);
    }

    @Test
    void resultsAndDiagnosisKeepToTheirStreams() {
        try (Console console = console(Verbosity.NORMAL)) {
            console.answer("a result\n");
            console.say("the next step");
            console.complain("an error");
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a result\n");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("the next step\nblast: an error\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    QUIET   | ''
                    NORMAL  | resolving,downloading
                    VERBOSE | resolving,  anyio,  httpx,downloading
                    """)
    void withoutATerminalThereIsALinePerPhase(Verbosity verbosity, String lines) {
        try (Console console = console(verbosity)) {
            console.progress().phase("resolving");
            console.progress().advance("anyio", 1, 2);
            console.progress().advance("httpx", 2, 2);
            console.progress().phase("resolving");
            console.progress().phase("downloading");
        }
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(lines.isEmpty() ? "" : lines.replace(",", "\n") + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    downloading | numpy 2.3.1 | 3 | 44 | 0    | 80 | downloading  3 of 44  numpy 2.3.1
                    downloading | numpy 2.3.1 | 3 | 44 | 2300 | 80 | downloading  3 of 44  2 s  numpy 2.3.1
                    resolving   | pandas      | 0 | 0  | 0    | 80 | resolving  pandas
                    resolving   | ''          | 0 | 0  | 0    | 80 | resolving
                    downloading | numpy 2.3.1 | 3 | 44 | 0    | 30 | downloading  3 of 44  numpy …
                    downloading | numpy 2.3.1 | 3 | 44 | 0    | 2  | d
                    downloading | numpy 2.3.1 | 3 | 44 | 0    | 0  | ''
                    """)
    void theLineNeverWraps(
            String phase, String item, long done, long total, long millis, int width, String line) {
        assertThat(ProgressLine.line(phase, item, done, total, Duration.ofMillis(millis), width))
                .isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO,   true,  '', xterm, ANSI", "AUTO,   false, '', xterm, PLAIN",
                "AUTO,   true,  1, xterm, PLAIN",
        "AUTO,   true,  '', dumb,  PLAIN", "ALWAYS, false, 1, dumb,  ANSI",
                "NEVER,  true,  '', xterm, PLAIN"
    })
    void coloursAreForTerminalsThatWantThem(
            ColorChoice choice, boolean terminal, String noColor, String term, Palette palette) {
        assertThat(choice.paletteFor(terminal, Map.of("NO_COLOR", noColor, "TERM", term)))
                .isEqualTo(palette);
    }

    @Test
    void aReaderThatWentAwayIsNoFailureButAFullDiskIs() {
        assertThat(failureOf("Broken pipe")).isNull();
        assertThat(failureOf("No space left on device")).isEqualTo("No space left on device");
    }

    private static @org.jspecify.annotations.Nullable String failureOf(String message) {
        var output =
                new Output(
                        new OutputStream() {
                            @Override
                            public void write(int b) throws IOException {
                                throw new IOException(message);
                            }
                        });
        output.write("text");
        output.write("more");
        return output.failure();
    }
}
