package dev.blast.index.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadTimeTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    2024-01-02T03:04:05Z,             2024-01-02T03:04:05Z
                    2024-01-02T03:04:05.6Z,           2024-01-02T03:04:05.600Z
                    2024-01-02T03:04:05.678901Z,      2024-01-02T03:04:05.678Z
                    2024-02-29T23:59:59.999999999Z,   2024-02-29T23:59:59.999Z
                    2024-01-02T03:04:05+02:00,        2024-01-02T01:04:05Z
                    2023-02-29T00:00:00Z,             -
                    2024-01-02T24:00:00Z,             -
                    2024-01-02T03:60:05Z,             -
                    2024-01-02T03:04:60Z,             -
                    2024-01-02,                       -
                    soon,                             -
                    -,                                -
                    """)
    void times(String text, String expected) {
        long millis = UploadTime.millis(text);
        assertThat(millis == Link.NO_TIME ? null : Instant.ofEpochMilli(millis).toString())
                .isEqualTo(expected == null ? null : Instant.parse(expected).toString());
    }

    @Test
    void asTheClockSays() {
        for (long seed = 0; seed < 2000; seed++) {
            long millis = new Random(seed).nextLong(4_000_000_000_000L);
            assertThat(UploadTime.millis(Instant.ofEpochMilli(millis).toString()))
                    .as("seed %d", seed)
                    .isEqualTo(millis);
        }
    }
}
