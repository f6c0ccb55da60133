package dev.blast.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HarmlessTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a ~ b                                  | a ~ b
                    x{1b}]0;owned{7}                       | x\\u001b]0;owned\\u0007
                    x{1b}[2J{1b}[8m gone                   | x\\u001b[2J\\u001b[8m gone
                    x{9b}2J                                | x\\u009b2J
                    over{d}written{7f}                     | over\\rwritten\\u007f
                    evil{202e}gpj.sh                       | evil\\u202egpj.sh
                    x{1b}[31mred{1b}[0m y                  | x\\u001b[31mred\\u001b[0m y
                    see https://me:p@ss@index.example/x?   | see https://***@index.example/x?
                    git+ssh://git@index.example/a@v1       | git+ssh://git@index.example/a@v1
                    https://${TOKEN}@index.example/        | https://${TOKEN}@index.example/
                    """)
    void nothingOfOthersSteersTheTerminal(String text, String shown) {
        var bytes = new ByteArrayOutputStream();
        new Output(bytes).write(decoded(text) + "\n\t");
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(decoded(shown) + "\n\t");
    }

    @Test
    void onlyBlastsOwnWordsHaveItsColours() {
        var bytes = new ByteArrayOutputStream();
        new Output(bytes)
                .write(Palette.ANSI.good("all is well") + " \u001b[32mall is well\u001b[0m");
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("\u001b[32mall is well\u001b[0m \\u001b[32mall is well\\u001b[0m");
    }

    /** {@code {1b}} is the character of that number. */
    private static String decoded(String text) {
        return Pattern.compile("(?<!\\$)\\{([0-9a-f]+)}")
                .matcher(text)
                .replaceAll(code -> Character.toString(Integer.parseInt(code.group(1), 16)));
    }
}
