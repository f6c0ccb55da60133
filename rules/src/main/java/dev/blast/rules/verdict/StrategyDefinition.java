package dev.blast.rules.verdict;

import dev.blast.rules.checked.NotYet;
import dev.blast.rules.vocabulary.Objective;
import java.util.Arrays;
import java.util.List;

/**
 * What a strategy wants: objectives in the order of their places, then by name. Places are compared
 * one after another.
 */
public record StrategyDefinition(String name, List<RankedObjective> objectives) {
    public StrategyDefinition {
        objectives = List.copyOf(objectives);
    }

    /** The objectives that are in force. */
    public static List<Objective> weighed() {
        return Arrays.stream(Objective.values())
                .filter(it -> NotYet.about(it.word()).isEmpty())
                .toList();
    }

    /**
     * This definition, if all that it wants is weighed.
     *
     * @throws PolicyException that names what is not yet in force
     */
    public StrategyDefinition inForce() throws PolicyException {
        List<String> missing =
                objectives.stream()
                        .map(RankedObjective::objective)
                        .filter(objective -> !weighed().contains(objective))
                        .distinct()
                        .map(Objective::word)
                        .toList();
        if (!missing.isEmpty()) {
            throw new PolicyException(
                    "strategy '%s' wants what is understood, not yet in force: %s"
                            .formatted(name, String.join(", ", missing)));
        }
        return this;
    }
}
