package dev.blast.solver.logic;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the search holds to be true at the moment: decisions, and what was derived from them, in
 * order. For one thread.
 *
 * <p>A node's remaining states only shrink from one step to the next, so each question "since when
 * is this so" is answered by the first step for which it is so.
 */
public final class PartialSolution {
    private final List<Assignment> steps = new ArrayList<>();
    private final List<List<Assignment>> byNode = new ArrayList<>();
    private final List<Node> decided = new ArrayList<>();

    /** How the steps taken up to now stand to an incompatibility. */
    sealed interface Relation {
        /** All its terms hold: a conflict. */
        record Satisfied() implements Relation {}

        /** All its terms hold but this one, which therefore must not. */
        record AlmostSatisfied(Term open) implements Relation {}

        /** Nothing follows: a term does not hold, or two are open. */
        record Inconclusive() implements Relation {}
    }

    private static final Relation SATISFIED = new Relation.Satisfied();
    private static final Relation INCONCLUSIVE = new Relation.Inconclusive();

    public int level() {
        return decided.size();
    }

    /** The node that was decided at this level, which is at least 1. */
    public Node decidedAt(int level) {
        return decided.get(level - 1);
    }

    /** The level at which the node was decided, 0 where it is not. */
    public int decisionLevel(Node node) {
        List<Assignment> steps = stepsOf(node);
        return !steps.isEmpty() && steps.getLast().isDecision() ? steps.getLast().level() : 0;
    }

    public States states(Node node) {
        List<Assignment> steps = stepsOf(node);
        return steps.isEmpty() ? node.anything() : steps.getLast().left();
    }

    /** Whether a step of this level left the node with fewer states. */
    public boolean isNarrowedAt(Node node, int level) {
        return stepsOf(node).stream().anyMatch(step -> step.level() == level);
    }

    /** Whether every answer that agrees with the steps has the node. */
    public boolean isRequired(Node node) {
        return !states(node).contains(States.ABSENT);
    }

    public void decide(Node node, int state) {
        decided.add(node);
        add(node, States.of(node.anything().size(), state), null);
    }

    void derive(Node node, States own, Incompatibility cause) {
        add(node, own, cause);
    }

    /** Takes back all steps above a level. */
    void backtrack(int level) {
        while (!steps.isEmpty() && steps.getLast().level() > level) {
            stepsOf(steps.removeLast().node()).removeLast();
        }
        while (decided.size() > level) {
            decided.removeLast();
        }
    }

    @SuppressWarnings(
            "ReferenceEquality") // The very step is meant: one like it may have been taken again.
    Relation relation(Watched watched) {
        Assignment known = watched.contradictedBy;
        if (known != null && known.index() < steps.size() && steps.get(known.index()) == known) {
            return INCONCLUSIVE;
        }
        Term open = null;
        for (Term term : watched.incompatibility.terms()) {
            States states = states(term.node());
            if (states.isSubsetOf(term.states())) {
                continue;
            }
            if (states.isDisjoint(term.states())) {
                watched.contradictedBy = stepsOf(term.node()).getLast();
                return INCONCLUSIVE;
            }
            if (open != null) {
                return INCONCLUSIVE;
            }
            open = term;
        }
        return open == null ? SATISFIED : new Relation.AlmostSatisfied(open);
    }

    /** The first step from which on the term holds. It must hold now. */
    public Assignment satisfier(Term term) {
        return first(term, term.node().anything());
    }

    /**
     * The level from which on the term would hold if {@code last} were moved there: how far back
     * its other reasons reach. 0 where {@code last} needs no other reasons.
     */
    int levelBefore(Term term, Assignment last) {
        return last.own().isSubsetOf(term.states()) ? 0 : first(term, last.own()).level();
    }

    private Assignment first(Term term, States given) {
        List<Assignment> steps = stepsOf(term.node());
        int low = 0;
        int high = steps.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (steps.get(middle).left().and(given).isSubsetOf(term.states())) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return steps.get(low);
    }

    private void add(Node node, States own, @Nullable Incompatibility cause) {
        var step = new Assignment(node, own, states(node).and(own), cause, level(), steps.size());
        steps.add(step);
        stepsOf(node).add(step);
    }

    private List<Assignment> stepsOf(Node node) {
        while (byNode.size() <= node.number()) {
            byNode.add(new ArrayList<>());
        }
        return byNode.get(node.number());
    }
}
