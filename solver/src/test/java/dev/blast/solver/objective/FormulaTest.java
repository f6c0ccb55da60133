package dev.blast.solver.objective;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.Aim;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormulaTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    newest            | newer 3                | 3
                    newest-direct     | newer 3                | 0
                    newest-direct     | newer 3, direct        | 3
                    lowest            | older 2                | 2
                    lowest-direct     | older 2                | 0
                    lowest-direct     | older 2, direct        | 2
                    fewest-changes    |                        | 0
                    fewest-changes    | changes                | 1
                    fewest-packages   |                        | 1
                    smallest-download | bytes 70, largest 90   | 70
                    smallest-download | largest 90             | 90
                    smallest-download |                        | 0
                    settled           | age 31                 | 0
                    settled           | age 30                 | 0
                    settled           | age 29                 | 1
                    settled           | age 0                  | 30
                    settled           |                        | 30
                    fewest-advisories | advisories 2           | 2
                    fewest-advisories |                        | 0
                    fewest-builds     | built                  | 1
                    fewest-builds     |                        | 0
                    fewest-holds-lifted | lifted               | 1
                    fewest-holds-lifted |                      | 0
                    preferred         | points 2, most 5       | 3
                    preferred         | points -2, most 0      | 2
                    preferred         | points 5, most 5       | 0
                    """)
    void counts(String objective, String option, long expected) {
        assertThat(Formula.count(Objective.of(objective), option(option))).isEqualTo(expected);
    }

    @Test
    void countsWhatIsLeftOutOnlyWhereItWasLocked() {
        for (Objective objective : Objective.values()) {
            assertThat(Formula.countAbsence(objective, false)).isZero();
            assertThat(Formula.countAbsence(objective, true))
                    .isEqualTo(objective == Objective.FEWEST_CHANGES ? 1 : 0);
        }
    }

    @Test
    void sumsAPlaceByWeight() {
        List<Aim> place =
                List.of(Aim.of(1, Objective.NEWEST), new Aim(1, Objective.SETTLED, 250, null));
        assertThat(Formula.weighed(place, option("newer 3, age 20")))
                .isEqualTo(3 * 1000 + 10 * 250);
    }

    private static Weighable option(String text) {
        Map<String, String> words =
                (text == null ? Stream.<String>of() : Stream.of(text.split(", ")))
                        .map(it -> it.split(" "))
                        .collect(Collectors.toMap(it -> it[0], it -> it[it.length - 1]));
        return new HandMade(words);
    }

    private record HandMade(Map<String, String> words) implements Weighable {
        private long number(String word) {
            return Long.parseLong(words.getOrDefault(word, "0"));
        }

        private OptionalLong known(String word) {
            return words.containsKey(word) ? OptionalLong.of(number(word)) : OptionalLong.empty();
        }

        @Override
        public boolean direct() {
            return words.containsKey("direct");
        }

        @Override
        public boolean changes() {
            return words.containsKey("changes");
        }

        @Override
        public long newer() {
            return number("newer");
        }

        @Override
        public long older() {
            return number("older");
        }

        @Override
        public OptionalLong bytes() {
            return known("bytes");
        }

        @Override
        public long largestBytes() {
            return number("largest");
        }

        @Override
        public OptionalLong ageDays() {
            return known("age");
        }

        @Override
        public int advisories() {
            return (int) number("advisories");
        }

        @Override
        public boolean lifted() {
            return words.containsKey("lifted");
        }

        @Override
        public boolean built() {
            return words.containsKey("built");
        }

        @Override
        public int points() {
            return (int) number("points");
        }

        @Override
        public int mostPoints() {
            return (int) number("most");
        }
    }
}
