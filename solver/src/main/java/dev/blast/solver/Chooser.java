package dev.blast.solver;

import dev.blast.packaging.Version;
import dev.blast.rules.Judgement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the version to try next: the current one where the strategy keeps it, then by the rules'
 * points, then by the strategy's order. What cannot or may not be chosen is reported on the way, as
 * an incompatibility with its reason.
 */
final class Chooser {
    private final Knowledge knowledge;
    private final Map<Domain, int[]> orders = new HashMap<>();
    private final Map<Node, States> refused = new HashMap<>();

    Chooser(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    /**
     * @param left the versions that are still possible
     * @param learned hears why a version is passed over; each reason is given once
     */
    Choice choose(Node node, States left, Consumer<Incompatibility> learned) {
        States known = refused.getOrDefault(node, States.none(left.size()));
        var reasons = new java.util.LinkedHashMap<Cause, States>();
        Choice choice = new Choice.Exhausted();
        for (int state : order(node)) {
            if (!left.contains(state) || known.contains(state)) {
                continue;
            }
            Optional<Cause> objection = objection(node, state);
            if (objection.isEmpty()) {
                choice = new Choice.Try(state);
                break;
            }
            known = known.with(state);
            reasons.merge(objection.get(), States.of(left.size(), state), States::or);
        }
        refused.put(node, known);
        reasons.forEach((cause, states) ->
                learned.accept(new Incompatibility(List.of(new Term(node, states)), cause)));
        return choice;
    }

    /** Notes that a version turned out to be unusable. */
    void refuse(Node node, int state) {
        refused.merge(node, States.of(node.anything().size(), state), States::or);
    }

    private Optional<Cause> objection(Node node, int state) {
        if (knowledge.fitness(node.domain(), state) instanceof Fitness.Unfit(Obstacle obstacle)) {
            return Optional.of(new Cause.Unusable(obstacle));
        }
        return knowledge
                .judgement(node.domain(), state)
                .filter(judgement -> !judgement.allowed())
                .map(judgement -> Cause.Ruled.by(judgement));
    }

    /** All versions, the best first. */
    private int[] order(Node node) {
        return orders.computeIfAbsent(node.domain(), this::sort);
    }

    private int[] sort(Domain domain) {
        Request request = knowledge.request();
        Strategy strategy = request.strategyFor(domain.name());
        boolean lowestFirst =
                switch (strategy.order()) {
                    case NEWEST -> false;
                    case LOWEST -> true;
                    case LOWEST_DIRECT -> knowledge.isDirect(domain.name());
                };
        List<Integer> states =
                new ArrayList<>(
                        IntStream.rangeClosed(1, domain.versions().size()).boxed().toList());
        Comparator<Integer> order = Comparator.naturalOrder();
        if (!lowestFirst) {
            order = order.reversed();
        }
        // A pre-release that was admitted because nothing else fits comes after everything else
        // that might.
        order =
                Comparator.<Integer, Boolean>comparing(
                                state -> knowledge.isLastResort(domain, state))
                        .thenComparing(order);
        if (request.judge() != null && request.judge().givesPoints()) {
            var points = new HashMap<Integer, Integer>();
            for (int state : states) {
                if (knowledge.fitness(domain, state) instanceof Fitness.Fit) {
                    points.put(
                            state,
                            knowledge.judgement(domain, state).map(Judgement::points).orElse(0));
                }
            }
            order =
                    Comparator.<Integer>comparingInt(state -> -points.getOrDefault(state, 0))
                            .thenComparing(order);
        }
        states.sort(order);
        if (strategy.keepsCurrent()) {
            moveToFront(
                    states, current(domain, request.preferences().installed().get(domain.name())));
            Pin locked = request.preferences().locked().get(domain.name());
            moveToFront(states, current(domain, locked == null ? null : locked.version()));
        }
        return states.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int current(Domain domain, @Nullable Version version) {
        return version == null ? States.ABSENT : domain.state(version);
    }

    private static void moveToFront(List<Integer> states, int state) {
        if (states.remove((Integer) state)) {
            states.addFirst(state);
        }
    }
}
