package dev.blast.solver.logic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

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

    /** Works on copies: nodes belong to one search. */
    private static final class Attempt {
        private final Effort effort = new Effort();
        private final Deduction deduction = new Deduction(effort, (_, _) -> {});
        private final Map<Node, Node> copies = new HashMap<>();
        private final Map<Node, Node> originals = new LinkedHashMap<>();
        private final Map<Incompatibility, Incompatibility> given = new HashMap<>();
        private final Collection<Incompatibility> facts;
        private final int patience;

        Attempt(Collection<Incompatibility> facts, int patience) {
            this.facts = facts;
            this.patience = patience;
            // A copy keeps its cause only to be recognised: its own premises are none.
            for (Incompatibility fact : facts) {
                Incompatibility copy = translate(fact, this::copy);
                given.put(copy, fact);
                deduction.learn(copy);
            }
        }

        Optional<Refutation> run() {
            deduction.propagate(originals.keySet());
            while (deduction.impossible() == null) {
                Optional<Node> open = nextOpen();
                if (open.isEmpty() || effort.conflicts > patience) {
                    return Optional.empty();
                }
                deduction
                        .solution()
                        .decide(open.get(), deduction.solution().states(open.get()).next(0));
                deduction.propagate(List.of(open.get()));
            }
            return Optional.of(explain(deduction.impossible()));
        }

        /** The required node with the fewest states left. */
        private Optional<Node> nextOpen() {
            PartialSolution solution = deduction.solution();
            return originals.keySet().stream()
                    .filter(node -> solution.isRequired(node) && solution.decisionLevel(node) == 0)
                    .min(
                            Comparator.<Node>comparingInt(node -> solution.states(node).count())
                                    .thenComparingInt(Node::number));
        }

        private Refutation explain(Incompatibility empty) {
            Set<Incompatibility> conclusions = new HashSet<>();
            conclusions.addAll(deduction.reasons());
            Map<Incompatibility, Set<Incompatibility>> premises = new HashMap<>();
            var open = new ArrayDeque<Incompatibility>(List.of(empty));
            while (!open.isEmpty()) {
                Incompatibility next = open.removeLast();
                if (!premises.containsKey(next)) {
                    premises.put(next, premises(next, conclusions));
                    premises.getOrDefault(next, Set.of()).stream()
                            .filter(conclusions::contains)
                            .forEach(open::add);
                }
            }
            Map<Incompatibility, Incompatibility> originals = new HashMap<>(given);
            var lemmas = new ArrayList<Lemma>();
            for (Incompatibility conclusion : deduction.reasons()) {
                if (conclusion != empty && premises.containsKey(conclusion)) {
                    Incompatibility original =
                            translate(conclusion, node -> this.originals.getOrDefault(node, node));
                    originals.put(conclusion, original);
                    lemmas.add(
                            new Lemma(
                                    original,
                                    translated(
                                            premises.getOrDefault(conclusion, Set.of()),
                                            originals)));
                }
            }
            Set<Incompatibility> used =
                    translated(
                            premises.values().stream()
                                    .flatMap(Set::stream)
                                    .filter(it -> !conclusions.contains(it))
                                    .toList(),
                            originals);
            return new Refutation(facts.stream().filter(used::contains).toList(), lemmas);
        }

        private static Set<Incompatibility> translated(
                Collection<Incompatibility> copies,
                Map<Incompatibility, Incompatibility> originals) {
            var translated = new LinkedHashSet<Incompatibility>();
            copies.forEach(copy -> translated.add(originals.getOrDefault(copy, copy)));
            return translated;
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

        private Node copy(Node node) {
            Node known = copies.get(node);
            if (known != null) {
                return known;
            }
            Node base = node.base() == node ? null : copy(node.base());
            var copy = new Node(copies.size(), node.domain(), base, node.extra());
            copies.put(node, copy);
            originals.put(copy, node);
            return copy;
        }

        private static Incompatibility translate(Incompatibility it, UnaryOperator<Node> nodes) {
            return new Incompatibility(
                    it.terms().stream()
                            .map(term -> new Term(nodes.apply(term.node()), term.states()))
                            .toList(),
                    it.cause());
        }
    }
}
