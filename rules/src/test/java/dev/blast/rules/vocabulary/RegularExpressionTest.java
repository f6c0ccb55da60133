package dev.blast.rules.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an expression grows to is never counted too low, and ordinary ones are let through. */
final class RegularExpressionTest {
    private static final String[] PIECES = {
        "a",
        "b",
        "(",
        ")",
        "(",
        ")",
        "(?:",
        "(?i)",
        "[",
        "]",
        "[]",
        "[^]",
        "[^a]",
        "\\]",
        "\\[",
        "[[:alpha:]]",
        "[:",
        ":]",
        "\\Q",
        "\\E",
        "\\Q(\\E",
        "{",
        "}",
        "{3}",
        "{2,}",
        "{2,4}",
        "{0}",
        "{9}",
        "{12}",
        "{,3}",
        "{3",
        ",",
        "*",
        "+",
        "?",
        "|",
        ".",
        "^",
        "$",
        "\\",
        "\\d",
        "\\pL",
        "\\p{Greek}",
        "\\x{41}",
        "\\x41",
        "\\P{L}",
        "-",
        ":",
        "[a-z]",
        "[\\pL{]"
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".*GPL.*",
                "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
                "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+example",
                "(\\d{1,3}\\.){3}\\d{1,3}",
                "\\p{L}+ \\p{Lu}*",
                "(MIT|BSD-[23]-Clause|Apache-2\\.0|ISC|Zlib|PSF-2\\.0)( (AND|OR) .*)?"
            })
    void ordinaryOnesAreLetThrough(String text) {
        assertThat(RegularExpression.compile(text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "(a{100}){100}",
                "(((((((((((((((((((((((((((((((((a)))))))))))))))))))))))))))))))))"
            })
    void largeOnesAreNot(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> RegularExpression.compile(text));
    }

    @Test
    void theSizeIsNeverTooLow() {
        int compiled = 0;
        for (long seed = 0; seed < 60_000; seed++) {
            var random = new Random(seed);
            var text = new StringBuilder();
            for (int i = 1 + random.nextInt(14); i > 0; i--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            long size = RegularExpression.size(text.toString());
            if (size <= RegularExpression.MAX_SIZE) {
                try {
                    int program = Pattern.compile(text.toString()).programSize();
                    assertThat((long) program)
                            .as("seed %d: %s", seed, text)
                            .isLessThanOrEqualTo(2 * size + 6);
                    compiled++;
                } catch (PatternSyntaxException _) {
                    // No expression: nothing grows.
                }
            }
        }
        assertThat(compiled).isGreaterThan(5_000);
    }
}
