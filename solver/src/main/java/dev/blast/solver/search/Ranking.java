package dev.blast.solver.search;

import dev.blast.packaging.PackageName;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.Judge;
import dev.blast.solver.Request;
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
        PackageName name = domain.name();
        Request request = view.knowledge().request();
        Strategy strategy = request.strategyFor(name);
        Judge judge = request.judge();
        boolean points =
                judge != null && judge.givesPoints() && strategy.wants(Objective.PREFERRED);
        Releases releases = view.knowledge().releases();
        var listing =
                new Listing(
                        request,
                        name,
                        view.knowledge().roots().isDirect(name),
                        domain.versions(),
                        version -> releases.release(domain, domain.state(version)).files(),
                        place -> points ? points(domain, place + 1) : 0);
        return listing.order(strategy, place -> view.isLastResort(domain, place + 1)).stream()
                .map(place -> place + 1)
                .toList();
    }

    private int points(Domain domain, int state) {
        return view.fitness(domain, state) instanceof Fitness.Fit
                ? view.judgement(domain, state).map(Judgement::points).orElse(0)
                : 0;
    }
}
