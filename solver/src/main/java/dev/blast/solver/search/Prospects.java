package dev.blast.solver.search;

import dev.blast.packaging.PackageName;
import dev.blast.solver.Aim;
import dev.blast.solver.Score;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.Node;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What could be gained in a place. A package that others hold can only do better if these move;
 * where that costs more than all that they hold could gain, nothing is asked.
 */
final class Prospects {
    private final Appraiser appraiser;
    private final Ties ties;
    private final int place;
    private final Map<Domain, Long> gains = new LinkedHashMap<>();
    private final Map<Domain, Set<Domain>> holders = new HashMap<>();
    private final Map<Domain, Integer> packages = new LinkedHashMap<>();
    private final Map<Domain, Long> costs = new HashMap<>();
    private final Map<Domain, Long> held = new HashMap<>();
    private final boolean isLast;

    /**
     * What could be gained.
     *
     * @param ties of the answer
     * @param isLast whether no place comes after this one
     */
    Prospects(Appraiser appraiser, Ties ties, int place, boolean isLast) {
        this.appraiser = appraiser;
        this.ties = ties;
        this.place = place;
        this.isLast = isLast;
        ties.states()
                .forEach((node, state) -> {
                    if (node.base() == node) {
                        packages.put(node.domain(), state);
                        look(node, state);
                    }
                });
    }

    private void look(Node node, int state) {
        Domain domain = node.domain();
        Choices choices = appraiser.choices(domain);
        Score now = choices.score(state);
        if (now.in(place) <= least(choices)) {
            return;
        }
        long gain =
                choices.scores().values().stream()
                        .filter(it -> it.isBetterIn(place, now))
                        .mapToLong(it -> now.in(place) - it.in(place))
                        .max()
                        .orElse(0);
        if (gain > 0) {
            Set<Domain> holding =
                    ties.holders(node, choices.those(it -> it.isBetterIn(place, now)));
            gains.put(domain, gain);
            holders.put(domain, holding);
            holding.forEach(holder -> held.merge(holder, gain, Long::sum));
        }
    }

    private long least(Choices choices) {
        List<List<Aim>> places = choices.strategy().places();
        return place < places.size() ? choices.least(places.get(place)) : 0;
    }

    /** The least that another state of the package costs in the place; below 0 it is gained. */
    private long cost(Domain domain) {
        Integer state = packages.get(domain);
        if (state == null) {
            return Long.MAX_VALUE;
        }
        Choices choices = appraiser.choices(domain);
        Score now = choices.score(state);
        return choices.scores().entrySet().stream()
                .filter(it ->
                        !it.getKey().equals(state) && it.getValue().isNoWorseUpTo(place - 1, now))
                .mapToLong(it -> it.getValue().in(place) - now.in(place))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Those first that gain most. */
    List<PackageName> packages() {
        return gains.entrySet().stream()
                .filter(it ->
                        holders.getOrDefault(it.getKey(), Set.of()).stream()
                                .allMatch(this::isWorthMoving))
                .sorted(
                        Map.Entry.<Domain, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(it -> it.getKey().name()))
                .map(it -> it.getKey().name())
                .toList();
    }

    private boolean isWorthMoving(Domain holder) {
        long cost = costs.computeIfAbsent(holder, this::cost);
        long gain = held.getOrDefault(holder, 0L);
        return isLast ? gain > cost : gain >= cost;
    }
}
