package dev.blast.cli.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.packaging.EditDistance;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    @ParameterizedTest
    @CsvSource({
        "sync, sync, 0",
        "snyc, sync, 1",
        "synch, sync, 1",
        "'', run, 3",
        "kitten, sitting, 3",
        "ca, abc, 3"
    })
    void distanceCountsEditsAndSwaps(String a, String b, int distance) {
        assertThat(EditDistance.of(a, b)).isEqualTo(distance);
        assertThat(EditDistance.of(b, a)).isEqualTo(distance);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    stat   | start
                    chek   | check
                    po     | policy
                    xyzzy  | ''
                    """)
    void onlyNearWordsAreNamed(String typed, String named) {
        assertThat(
                        String.join(
                                " ",
                                Nearest.to(
                                        typed,
                                        List.of("start", "sync", "check", "policy", "trust"))))
                .isEqualTo(named);
    }
}
