package dev.blast.solver.search;

import dev.blast.packaging.PackageName;
import dev.blast.solver.Obstacle;
import dev.blast.solver.logic.Cause;
import dev.blast.solver.logic.Incompatibility;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.States;
import dev.blast.solver.logic.Term;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Chooses the version to try next: the first by {@link Ranking} unless {@link Leaps} goes further.
 * What cannot or may not be chosen is reported on the way, as an incompatibility with its reason.
 */
final class Chooser {
    private final View view;
    private final Ranking ranking;
    private final Map<PackageName, Integer> near;
    private final Leaps leaps;
    private final Map<Node, States> refused = new HashMap<>();

    /**
     * @param near the states of packages that are tried before the others
     */
    Chooser(View view, Leaps leaps, Map<PackageName, Integer> near) {
        this.view = view;
        this.near = near;
        this.ranking = view.ranking();
        this.leaps = leaps;
    }

    /**
     * @param left the versions that are still possible
     * @param learned hears why a version cannot be chosen; each reason is given once
     */
    Choice choose(Node node, States left, Consumer<Incompatibility> learned) {
        States refusedBefore = refused.getOrDefault(node, States.none(left.size()));
        List<Integer> candidates =
                order(node)
                        .filter(state -> left.contains(state) && !refusedBefore.contains(state))
                        .toList();
        List<Integer> worthTrying = leaps.worthTrying(node, candidates);
        var objections = new LinkedHashMap<Cause, States>();
        Choice choice = pick(node, worthTrying, objections);
        report(node, objections, learned);
        return choice;
    }

    /**
     * Whether any of the versions can be chosen; what cannot, up to the first that can, is reported
     * as above.
     */
    boolean canChoose(Node node, States left, Consumer<Incompatibility> learned) {
        var objections = new LinkedHashMap<Cause, States>();
        boolean any =
                ranking.of(node.domain()).stream()
                        .anyMatch(state -> left.contains(state) && isFree(node, state, objections));
        report(node, objections, learned);
        return any;
    }

    private Stream<Integer> order(Node node) {
        List<Integer> order = ranking.of(node.domain());
        Integer first = near.get(node.name());
        return first == null
                ? order.stream()
                : Stream.concat(
                        Stream.of(first), order.stream().filter(state -> !state.equals(first)));
    }

    /** Notes that a version turned out to be unusable. */
    void refuse(Node node, int state) {
        refused.merge(node, States.of(node.anything().size(), state), States::or);
    }

    private void report(
            Node node, Map<Cause, States> objections, Consumer<Incompatibility> learned) {
        objections.forEach((cause, states) -> {
            refused.merge(node, states, States::or);
            learned.accept(new Incompatibility(List.of(new Term(node, states)), cause));
        });
    }

    private Choice pick(Node node, List<Integer> candidates, Map<Cause, States> objections) {
        int leap = leaps.length(node, candidates.size());
        for (int i = leap; i < candidates.size(); i++) {
            if (isFree(node, candidates.get(i), objections)) {
                return take(node, candidates, i, leap);
            }
        }
        for (int i = leap - 1; i >= 0; i--) {
            if (isFree(node, candidates.get(i), objections)) {
                return take(node, candidates, i, i);
            }
        }
        return new Choice.Exhausted();
    }

    private Choice take(Node node, List<Integer> candidates, int index, int passedOver) {
        int state = candidates.get(index);
        leaps.chosen(node, state, candidates.subList(0, passedOver));
        leaps.upcoming(node, candidates.stream().filter(other -> other != state).toList())
                .forEach(upcoming -> view.expect(node.domain(), upcoming));
        return new Choice.Try(state);
    }

    private boolean isFree(Node node, int state, Map<Cause, States> objections) {
        Optional<Cause> objection = objection(node, state);
        objection.ifPresent(cause ->
                objections.merge(cause, States.of(node.anything().size(), state), States::or));
        return objection.isEmpty();
    }

    private Optional<Cause> objection(Node node, int state) {
        if (view.fitness(node.domain(), state) instanceof Fitness.Unfit(Obstacle obstacle)) {
            return Optional.of(new Cause.Unusable(obstacle));
        }
        return view.judgement(node.domain(), state)
                .filter(_ -> !view.knowledge().isAllowed(node.domain(), state))
                .map(Cause.Ruled::by);
    }
}
