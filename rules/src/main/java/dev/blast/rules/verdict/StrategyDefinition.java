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
    /** Places that can be weighed. */
    public static final int MOST_PLACES = 12;

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
     * @throws PolicyException that names what is not yet in force, or the first place too many
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
        List<Integer> places = objectives.stream().map(RankedObjective::place).distinct().toList();
        if (places.size() > MOST_PLACES) {
            RankedObjective tooMany =
                    objectives.stream()
                            .filter(it -> it.place() == places.get(MOST_PLACES))
                            .findFirst()
                            .orElseThrow();
            throw new PolicyException(
                    "strategy '%s' ranks in %d places, and %d can be weighed; place %d is one too many (%s)"
                            .formatted(
                                    name,
                                    places.size(),
                                    MOST_PLACES,
                                    tooMany.place(),
                                    tooMany.reason().origin()));
        }
        return this;
    }
}
