package dev.blast.solver.logic;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Terms that are never all true at once, in any answer to the request. At most one term for each
 * node, none that is always true. With no terms at all it says that there is no answer.
 *
 * <p>Immutable; two are equal only if they are the same, since one and the same can follow in
 * different ways.
 */
public final class Incompatibility {
    private final List<Term> terms;
    private final Cause cause;
    private final boolean wished;

    public Incompatibility(List<Term> terms, Cause cause) {
        this.terms = terms.stream().filter(term -> !term.states().isAll()).toList();
        this.cause = cause;
        this.wished =
                switch (cause) {
                    case Cause.Wished _ -> true;
                    case Cause.Derived(Incompatibility left, Incompatibility right, Node _) ->
                            left.wished || right.wished;
                    default -> false;
                };
    }

    public List<Term> terms() {
        return terms;
    }

    public Cause cause() {
        return cause;
    }

    /** Whether it holds only in what one search looks at, since it rests on a wish. */
    public boolean isWished() {
        return wished;
    }

    /** The states of the node's term; all of them where it has none. */
    public States statesOf(Node node) {
        for (Term term : terms) {
            if (term.node() == node) {
                return term.states();
            }
        }
        return node.anything();
    }

    /**
     * What follows from this and another: whichever state the node is in, the rest of one or of the
     * other must fail. So the node keeps the union of its two terms (dropped where that is every
     * state), and any other node the intersection.
     */
    Incompatibility resolve(Incompatibility other, Node node) {
        var result = new ArrayList<Term>(terms.size() + other.terms.size());
        for (Term term : terms) {
            States theirs = other.statesOf(term.node());
            result.add(
                    new Term(
                            term.node(),
                            term.node() == node
                                    ? term.states().or(theirs)
                                    : term.states().and(theirs)));
        }
        for (Term theirs : other.terms) {
            if (theirs.node() != node && statesOf(theirs.node()).isAll()) {
                result.add(theirs);
            }
        }
        return new Incompatibility(result, new Cause.Derived(this, other, node));
    }

    @Override
    public String toString() {
        return terms.stream()
                .map(Term::toString)
                .collect(Collectors.joining(" and ", "never ", ""));
    }
}
