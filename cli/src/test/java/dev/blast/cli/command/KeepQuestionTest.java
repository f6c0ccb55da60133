package dev.blast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.cli.terminal.ColorChoice;
import dev.blast.cli.terminal.Console;
import dev.blast.cli.terminal.Output;
import dev.blast.cli.terminal.Terminal;
import dev.blast.cli.terminal.Verbosity;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KeepQuestionTest {
    /** Keeping may fail, and then it is asked again: a plain No is for all of it. */
    @Test
    void whatWasTypedOnceIsNoAnswerToTheNextQuestion() {
        InputStream in =
                new ByteArrayInputStream(
                        "some\n.git/hooks\n../x\nsrc/./a\n\nn\nA\n"
                                .getBytes(StandardCharsets.UTF_8));
        try (var console =
                new Console(
                        new Output(OutputStream.nullOutputStream()),
                        new Output(OutputStream.nullOutputStream()),
                        Terminal.NONE,
                        Map.of(),
                        Verbosity.NORMAL,
                        ColorChoice.AUTO)) {
            assertThat(KeepQuestion.Said.of(console, in))
                    .isEqualTo(
                            new KeepQuestion.Said(
                                    false, Set.of(Path.of(".git/hooks"), Path.of("src/a"))));
            assertThat(KeepQuestion.Said.of(console, in))
                    .isEqualTo(new KeepQuestion.Said(false, Set.of()));
            assertThat(KeepQuestion.Said.of(console, in))
                    .isEqualTo(new KeepQuestion.Said(true, Set.of()));
        }
    }
}
