package dev.blast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZonedDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinceTest {
    private static final ZonedDateTime NOW =
            ZonedDateTime.parse("2026-03-30T09:30:00+02:00[Europe/Berlin]");

    /** The clocks went forward on the 29th. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    2h                   | 2026-03-30T05:30:00Z
                    30 min               | 2026-03-30T07:00:00Z
                    3 days ago           | 2026-03-27T07:30:00Z
                    PT90M                | 2026-03-30T06:00:00Z
                    today                | 2026-03-29T22:00:00Z
                    yesterday            | 2026-03-28T23:00:00Z
                    2026-03-28           | 2026-03-27T23:00:00Z
                    2026-03-28T12:00:00Z | 2026-03-28T12:00:00Z
                    09:30                | 2026-03-30T07:30:00Z
                    09:31                | 2026-03-29T07:31:00Z
                    08:15:30             | 2026-03-30T06:15:30Z
                    """)
    void peopleSayFromWhenOn(String text, String instant) {
        assertThat(Since.of(text, NOW)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "25:00", "2026-13-01", "3 months", "14:2"})
    void whatIsNoTimeIsSaidWithWhatIsExpected(String text) {
        assertThatThrownBy(() -> Since.of(text, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'%s' is no time; expected is how long ago", text);
    }
}
