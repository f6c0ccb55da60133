package dev.blast.solver.proof;

import dev.blast.packaging.Requirement;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Reason;
import dev.blast.solver.Obstacle;
import dev.blast.solver.logic.Cause;
import dev.blast.solver.logic.Incompatibility;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.Refutation;
import dev.blast.solver.logic.States;
import dev.blast.solver.logic.Term;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes a short argument out of the many facts that a search needed: says what versions of one
 * package have in common as long as that is enough, and leaves out what is not needed. The facts of
 * an argument contradict each other by themselves.
 */
public final class Argument {
    /** Conflicts that one attempt at a shorter argument may take. */
    private static final int PATIENCE = 2000;

    /** Facts up to which each is tried to be left out by itself. */
    private static final int MANY = 200;

    private Argument() {}

    /**
     * The argument that is shortest to tell.
     *
     * @param facts that contradict each other
     */
    public static Refutation of(Collection<Incompatibility> facts) {
        Refutation best =
                Refutation.of(united(facts, Same::effect), Integer.MAX_VALUE)
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "the facts of a proof do not contradict each other"));
        best = withCommonGround(best);
        return withoutTheNeedless(best);
    }

    /**
     * Tries, for each two packages, whether what all versions of the one need of the other is
     * enough.
     */
    private static Refutation withCommonGround(Refutation refutation) {
        Refutation best = refutation;
        for (Object edge : refutation.facts().stream().map(Same::edge).distinct().toList()) {
            List<Incompatibility> shorter =
                    united(best.facts(), fact -> Same.edge(fact).equals(edge) ? edge : fact);
            if (shorter.size() < best.facts().size()) {
                best = Refutation.of(shorter, PATIENCE).orElse(best);
            }
        }
        return best;
    }

    private static Refutation withoutTheNeedless(Refutation refutation) {
        Refutation best = refutation;
        for (Incompatibility fact : refutation.facts().reversed()) {
            if (best.facts().size() <= MANY && best.facts().contains(fact)) {
                List<Incompatibility> others =
                        best.facts().stream().filter(it -> it != fact).toList();
                Optional<Refutation> without = Refutation.of(others, PATIENCE);
                best = without.orElse(best);
            }
        }
        return best;
    }

    /** What facts have in common that may be said in one sentence. */
    private static final class Same {
        private record Effect(Class<?> kind, Node about, Object what) {}

        private record Edge(Node from, Node to) {}

        private record Excludes(Edge edge, Object from) {}

        private record KeptApart(States states, Origin rule) {}

        /**
         * Facts with equal keys say the same about different versions, so that one for all of them
         * is as strong.
         */
        static Object effect(Incompatibility fact) {
            return switch (fact.cause()) {
                case Cause.Unusable(Obstacle obstacle) ->
                        new Effect(obstacle.getClass(), about(fact), "");
                case Cause.Ruled(boolean held, Reason reason, String failure) ->
                        new Effect(
                                Cause.Ruled.class,
                                about(fact),
                                reason == null ? held : reason.origin());
                case Cause.Apart(Reason reason, String _) when reason != null -> {
                    Term other = fact.terms().getLast();
                    yield new Excludes(
                            new Edge(about(fact), other.node()),
                            new KeptApart(other.states(), reason.origin()));
                }
                case Cause.Needs(Requirement requirement, Node from, Node to) ->
                        new Excludes(new Edge(from, to), fact.statesOf(to));
                default -> fact;
            };
        }

        /** The two packages of a need that can be met; the fact itself for others. */
        static Object edge(Incompatibility fact) {
            Cause cause =
                    fact.cause() instanceof Cause.Several(List<Incompatibility> parts)
                            ? parts.getFirst().cause()
                            : fact.cause();
            return cause instanceof Cause.Needs(Requirement requirement, Node from, Node to)
                            && fact.terms().size() == 2
                    ? new Edge(from, to)
                    : fact;
        }

        private static Node about(Incompatibility fact) {
            return fact.terms().getFirst().node();
        }
    }

    /** One incompatibility for all that have the same key, in the order of the first. */
    private static List<Incompatibility> united(
            Collection<Incompatibility> facts, Function<Incompatibility, Object> key) {
        Map<Object, List<Incompatibility>> groups = new LinkedHashMap<>();
        facts.forEach(
                fact -> groups.computeIfAbsent(key.apply(fact), _ -> new ArrayList<>()).add(fact));
        return groups.values().stream()
                .map(group -> group.size() == 1 ? group.getFirst() : unite(group))
                .toList();
    }

    /**
     * If one of the first terms holds, its second must fail: so if any of the first holds, not all
     * of the second do.
     */
    private static Incompatibility unite(List<Incompatibility> facts) {
        List<Term> first = facts.getFirst().terms();
        var terms = new ArrayList<Term>();
        for (int i = 0; i < first.size(); i++) {
            States states = first.get(i).states();
            for (Incompatibility fact : facts) {
                States others = fact.terms().get(i).states();
                states = i == 0 ? states.or(others) : states.and(others);
            }
            terms.add(new Term(first.get(i).node(), states));
        }
        var parts = new ArrayList<Incompatibility>();
        for (Incompatibility fact : facts) {
            parts.addAll(
                    fact.cause() instanceof Cause.Several(List<Incompatibility> several)
                            ? several
                            : List.of(fact));
        }
        return new Incompatibility(terms, new Cause.Several(parts));
    }
}
