package dev.blast.rules.verdict;

import dev.blast.rules.source.Layer;
import dev.blast.rules.vocabulary.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Weighs what rules say of letting go of something. Any deny wins; else the innermost layer that
 * names a price, the sum of its rules. What a project asks that nobody stands behind counts only
 * where it is dearer than what the others say.
 */
public final class Pricing {
    /** As many times as there may be relaxations in one way out, it is still a number. */
    private static final int MOST = 1_000_000;

    private Pricing() {}

    /** The price that these answers make. */
    public static Price weigh(List<Answered> answers) {
        List<Reason> denied = new ArrayList<>();
        var byLayer = new TreeMap<Layer, List<Price.Part>>();
        List<Price.Part> strangers = new ArrayList<>();
        for (Answered answered : Tally.of(answers).counted()) {
            switch (answered.answer()) {
                case Answer.Deny _ -> denied.add(Tally.reason(answered));
                case Answer.Cost(int points) -> {
                    var part = new Price.Part(points, answered.reason());
                    if (answered.isTrusted()) {
                        byLayer.computeIfAbsent(answered.layer(), _ -> new ArrayList<>()).add(part);
                    } else {
                        strangers.add(part);
                    }
                }
                default ->
                        throw new IllegalStateException(answered.verb().name() + " names no price");
            }
        }
        if (!denied.isEmpty()) {
            return new Price.Forbidden(denied, null);
        }
        if (byLayer.isEmpty()) {
            return new Price.Unsaid();
        }
        Price.Named ours = sum(byLayer.lastEntry().getValue());
        Price.Named theirs = sum(strangers);
        return theirs.points() > ours.points() ? theirs : ours;
    }

    private static Price.Named sum(List<Price.Part> parts) {
        List<Price.Part> sorted =
                parts.stream().sorted(Comparator.comparing(it -> it.reason().origin())).toList();
        long sum = sorted.stream().mapToLong(Price.Part::points).sum();
        return new Price.Named(Math.toIntExact(Math.min(sum, MOST)), sorted);
    }
}
