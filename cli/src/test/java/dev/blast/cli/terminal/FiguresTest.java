package dev.blast.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 ms",
        "1, 1.0 ms",
        "42, 42 ms",
        "99, 99 ms",
        "100, 0.10 s",
        "312, 0.31 s",
        "1949, 1.9 s",
        "1951, 2.0 s",
        "14200, 14 s",
        "99000, 99 s",
        "150000, 2.5 min",
        "5940000, 99 min",
        "11160000, 3.1 h",
        "1036800000, 12 days"
    })
    void durationsHaveTwoFigures(long millis, String text) {
        assertThat(Figures.duration(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "999, 999 bytes",
        "1000, 1.00 kB",
        "21400000, 21.4 MB",
        "33000000, 33.0 MB",
        "123456789, 123 MB",
        "5000000000, 5.00 GB"
    })
    void sizesHaveThreeFigures(long bytes, String text) {
        assertThat(Figures.size(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"2147483648, 2.00 GiB", "123731968, 118 MiB"})
    void memoryIsCountedInPowersOf1024(long bytes, String text) {
        assertThat(Figures.memory(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0       | 0 packages
                    1       | 1 package
                    3912    | 3,912 packages
                    1000000 | 1,000,000 packages
                    """)
    void countsHaveACommaPerThousandAndAPlural(long number, String text) {
        assertThat(Figures.count(number, "package")).isEqualTo(text);
        assertThat(Figures.count(2, "entry")).isEqualTo("2 entries");
    }
}
