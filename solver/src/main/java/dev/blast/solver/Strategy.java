package dev.blast.solver;

import dev.blast.rules.verdict.RankedObjective;
import dev.blast.rules.verdict.StrategyDefinition;
import java.util.Comparator;
import java.util.List;

/**
 * In which order the versions of a package are tried. The first valid answer in that order is the
 * answer.
 *
 * @param name as shown to people
 * @param keepsCurrent whether the locked or installed version comes first
 * @param order of the other versions
 */
public record Strategy(String name, boolean keepsCurrent, Order order) {

    /** From which end. */
    public enum Order {
        NEWEST,
        LOWEST,
        /** The lowest of what the request itself asks for, the newest of the rest. */
        LOWEST_DIRECT
    }

    /** Locked and installed versions where they fit, else the newest. */
    public static final Strategy STABLE = new Strategy("stable", true, Order.NEWEST);

    public static final Strategy NEWEST = new Strategy("newest", false, Order.NEWEST);
    public static final Strategy LOWEST = new Strategy("lowest", false, Order.LOWEST);
    public static final Strategy LOWEST_DIRECT =
            new Strategy("lowest-direct", false, Order.LOWEST_DIRECT);

    /**
     * The order in which the search should try versions so that its first answer comes close to
     * what a strategy wants: by the first of its objectives that is about single versions. The
     * other objectives are weighed between whole answers.
     */
    public static Strategy of(StrategyDefinition definition) {
        List<String> objectives =
                definition.objectives().stream()
                        .sorted(
                                Comparator.comparingInt(RankedObjective::place)
                                        .thenComparing(RankedObjective::objective))
                        .map(RankedObjective::objective)
                        .toList();
        boolean keepsCurrent = false;
        for (String objective : objectives) {
            switch (objective) {
                case "fewest-changes" -> keepsCurrent = true;
                case "newest" -> {
                    return new Strategy(definition.name(), keepsCurrent, Order.NEWEST);
                }
                case "lowest" -> {
                    return new Strategy(definition.name(), keepsCurrent, Order.LOWEST);
                }
                case "lowest-direct" -> {
                    return new Strategy(definition.name(), keepsCurrent, Order.LOWEST_DIRECT);
                }
                default -> throw new IllegalArgumentException("not in force: " + objective);
            }
        }
        return new Strategy(definition.name(), keepsCurrent, Order.NEWEST);
    }
}
