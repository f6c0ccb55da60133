package dev.blast.solver.proof;

import dev.blast.solver.RootRequirement;
import dev.blast.solver.logic.Cause;
import dev.blast.solver.logic.Incompatibility;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.States;
import java.util.ArrayList;
import java.util.List;

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
                    Cause.Wished _,
                    Cause.Derived _ ->
                    List.of();
        };
    }

    /** Those that are asked for and can be used, where all of them are among the states. */
    States relevant(Node node, States states) {
        for (States wanted : wanted(node)) {
            States usable = wanted.minus(unusable(node));
            if (!usable.isEmpty() && usable.isSubsetOf(states)) {
                return wanted;
            }
        }
        return asked(node, states);
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
        return wanted(node).size() == 1
                && facts.stream()
                        .filter(fact -> fact != asked && !fact.terms().isEmpty())
                        .map(fact -> fact.terms().getFirst())
                        .anyMatch(term -> term.node() == node && said.isSubsetOf(term.states()));
    }

    /** The versions that single requirements accept: first those of the request. */
    private List<States> wanted(Node node) {
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
        for (Incompatibility fact : facts) {
            List<Cause.Needs> needs = needs(fact);
            if (!needs.isEmpty() && needs.getFirst().to() == node) {
                wanted.add(fact.statesOf(node).not());
            }
        }
        return wanted;
    }

    private States unusable(Node node) {
        States unusable = States.none(node.anything().size());
        for (Incompatibility fact : facts) {
            if (fact.terms().size() == 1
                    && fact.terms().getFirst().node() == node
                    && needs(fact).isEmpty()
                    && !(fact.cause() instanceof Cause.Asked)) {
                unusable = unusable.or(fact.statesOf(node));
            }
        }
        return unusable;
    }
}
