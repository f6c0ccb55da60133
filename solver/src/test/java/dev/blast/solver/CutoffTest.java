package dev.blast.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times as people write them. */
final class CutoffTest {
    private static final Instant NOW = Instant.parse("2026-03-31T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    2026-01-31                | 2026-02-01T00:00:00Z
                    2026-01-31T10:00:00Z      | 2026-01-31T10:00:00Z
                    2026-01-31t10:00:00+02:00 | 2026-01-31T08:00:00Z
                    30 days                   | 2026-03-01T12:00:00Z
                    30days ago                | 2026-03-01T12:00:00Z
                    2 weeks                   | 2026-03-17T12:00:00Z
                    24 Hours                  | 2026-03-30T12:00:00Z
                    P1W                       | 2026-03-24T12:00:00Z
                    P7D                       | 2026-03-24T12:00:00Z
                    PT24H                     | 2026-03-30T12:00:00Z
                    """)
    void isAnInstant(String text, Instant before) {
        assertThat(Cutoff.of(text, "here", NOW).before()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    2026-02-30  | 'no time that there is; expected'
                    yesterday   | 'is no time; expected is a time'
                    30 dayz     | "did you mean 'days'?"
                    2 months    | months and years differ in length
                    P1Y         | is no time
                    99999999 d  | is no time
                    """)
    void orSaysWhatWasExpected(String text, String said) {
        assertThatThrownBy(() -> Cutoff.of(text, "here", NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said.replace("\"", ""));
    }
}
