package dev.blast.rules.verdict;

import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Rule.FieldOf;
import dev.blast.rules.source.Layer;
import dev.blast.rules.vocabulary.Answer;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Objective;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Weighs the answers about strategies: which one, and what it wants. */
public final class Strategies {
    private Strategies() {}

    /**
     * The strategy that the answers name; empty where there is none. Rules about a package by name
     * stand before rules about its group, and those before all others; inner layers stand before
     * outer ones.
     */
    public static Optional<StrategyChoice> choose(List<Answered> answers) {
        var tally = Tally.of(answers);
        Optional<Rank> best = tally.counted().stream().map(Rank::of).max(Comparator.naturalOrder());
        Map<String, Answered> byName = new TreeMap<>();
        Map<Reason, String> behind = new TreeMap<>(Comparator.comparing(Reason::origin));
        for (Answered answered : tally.counted()) {
            if (best.equals(Optional.of(Rank.of(answered)))) {
                byName.putIfAbsent(used(answered), answered);
            } else {
                behind.put(answered.reason(), used(answered));
            }
        }
        Stream.of(tally.untrusted(), tally.closedOut())
                .flatMap(List::stream)
                .forEach(it -> behind.put(it.reason(), used(it)));
        List<StrategyChoice.Named> rules =
                byName.entrySet().stream()
                        .map(it -> new StrategyChoice.Named(it.getKey(), it.getValue().reason()))
                        .sorted(Comparator.comparing(it -> it.reason().origin()))
                        .toList();
        if (rules.size() > 1) {
            return Optional.of(new StrategyChoice.Conflict(rules));
        }
        return byName.keySet().stream()
                .findFirst()
                .map(name ->
                        new StrategyChoice.Chosen(
                                name,
                                Optional.of(rules.getFirst().reason()),
                                others(behind, name)));
    }

    private static String used(Answered answered) {
        return switch (choice(answered)) {
            case Answer.Use(String strategy) -> strategy;
            case Answer.Rank _ -> throw new IllegalStateException("rank chooses no strategy");
        };
    }

    private static List<Reason> others(Map<Reason, String> behind, String chosen) {
        return behind.entrySet().stream()
                .filter(it -> !it.getValue().equals(chosen))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How specific an answer is. */
    private record Rank(int subject, Layer layer) implements Comparable<Rank> {

        static Rank of(Answered answered) {
            int subject =
                    looksAt(answered.rule(), "name")
                            ? 2
                            : looksAt(answered.rule(), "group") ? 1 : 0;
            return new Rank(subject, answered.layer());
        }

        @Override
        public int compareTo(Rank other) {
            return Comparator.comparingInt(Rank::subject)
                    .thenComparing(Rank::layer)
                    .compare(this, other);
        }
    }

    private static boolean looksAt(Rule rule, String field) {
        return Facts.REQUIREMENT
                .field(field)
                .map(it -> rule.looksAt().containsKey(new FieldOf(Facts.REQUIREMENT, it)))
                .orElse(false);
    }

    public static StrategyDefinition define(String name, List<Answered> answers) {
        List<RankedObjective> objectives = new ArrayList<>();
        for (Answered answered : Tally.of(answers).counted()) {
            switch (choice(answered)) {
                case Answer.Rank(int place, Objective objective, BigDecimal weight) ->
                        objectives.add(
                                new RankedObjective(place, objective, weight, answered.reason()));
                case Answer.Use _ ->
                        throw new IllegalStateException("use does not define a strategy");
            }
        }
        objectives.sort(
                Comparator.comparingInt(RankedObjective::place)
                        .thenComparing(RankedObjective::objective));
        return new StrategyDefinition(name, objectives);
    }

    private static Answer.Choice choice(Answered answered) {
        if (answered.answer() instanceof Answer.Choice choice) {
            return choice;
        }
        throw new IllegalStateException(
                answered.verb().name() + " does not answer about strategies");
    }
}
