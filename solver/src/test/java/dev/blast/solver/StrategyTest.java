package dev.blast.solver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.RankedObjective;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.StrategyDefinition;
import dev.blast.rules.vocabulary.Objective;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StrategyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1 newest                         | newest*1000                          | false
                    1 fewest-changes, 2 newest       | fewest-changes*1000 newest*1000      | true
                    1 newest, 2 fewest-changes       | newest*1000 fewest-changes*1000      | false
                    9 newest, 4 fewest-changes       | fewest-changes*1000 newest*1000      | true
                    3 newest, 3 fewest-changes       | fewest-changes*1000+newest*1000      | false
                    1 settled*0.25, 1 newest*2       | newest*2000+settled*250              | false
                    """)
    void comparesPlaceByPlace(String rules, String places, boolean keepsCurrent) {
        Strategy strategy = Strategy.of(defined(rules));
        assertThat(
                        strategy.places().stream()
                                .map(place ->
                                        place.stream()
                                                .map(aim ->
                                                        aim.objective().word()
                                                                + "*"
                                                                + aim.thousandths())
                                                .collect(Collectors.joining("+")))
                                .collect(Collectors.joining(" ")))
                .isEqualTo(places);
        assertThat(strategy.keepsCurrent()).isEqualTo(keepsCurrent);
    }

    private static StrategyDefinition defined(String rules) {
        var reason =
                new Reason(new Origin("strategies.drl", 1, 1), "rule", Layer.SHIPPED, "rank", "");
        List<RankedObjective> ranked =
                Stream.of(rules.split(", "))
                        .map(rule -> rule.split("[ *]"))
                        .map(words ->
                                new RankedObjective(
                                        Integer.parseInt(words[0]),
                                        Objective.of(words[1]),
                                        new BigDecimal(words.length > 2 ? words[2] : "1"),
                                        reason))
                        .toList();
        return new StrategyDefinition("mine", ranked);
    }
}
