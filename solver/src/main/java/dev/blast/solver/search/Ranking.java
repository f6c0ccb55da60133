package dev.blast.solver.search;

import dev.blast.packaging.Version;
import dev.blast.rules.verdict.Judgement;
import dev.blast.solver.Judge;
import dev.blast.solver.Pin;
import dev.blast.solver.Request;
import dev.blast.solver.Strategy;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.States;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the versions of a package are tried: the locked and then the installed one
 * where the strategy keeps them, then by the points of the rules, then what does not need an
 * exception, then by the strategy.
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
        Request request = view.knowledge().request();
        Strategy strategy = request.strategyFor(domain.name());
        boolean lowestFirst =
                switch (strategy.order()) {
                    case NEWEST -> false;
                    case LOWEST -> true;
                    case LOWEST_DIRECT -> view.knowledge().roots().isDirect(domain.name());
                };
        Comparator<Integer> order =
                lowestFirst ? Comparator.naturalOrder() : Comparator.reverseOrder();
        order =
                Comparator.<Integer, Boolean>comparing(state -> view.isLastResort(domain, state))
                        .thenComparing(order);
        Judge judge = request.judge();
        if (judge != null && judge.givesPoints()) {
            Map<Integer, Integer> points = points(domain);
            order =
                    Comparator.<Integer>comparingInt(state -> -points.getOrDefault(state, 0))
                            .thenComparing(order);
        }
        var states =
                new ArrayList<>(
                        IntStream.rangeClosed(1, domain.versions().size()).boxed().toList());
        states.sort(order);
        if (strategy.keepsCurrent()) {
            moveToFront(states, domain, request.preferences().installed().get(domain.name()));
            Pin locked = request.preferences().locked().get(domain.name());
            moveToFront(states, domain, locked == null ? null : locked.version());
        }
        return List.copyOf(states);
    }

    private Map<Integer, Integer> points(Domain domain) {
        var points = new HashMap<Integer, Integer>();
        for (int state = 1; state <= domain.versions().size(); state++) {
            if (view.fitness(domain, state) instanceof Fitness.Fit) {
                points.put(state, view.judgement(domain, state).map(Judgement::points).orElse(0));
            }
        }
        return points;
    }

    private static void moveToFront(
            List<Integer> states, Domain domain, @Nullable Version version) {
        Integer state = version == null ? States.ABSENT : domain.state(version);
        if (states.remove((Object) state)) {
            states.addFirst(state);
        }
    }
}
