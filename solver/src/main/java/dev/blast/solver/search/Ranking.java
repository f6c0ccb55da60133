package dev.blast.solver.search;

import dev.blast.solver.Strategy;
import dev.blast.solver.logic.Domain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which the versions of a package are tried: by what the strategy wants of each, and
 * what needs an exception after the others.
 */
final class Ranking {
    private final View view;
    private final Map<Domain, List<Integer>> known = new HashMap<>();

    Ranking(View view) {
        this.view = view;
    }

    /** All states but absence, the best first. */
    List<Integer> of(Domain domain) {
        return known.computeIfAbsent(domain, this::rank);
    }

    private List<Integer> rank(Domain domain) {
        Strategy strategy = view.knowledge().request().strategyFor(domain.name());
        return ListedVersions.of(view, domain)
                .order(strategy.places(), place -> view.isLastResort(domain, place + 1))
                .stream()
                .map(place -> place + 1)
                .toList();
    }
}
