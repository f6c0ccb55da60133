package dev.blast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.cli.invocation.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EnvFileTest {
    /** {@code \n} in the table is a new line, {@code ~} a backslash. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    A=1                            | 1
                    export A=1                     | 1
                    A = 1                          | 1
                    A=                             | ``
                    A=one two                      | one two
                    A=1 # a comment                | 1
                    A=# a comment                  | ``
                    A=p#1                          | p#1
                    A=a=b==                        | a=b==
                    A=$5                           | $5
                    A='x # y' # z                  | x # y
                    A='${B} ~n'                    | ${B} ~n
                    A="x~ny"                       | x\\ny
                    A="x~"y~~ ~$ ~q"               | x"y~ $ ~q
                    A="one\\ntwo"                  | one\\ntwo
                    A='one\\ntwo'                  | one\\ntwo
                    A=it's                         | it's
                    \\n# A=2\\n\\n  A=1\\n# end       | 1
                    A=2\\nA=1                      | 1
                    """)
    void valuesAreReadAsTheirReadersAgree(String text, String value) throws Failure {
        assertThat(EnvFile.parse(".env", plain(text))).isEqualTo(Map.of("A", plain(value)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    A=1\\nB                        | .env:2: not KEY=VALUE: 'B'
                    hunter2-is-secret              | .env:1: not KEY=VALUE: 'hunter2-…'
                    1A=x                           | .env:1: not KEY=VALUE
                    A-B=x                          | .env:1: not KEY=VALUE
                    =x                             | .env:1: not KEY=VALUE
                    \\nA="x\\ny                    | .env:2: the quote " is not closed
                    A='x' y                        | .env:1: something stands behind the closing quote
                    A="x"y                         | .env:1: something stands behind the closing quote
                    B=1\\nA=${B}                   | .env:2: ${…} is not replaced
                    A="${B}"                       | .env:1: ${…} is not replaced
                    """)
    void whatTheyDoNotAgreeOnIsAnError(String text, String message) {
        assertThatThrownBy(() -> EnvFile.parse(".env", plain(text)))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(message);
    }

    private static String plain(String text) {
        return text.replace("\\n", "\n").replace('~', '\\');
    }

    @Test
    void filesOfOtherSystemsAreFiles(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("dos"), "\ufeffA=1\r\nB='2'\r\n");
        assertThat(EnvFile.read(folder, "dos")).isEqualTo(Map.of("A", "1", "B", "2"));
        Files.write(folder.resolve("latin"), new byte[] {'A', '=', (byte) 0xe4});
        assertThatThrownBy(() -> EnvFile.read(folder, "latin"))
                .hasMessage("--env-file latin: it is not UTF-8");
        Files.writeString(folder.resolve("nul"), "A=\0");
        assertThatThrownBy(() -> EnvFile.read(folder, "nul"))
                .hasMessageContaining("a NUL, which no variable can hold");
        assertThatThrownBy(() -> EnvFile.read(folder, "gone"))
                .hasMessage("--env-file gone: no such file");
        Files.write(folder.resolve("large"), new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> EnvFile.read(folder, "large"))
                .hasMessageContaining("larger than 1048576 bytes");
    }
}
