package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    plain ~ text, köln, 日本, 🚀     | plain ~ text, köln, 日本, 🚀
                    1b 5b 33 31 6d 61               | \\u001b[31ma
                    61 0a 62 6c 61 73 74 3a         | a\\nblast:
                    61 0d 62 09 63                  | a\\rb\\tc
                    61 9b 32 4a                     | a\\u009b2J
                    65 202e 67                      | e\\u202eg
                    61 2028 62                      | a\\u2028b
                    61 200b 62 feff                 | a\\u200bb\\ufeff
                    61 e0041                        | a\\udb40\\udc41
                    61 d800 62                      | a\\ud800b
                    61 3164 2800                    | a\\u3164\\u2800
                    61 e000                         | a\\ue000
                    """)
    void showsWhatCannotBeSeen(String text, String shown) {
        String foreign = text.matches("[0-9a-f]+( [0-9a-f]+)+") ? decoded(text) : text;
        assertThat(Visible.of(foreign)).isEqualTo(shown);
    }

    @Test
    void onlyVisibleCharactersAreLeft() {
        for (long seed = 0; seed < 2000; seed++) {
            var random = new Random(seed);
            var text = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                text.append((char) random.nextInt(random.nextBoolean() ? 0x100 : 0x10000));
            }
            assertThat(Visible.of(text.toString()).codePoints().allMatch(Visible::isVisible))
                    .as("seed %d", seed)
                    .isTrue();
        }
    }

    private static String decoded(String codes) {
        var text = new StringBuilder();
        for (String code : codes.split(" ", -1)) {
            text.appendCodePoint(Integer.parseInt(code, 16));
        }
        return text.toString();
    }
}
