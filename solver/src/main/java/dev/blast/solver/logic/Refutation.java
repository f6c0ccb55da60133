package dev.blast.solver.logic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Shows that facts contradict each other, by themselves and without an index.
 *
 * @param facts those that were needed, in the order given
 * @param lemmas conclusions on the way, each of which follows by propagation from the facts and the
 *     lemmas before it; after the last, propagation alone ends in a contradiction. None are needed
 *     where no case has to be distinguished
 */
public record Refutation(List<Incompatibility> facts, List<Lemma> lemmas) {

    /**
     * A conclusion.
     *
     * @param uses the facts and earlier lemmas (by their statement) that it rests on
     */
    public record Lemma(Incompatibility statement, Set<Incompatibility> uses) {}

    /**
     * Refutes the facts.
     *
     * @param patience conflicts after which to give up
     * @return empty where they do not contradict each other, or not within the limit
     */
    public static Optional<Refutation> of(Collection<Incompatibility> facts, int patience) {
        return new Attempt(facts, patience).run();
    }

    private static final class Attempt {
        private final Effort effort = new Effort();
        private final Deduction deduction = new Deduction(effort, (_, _) -> {});
        private final Set<Node> nodes = new LinkedHashSet<>();
        private final Collection<Incompatibility> facts;
        private final int patience;

        Attempt(Collection<Incompatibility> facts, int patience) {
            this.facts = facts;
            this.patience = patience;
            for (Incompatibility fact : facts) {
                for (Term term : fact.terms()) {
                    nodes.add(term.node().base());
                    nodes.add(term.node());
                }
                deduction.learn(fact);
            }
        }

        Optional<Refutation> run() {
            deduction.propagate(nodes);
            while (deduction.impossible() == null) {
                Optional<Node> open = nextOpen();
                if (open.isEmpty() || effort.conflicts > patience) {
                    return Optional.empty();
                }
                PartialSolution solution = deduction.solution();
                solution.decide(open.get(), solution.states(open.get()).next(0));
                deduction.propagate(List.of(open.get()));
            }
            return Optional.of(explain(deduction.impossible()));
        }

        /** The required node with the fewest states left, of these the first that is spoken of. */
        private Optional<Node> nextOpen() {
            PartialSolution solution = deduction.solution();
            return nodes.stream()
                    .filter(node -> solution.isRequired(node) && solution.decisionLevel(node) == 0)
                    .min(Comparator.comparingInt(node -> solution.states(node).count()));
        }

        private Refutation explain(Incompatibility empty) {
            var conclusions = new HashSet<Incompatibility>(deduction.reasons());
            var premises = new HashMap<Incompatibility, Set<Incompatibility>>();
            var open = new ArrayDeque<Incompatibility>(List.of(empty));
            while (!open.isEmpty()) {
                Incompatibility next = open.removeLast();
                if (!premises.containsKey(next)) {
                    Set<Incompatibility> used = premises(next, conclusions);
                    premises.put(next, used);
                    used.stream().filter(conclusions::contains).forEach(open::add);
                }
            }
            Set<Incompatibility> used = new HashSet<>();
            premises.values().forEach(used::addAll);
            var lemmas = new ArrayList<Lemma>();
            for (Incompatibility conclusion : deduction.reasons()) {
                Set<Incompatibility> uses = premises.get(conclusion);
                if (conclusion != empty && uses != null) {
                    lemmas.add(new Lemma(conclusion, uses));
                }
            }
            return new Refutation(facts.stream().filter(used::contains).toList(), lemmas);
        }

        /**
         * What a conclusion was resolved from: facts, and conclusions of their own. A fact rests on
         * itself.
         */
        private static Set<Incompatibility> premises(
                Incompatibility conclusion, Set<Incompatibility> conclusions) {
            var premises = new LinkedHashSet<Incompatibility>();
            Set<Incompatibility> seen = new HashSet<>();
            var open = new ArrayDeque<Incompatibility>(List.of(conclusion));
            while (!open.isEmpty()) {
                Incompatibility next = open.removeLast();
                if (!seen.add(next)) {
                    continue;
                }
                boolean isOther = next != conclusion && conclusions.contains(next);
                if (!isOther && next.cause() instanceof Cause.Derived(var left, var right, var _)) {
                    open.add(left);
                    open.add(right);
                } else {
                    premises.add(next);
                }
            }
            return premises;
        }
    }
}
