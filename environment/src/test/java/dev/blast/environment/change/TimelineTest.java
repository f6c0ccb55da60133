package dev.blast.environment.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineTest {
    /**
     * A word for each generation from {@code first} on: {@code c} a change, {@code u2} an undo to
     * 2, {@code r3} a redo of 3, {@code b1} back to 1.
     */
    @ParameterizedTest(name = "{1} from {0}: now {2}, undo {3}, redo {4}")
    @CsvSource({
        "1, '',                0, -, -",
        "1, c,                 1, 0, -",
        "1, c c c,             3, 2, -",
        "1, c c c u2,          2, 1, 3",
        "1, c c c u2 u1,       1, 0, 2",
        "1, c c c u2 u1 r2,    2, 1, 3",
        "1, c c c u2 u1 r2 r3, 3, 2, -",
        "1, c u0,              0, -, 1",
        "1, c u0 r1,           1, 0, -",
        "1, c c u1 c,          4, 1, -",
        "1, c c c b1,          1, 3, -",
        "1, c c c b1 u3,       3, 2, 1",
        "1, c c c b1 u3 r1,    1, 3, -",
        "1, c c b1 b2,         2, 1, -",
        "7, c,                 7, -, -",
        "7, c c,               8, 7, -",
        "7, u5,                5, -, -",
        "7, u5 c u5,           5, -, 8",
    })
    void whereAHistoryStands(int first, String words, int now, String undo, String redo) {
        Timeline timeline = Timeline.of(generations(first, words));
        assertThat(timeline.now()).isEqualTo(now);
        assertThat(timeline.undo().map(it -> "" + it.state()).orElse("-")).isEqualTo(undo);
        assertThat(timeline.redo().map(it -> "" + it.state()).orElse("-")).isEqualTo(redo);
    }

    @ParameterizedTest(name = "{0} since {1}")
    @CsvSource({
        "c c c,       1, '[3, 2]'",
        "c c c,       3, []",
        "c c c b1,    3, [4]",
        "c c u1 r2,   1, [4]",
        "c c u1 c,    2, []",
    })
    void whatLedFromAStateToThisOne(String words, int state, String since) {
        assertThat(Timeline.of(generations(1, words)).since(state)).hasToString(since);
    }

    private static List<Generation> generations(int first, String words) {
        var generations = new ArrayList<Generation>();
        for (String word : words.split(" ", -1)) {
            if (!word.isEmpty()) {
                Occasion.Kind kind =
                        switch (word.charAt(0)) {
                            case 'u' -> Occasion.Kind.UNDO;
                            case 'r' -> Occasion.Kind.REDO;
                            case 'b' -> Occasion.Kind.ROLLBACK;
                            default -> Occasion.Kind.CHANGE;
                        };
                int restored = word.length() > 1 ? Integer.parseInt(word.substring(1)) : 0;
                int number = first + generations.size();
                generations.add(
                        0,
                        new Generation(
                                number,
                                "id-" + number,
                                Instant.EPOCH,
                                new Occasion(kind, "blast", restored, "somebody", false, ""),
                                "",
                                "",
                                "",
                                List.of(),
                                List.of(),
                                List.of()));
            }
        }
        return generations;
    }
}
