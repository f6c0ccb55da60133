package dev.blast.solver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.RankedObjective;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.StrategyDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
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
                    fewest-changes                        | true  | NEWEST
                    fewest-changes lowest                 | true  | LOWEST
                    """)
    void triesFirstWhatItWants(String objectives, boolean keepsCurrent, Strategy.Order order) {
        assertThat(Strategy.of(wanting(objectives.split(" ", -1))))
                .isEqualTo(new Strategy("mine", keepsCurrent, order));
    }

    @Test
    void everyObjectiveInForceIsOneThatTheSearchKnows() {
        Set<Strategy> orders = new HashSet<>();
        StrategyDefinition.weighed().forEach(it -> orders.add(Strategy.of(wanting(it))));
        assertThat(orders).hasSameSizeAs(StrategyDefinition.weighed());
    }

    private static StrategyDefinition wanting(String... objectives) {
        var reason =
                new Reason(new Origin("strategies.drl", 1, 1), "rule", Layer.SHIPPED, "rank", "");
        var ranked = new ArrayList<RankedObjective>();
        for (String objective : objectives) {
            ranked.add(new RankedObjective(ranked.size() + 1, objective, 1, reason));
        }
        return new StrategyDefinition("mine", ranked);
    }
}
