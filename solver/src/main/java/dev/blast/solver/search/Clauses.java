package dev.blast.solver.search;

import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.logic.Cause;
import dev.blast.solver.logic.Deduction;
import dev.blast.solver.logic.Incompatibility;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.States;
import dev.blast.solver.logic.Term;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for and what versions need as incompatibilities, with the nodes that they speak of.
 * Each is learned when it is first noted. For one search, on one thread.
 */
final class Clauses {
    private final View view;
    private final Deduction deduction;
    private final List<Node> nodes = new ArrayList<>();
    private final Lemmas lemmas;

    Clauses(View view, Deduction deduction) {
        this.view = view;
        this.deduction = deduction;
        this.lemmas = view.lemmas();
        lemmas.all().forEach(deduction::learn);
    }

    /** What the search wishes comes first, then all in the order in which they were heard of. */
    List<Node> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /** Whether anything has spoken of the package. */
    boolean isKnown(PackageName name) {
        return lemmas.node(name, null) != null;
    }

    /**
     * Notes what the request asks for, as far as it applies to the target. Earlier searches have
     * left that among what they know.
     *
     * @param within the states that these packages may be in
     * @return the nodes of which something is known now
     */
    Collection<Node> ask(List<RootRequirement> requirements, Map<PackageName, States> within)
            throws IndexException {
        boolean isFirst = lemmas.all().isEmpty();
        List<RootRequirement> applying =
                requirements.stream().filter(root -> view.applies(root.requirement())).toList();
        if (isFirst) {
            applying.stream().filter(RootRequirement::constraint).forEach(lemmas::constrain);
        }
        var asked = new LinkedHashSet<Node>();
        for (var wish : within.entrySet()) {
            Node node = node(wish.getKey(), null, null);
            States others = wish.getValue().not();
            if (!others.isEmpty()) {
                learn(new Cause.Wished(), new Term(node, others));
            }
            asked.add(node);
        }
        if (isFirst) {
            for (RootRequirement root : applying) {
                for (Node node : root.constraint() ? List.<Node>of() : nodes(root.requirement())) {
                    States accepted = accepted(node, root.requirement());
                    learn(new Cause.Asked(root, node), new Term(node, accepted.not()));
                }
            }
        }
        asked.addAll(lemmas.nodes());
        nodes.clear();
        nodes.addAll(asked);
        return asked;
    }

    /**
     * Notes what a version needs of a target.
     *
     * @return the states of the target that it accepts
     */
    States need(Node node, int state, Requirement requirement, Node target) {
        States accepted = accepted(target, requirement);
        var cause = new Cause.Needs(requirement, node, target);
        if (target == node) {
            if (!accepted.contains(state)) {
                learn(cause, new Term(node, States.of(node.anything().size(), state)));
            }
            return accepted;
        }
        Incompatibility known = lemmas.need(node, target, requirement);
        States from = known == null ? States.none(node.anything().size()) : known.statesOf(node);
        if (!from.contains(state)) {
            if (known != null) {
                deduction.forget(known);
            }
            var froms = new Term(node, from.with(state));
            lemmas.need(
                    node,
                    target,
                    requirement,
                    learn(cause, froms, new Term(target, accepted.not())));
        }
        return accepted;
    }

    /** The nodes that a requirement speaks of: the package, and each extra. */
    List<Node> nodes(Requirement requirement) throws IndexException {
        var nodes = new ArrayList<Node>();
        Node base = node(requirement.name(), null, null);
        nodes.add(base);
        for (ExtraName extra : requirement.extras()) {
            nodes.add(node(requirement.name(), base, extra));
        }
        return nodes;
    }

    /** A package and its extras as far as they are spoken of, the one that is meant first. */
    List<Node> parts(Node node) {
        var parts = new ArrayList<Node>(List.of(node));
        nodes.stream()
                .filter(other -> other != node && other.base() == node.base())
                .forEach(parts::add);
        return parts;
    }

    private Node node(PackageName name, @Nullable Node base, @Nullable ExtraName extra)
            throws IndexException {
        Node known = lemmas.node(name, extra);
        if (known != null) {
            return known;
        }
        Node node = lemmas.add(view.domain(name), base, extra);
        nodes.add(node);
        if (base == null) {
            constrain(node);
        }
        return node;
    }

    /** A constraint speaks of the package only once something has. */
    private void constrain(Node node) {
        for (RootRequirement root : lemmas.constraints(node.name())) {
            States others = node.domain().present().minus(accepted(node, root.requirement()));
            if (!others.isEmpty()) {
                learn(new Cause.Asked(root, node), new Term(node, others));
            }
        }
    }

    private static States accepted(Node node, Requirement requirement) {
        return requirement.url() != null
                ? node.domain().present()
                : node.domain().accepted(requirement.specifier().versions());
    }

    private Incompatibility learn(Cause cause, Term... terms) {
        var incompatibility = new Incompatibility(List.of(terms), cause);
        deduction.learn(incompatibility);
        return incompatibility;
    }
}
