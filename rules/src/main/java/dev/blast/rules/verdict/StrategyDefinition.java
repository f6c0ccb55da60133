package dev.blast.rules.verdict;

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

    /**
     * This definition, if all that it wants can be weighed.
     *
     * @throws PolicyException that names the first place too many
     */
    public StrategyDefinition weighed() throws PolicyException {
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
