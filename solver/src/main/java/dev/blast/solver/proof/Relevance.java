package dev.blast.solver.proof;

import dev.blast.solver.RootRequirement;
import dev.blast.solver.logic.Cause;
import dev.blast.solver.logic.Incompatibility;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.States;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which versions matter to a reader, by the facts of an argument: those that are asked for, and of
 * them those that can be used. Pure.
 */
record Relevance(List<Incompatibility> facts) {

    /** The needs that a fact states, one or several; none for other facts. */
    static List<Cause.Needs> needs(Incompatibility fact) {
        return switch (fact.cause()) {
            case Cause.Needs need -> List.of(need);
            case Cause.Several(List<Incompatibility> parts) ->
                    parts.stream().flatMap(part -> needs(part).stream()).toList();
            case Cause.Asked _,
                    Cause.SameVersion _,
                    Cause.Unusable _,
                    Cause.Ruled _,
                    Cause.Apart _,
                    Cause.Wished _,
                    Cause.Derived _ ->
                    List.of();
        };
    }

    /**
     * Versions of which something is said.
     *
     * @param usableOf what they are all of that can be used, where other facts exclude the others;
     *     null where they speak for themselves
     */
    record Told(States states, @Nullable States usableOf) {}

    /**
     * Of the versions that a fact speaks of, those that matter: all that are asked for and can be
     * used where these are among them, else those that are asked for.
     */
    Told told(Node node, States states) {
        States unusable = unusable(node);
        for (States wanted : wanted(node)) {
            States usable = wanted.minus(unusable);
            if (!usable.isEmpty() && usable.isSubsetOf(states)) {
                boolean areOthersExcluded =
                        !usable.equals(wanted)
                                && wanted.and(unusable).isSubsetOf(asked(node, unusable));
                return new Told(usable, areOthersExcluded ? wanted : null);
            }
        }
        return new Told(asked(node, states), null);
    }

    /** Of these versions, those that are asked for at all. */
    States asked(Node node, States states) {
        for (States wanted : wanted(node)) {
            if (!wanted.isDisjoint(states)) {
                return states.and(wanted);
            }
        }
        return states;
    }

    /** Whether another fact already says which versions are asked for. */
    boolean isFolded(Incompatibility asked) {
        boolean isConstraint =
                asked.cause() instanceof Cause.Asked(RootRequirement root, Node _)
                        && root.constraint();
        if (isConstraint || asked.terms().isEmpty()) {
            return false;
        }
        Node node = asked.terms().getFirst().node();
        States wanted = asked.statesOf(node).not();
        States usable = wanted.minus(unusable(node));
        States said = usable.isEmpty() ? wanted : usable;
        return asked(node).size() + needed(node).size() == 1
                && facts.stream()
                        .filter(fact -> fact != asked && !fact.terms().isEmpty())
                        .map(fact -> fact.terms().getFirst())
                        .anyMatch(term -> term.node() == node && said.isSubsetOf(term.states()));
    }

    /**
     * Versions outside of which nothing matters, each set by itself: what each requirement of the
     * request accepts, or where it does not speak of the package, what all others accept together:
     * in another case another of them counts.
     */
    private List<States> wanted(Node node) {
        List<States> asked = asked(node);
        return asked.isEmpty() ? needed(node).stream().reduce(States::or).stream().toList() : asked;
    }

    private List<States> asked(Node node) {
        var wanted = new ArrayList<States>();
        for (Incompatibility fact : facts) {
            if (fact.cause() instanceof Cause.Asked(RootRequirement _, Node asked)
                    && asked.base() == node.base()) {
                wanted.add(
                        fact.terms().isEmpty()
                                ? States.none(node.anything().size())
                                : fact.statesOf(asked).not().without(States.ABSENT));
            }
        }
        return wanted;
    }

    private List<States> needed(Node node) {
        var wanted = new ArrayList<States>();
        for (Incompatibility fact : facts) {
            List<Cause.Needs> needs = needs(fact);
            if (!needs.isEmpty() && comesWith(needs.getFirst().to(), node)) {
                wanted.add(fact.statesOf(needs.getFirst().to()).not());
            }
        }
        return wanted;
    }

    /** What other facts ask for of the same package, each by itself. */
    List<States> others(Incompatibility fact, Node node) {
        var others = new ArrayList<>(asked(node));
        for (Incompatibility other : facts) {
            List<Cause.Needs> needs = needs(other);
            if (other != fact && !needs.isEmpty() && needs.getFirst().to().base() == node.base()) {
                others.add(other.statesOf(needs.getFirst().to()).not());
            }
        }
        return others;
    }

    /** Versions that cannot be chosen; an extra comes in those of its package. */
    private States unusable(Node node) {
        States unusable = States.none(node.anything().size());
        for (Incompatibility fact : facts) {
            if (fact.terms().size() == 1
                    && comesWith(node, fact.terms().getFirst().node())
                    && needs(fact).isEmpty()
                    && !(fact.cause() instanceof Cause.Asked)) {
                unusable = unusable.or(fact.terms().getFirst().states());
            }
        }
        return unusable;
    }

    private static boolean comesWith(Node node, Node other) {
        return other == node || other == node.base();
    }
}
