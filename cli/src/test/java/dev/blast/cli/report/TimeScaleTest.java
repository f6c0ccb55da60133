package dev.blast.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeScaleTest {
    private static final Instant NINE = Instant.parse("2026-11-30T09:00:00Z");

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    PT0S,      0.00 s
                    PT0.034S,  0.00 s|0.01 s|0.02 s
                    PT0.3S,    0.00 s|0.10 s|0.20 s
                    PT3.1S,    0.00 s|1.00 s|2.00 s
                    PT42S,     0.0 s|10.0 s|20.0 s|30.0 s
                    PT5M,      0:00|1:00|2:00|3:00|4:00
                    PT3H,      0:00|1:00:00|2:00:00
                    P9D,       0:00|48:00:00|96:00:00|144:00:00
                    """)
    void scales(Duration length, String ticks) {
        TimeScale scale = TimeScale.of(NINE, NINE.plus(length));
        assertThat(scale.ticks().stream().map(scale::words))
                .containsExactly(ticks.split("\\|", -1));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "1, 25", "4, 100", "5, 100"})
    void placesAreWithinTheRun(long seconds, double place) {
        TimeScale scale = TimeScale.of(NINE, NINE.plusSeconds(4));
        assertThat(scale.place(NINE.plusSeconds(seconds))).isEqualTo(place);
    }

    @Test
    void aClockThatWasSetBackMakesNoError() {
        TimeScale scale = TimeScale.of(NINE, NINE.minusSeconds(4));
        assertThat(scale.ticks()).containsExactly(NINE);
        assertThat(scale.words(NINE.minusSeconds(4))).isEqualTo("0.00 s");
    }
}
