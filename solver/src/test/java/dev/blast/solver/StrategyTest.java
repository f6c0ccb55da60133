package dev.blast.solver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.Layer;
import dev.blast.rules.Origin;
import dev.blast.rules.RankedObjective;
import dev.blast.rules.Reason;
import dev.blast.rules.StrategyDefinition;
import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StrategyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    newest                                | false | NEWEST
                    fewest-changes newest                 | true  | NEWEST
                    newest fewest-changes                 | false | NEWEST
                    lowest                                | false | LOWEST
                    lowest-direct                         | false | LOWEST_DIRECT
                    fewest-packages smallest-download     | false | NEWEST
                    settled fewest-changes lowest         | true  | LOWEST
                    """)
    void triesFirstWhatItWants(String objectives, boolean keepsCurrent, Strategy.Order order) {
        var reason =
                new Reason(new Origin("strategies.drl", 1, 1), "rule", Layer.SHIPPED, "rank", "");
        var ranked = new ArrayList<RankedObjective>();
        for (String objective : objectives.split(" ", -1)) {
            ranked.add(new RankedObjective(ranked.size() + 1, objective, 1, reason));
        }
        assertThat(Strategy.of(new StrategyDefinition("mine", ranked)))
                .isEqualTo(new Strategy("mine", keepsCurrent, order));
    }
}
