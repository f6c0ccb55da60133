package dev.blast.solver.logic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Draws conclusions: from incompatibilities and decisions to what follows, and from a conflict back
 * to its reason. Somebody else decides. For one thread.
 */
public final class Deduction {
    private final PartialSolution solution = new PartialSolution();

    /** For each node by its number, the incompatibilities that mention it, oldest first. */
    private final List<List<Watched>> watches = new ArrayList<>();

    private final List<Incompatibility> reasons = new ArrayList<>();
    private final Set<Incompatibility> known = new LinkedHashSet<>();
    private final Effort effort;
    private final Refusal refusal;
    private @Nullable Incompatibility impossible;

    /** Hears of each conflict that undoes a decision, before it does. */
    @FunctionalInterface
    public interface Refusal {
        /**
         * A decision cannot stand.
         *
         * @param earlier the level of the decision that it does not go with, 0 where it goes with
         *     none
         */
        void refused(Node decided, int earlier);
    }

    public Deduction(Effort effort, Refusal refusal) {
        this.effort = effort;
        this.refusal = refusal;
    }

    public PartialSolution solution() {
        return solution;
    }

    /** The incompatibility without terms, as soon as it is known: there is no answer. */
    public @Nullable Incompatibility impossible() {
        return impossible;
    }

    /**
     * The reasons of conflicts that were found, in order. Each follows from what was there before
     * by propagation alone.
     */
    List<Incompatibility> reasons() {
        return reasons;
    }

    /** Takes a fact or a conclusion into account from now on; it is not propagated yet. */
    public void learn(Incompatibility incompatibility) {
        if (incompatibility.terms().isEmpty()) {
            impossible = incompatibility;
        }
        watch(incompatibility);
    }

    /** What was learned and found out and not forgotten, in order. */
    public Collection<Incompatibility> known() {
        return Collections.unmodifiableSet(known);
    }

    private Watched watch(Incompatibility incompatibility) {
        known.add(incompatibility);
        var watched = new Watched(incompatibility);
        incompatibility.terms().forEach(term -> watchesOf(term.node()).add(watched));
        return watched;
    }

    /** Drops a fact that another one has made needless. */
    public void forget(Incompatibility incompatibility) {
        known.remove(incompatibility);
        for (Term term : incompatibility.terms()) {
            watchesOf(term.node()).removeIf(watched -> watched.incompatibility == incompatibility);
        }
    }

    /**
     * Derives all that follows from what is new about the nodes; on a conflict, goes back as far as
     * its reason reaches.
     */
    public void propagate(Collection<Node> changed) {
        var queue = new ArrayDeque<Node>(changed);
        while (!queue.isEmpty() && impossible == null) {
            propagate(queue.removeFirst(), queue);
        }
    }

    private void propagate(Node node, Deque<Node> queue) {
        // The youngest first: what was learned last says most about where the search is now.
        List<Watched> watches = watchesOf(node);
        for (int i = watches.size() - 1; i >= 0; i--) {
            Watched watched = watches.get(i);
            switch (solution.relation(watched)) {
                case PartialSolution.Relation.Inconclusive _ -> {}
                case PartialSolution.Relation.AlmostSatisfied(Term open) ->
                        derive(open, watched.incompatibility, queue);
                case PartialSolution.Relation.Satisfied _ -> {
                    Watched reason = goBack(watched);
                    queue.clear();
                    if (solution.relation(reason)
                            instanceof PartialSolution.Relation.AlmostSatisfied(Term open)) {
                        derive(open, reason.incompatibility, queue);
                    }
                    return;
                }
            }
        }
    }

    private void derive(Term open, Incompatibility cause, Deque<Node> queue) {
        solution.derive(open.node(), open.states().not(), cause);
        if (!queue.contains(open.node())) {
            queue.addLast(open.node());
        }
    }

    /**
     * Finds the reason of a conflict and goes back to where it would have changed the search. As
     * long as the last step that completes the conflict was derived on the level of another one
     * that it needs, that step is replaced by its own cause.
     */
    private Watched goBack(Watched conflict) {
        effort.conflicts++;
        Incompatibility reason = conflict.incompatibility;
        while (!reason.terms().isEmpty()) {
            Term lastTerm = reason.terms().getFirst();
            Assignment last = solution.satisfier(lastTerm);
            int earlier = 0;
            for (Term term : reason.terms().subList(1, reason.terms().size())) {
                Assignment satisfier = solution.satisfier(term);
                earlier = Math.max(earlier, Math.min(satisfier.level(), last.level()));
                if (satisfier.index() > last.index()) {
                    last = satisfier;
                    lastTerm = term;
                }
            }
            earlier = Math.max(earlier, solution.levelBefore(lastTerm, last));
            if (last.cause() == null || earlier < last.level()) {
                if (last.level() > 0) {
                    refusal.refused(solution.decidedAt(last.level()), earlier);
                }
                backTo(earlier);
                break;
            }
            reason = reason.resolve(last.cause(), last.node());
        }
        if (reason.terms().isEmpty()) {
            impossible = reason;
        }
        if (reason == conflict.incompatibility) {
            return conflict;
        }
        reasons.add(reason);
        return watch(reason);
    }

    /** Takes back all decisions above a level, and what followed from them. */
    public void backTo(int level) {
        effort.backjumps++;
        solution.backtrack(level);
    }

    private List<Watched> watchesOf(Node node) {
        while (watches.size() <= node.number()) {
            watches.add(new ArrayList<>());
        }
        return watches.get(node.number());
    }
}
