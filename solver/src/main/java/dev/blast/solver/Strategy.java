package dev.blast.solver;

import dev.blast.rules.verdict.StrategyDefinition;
import dev.blast.rules.vocabulary.Objective;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * What is wanted of an answer: places, which are compared one after another, each with objectives
 * that are summed by weight.
 *
 * @param name as shown to people
 * @param aims by place, then by objective
 */
public record Strategy(String name, List<Aim> aims) {

    /** Locked and installed versions where they fit, else the newest. */
    public static final Strategy STABLE =
            of(
                    "stable",
                    Objective.FEWEST_CHANGES,
                    Objective.PREFERRED,
                    Objective.NEWEST_DIRECT,
                    Objective.NEWEST);

    public static final Strategy NEWEST =
            of("newest", Objective.PREFERRED, Objective.NEWEST_DIRECT, Objective.NEWEST);
    public static final Strategy LOWEST =
            of("lowest", Objective.PREFERRED, Objective.LOWEST_DIRECT, Objective.LOWEST);

    /** The lowest of what the request itself asks for, the newest of the rest. */
    public static final Strategy LOWEST_DIRECT =
            of("lowest-direct", Objective.PREFERRED, Objective.LOWEST_DIRECT, Objective.NEWEST);

    public Strategy {
        aims =
                aims.stream()
                        .sorted(Comparator.comparingInt(Aim::place).thenComparing(Aim::objective))
                        .toList();
    }

    private static Strategy of(String name, Objective... objectives) {
        List<Aim> aims = new ArrayList<>();
        for (Objective objective : objectives) {
            aims.add(Aim.of(aims.size() + 1, objective));
        }
        return new Strategy(name, aims);
    }

    public static Strategy of(StrategyDefinition definition) {
        return new Strategy(
                definition.name(), definition.objectives().stream().map(Aim::of).toList());
    }

    /** The aims of each place, the first place first. */
    public List<List<Aim>> places() {
        var places = new TreeMap<Integer, List<Aim>>();
        aims.forEach(aim -> places.computeIfAbsent(aim.place(), _ -> new ArrayList<>()).add(aim));
        return places.values().stream().map(List::copyOf).toList();
    }

    public boolean wants(Objective objective) {
        return aims.stream().anyMatch(aim -> aim.objective() == objective);
    }

    /**
     * Whether what is locked or installed stays as long as it fits: few changes are the first that
     * it wants. Then a lock that fits is the answer, and nothing else is looked at.
     */
    public boolean keepsCurrent() {
        return !aims.isEmpty()
                && aims.stream()
                        .filter(aim -> aim.place() == aims.getFirst().place())
                        .allMatch(aim -> aim.objective() == Objective.FEWEST_CHANGES);
    }
}
