package dev.blast.solver;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.index.IndexException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Conflict-driven version solving (PubGrub): decide one version, derive what follows, and when that
 * is impossible, learn the shortest reason and go back as far as it reaches. Ends with versions
 * that fit together or with an incompatibility without terms. For one thread, for one use.
 *
 * <p>Only facts and what follows from them are ever learned; which version is tried next is a guess
 * and may be any. See docs/solving.md.
 */
final class Search {
    private final Knowledge knowledge;
    private final Leaps leaps = new Leaps();
    private final Chooser chooser;
    private final Map<PackageName, Integer> wishes;
    private final int readsAllowed;
    private final Effort effort;
    private final Agenda agenda;
    private final PartialSolution solution = new PartialSolution();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Key, Node> byKey = new HashMap<>();
    private final Map<Edge, Incompatibility> edges = new HashMap<>();
    private final Set<Node> culprits = new LinkedHashSet<>();
    private @Nullable Incompatibility impossible;

    /** The level since which the version that was tried last has been impossible. */
    private int blockedSince;

    private record Key(PackageName name, @Nullable ExtraName extra) {
        static Key of(PackageName name) {
            return new Key(name, null);
        }
    }

    /** All versions of {@code from} that need the same of {@code to} share one incompatibility. */
    private record Edge(Node from, Node to, String requirement) {}

    /** How a search ends. */
    sealed interface End {
        /**
         * Versions that fit together.
         *
         * @param states what was chosen
         * @param leaps what was passed over on the way to it
         */
        record Found(Map<Node, Integer> states, List<Leaps.Leap> leaps) implements End {
            boolean has(PackageName name) {
                return states.keySet().stream().anyMatch(node -> node.name().equals(name));
            }
        }

        record Impossible(Incompatibility empty) implements End {}

        /** Neither was found within the limit. */
        record Open() implements End {}
    }

    Search(Knowledge knowledge, Effort effort) {
        this(knowledge, Map.of(), Integer.MAX_VALUE, effort);
    }

    /**
     * @param wishes the only states in which these packages may be chosen
     * @param reads versions that may be read for it
     */
    Search(Knowledge knowledge, Map<PackageName, Integer> wishes, int reads, Effort effort) {
        this.knowledge = knowledge;
        this.chooser = new Chooser(knowledge, leaps);
        this.agenda = new Agenda(knowledge);
        this.wishes = wishes;
        this.readsAllowed = reads == Integer.MAX_VALUE ? reads : knowledge.versionsRead() + reads;
        this.effort = effort;
    }

    End run(List<RootRequirement> requirements) throws IndexException {
        Collection<Node> changed = ask(requirements);
        while (knowledge.versionsRead() <= readsAllowed) {
            propagate(changed);
            if (impossible != null) {
                return new End.Impossible(impossible);
            }
            takeBackWhatFails();
            Optional<Node> next = agenda.next(nodes, solution);
            if (next.isEmpty()) {
                return new End.Found(decided(), leaps.standing(solution));
            }
            // What was learned since the node was last looked at may have excluded some of its
            // versions.
            propagate(List.of(next.get()));
            changed = isOpen(next.get()) ? decide(next.get()) : List.of();
        }
        return new End.Open();
    }

    private boolean isOpen(Node node) {
        return impossible == null && solution.isRequired(node) && solution.decisionLevel(node) == 0;
    }

    /** States what the request asks for, as far as it applies to the target. */
    private Collection<Node> ask(List<RootRequirement> requirements) throws IndexException {
        var asked = new LinkedHashSet<Node>();
        for (RootRequirement root : requirements) {
            if (knowledge.applies(root.requirement())) {
                for (Node node : nodes(root.requirement())) {
                    States accepted = accepted(node, root.requirement());
                    learn(
                            new Incompatibility(
                                    List.of(new Term(node, accepted.not())),
                                    new Cause.Asked(root)));
                    asked.add(node);
                }
            }
        }
        for (var wish : wishes.entrySet()) {
            Node node = node(wish.getKey(), null, null);
            States others = node.domain().present().without(wish.getValue());
            learn(new Incompatibility(List.of(new Term(node, others)), new Cause.Wished()));
        }
        return asked;
    }

    /** Derives all that follows from the changed nodes. */
    private void propagate(Collection<Node> changed) {
        var queue = new ArrayDeque<Node>(changed);
        while (!queue.isEmpty() && impossible == null) {
            Node node = queue.removeFirst();
            // The youngest first: what was learned last says most about where the search is now.
            for (int i = node.incompatibilities().size() - 1; i >= 0; i--) {
                Incompatibility incompatibility = node.incompatibilities().get(i);
                switch (solution.relation(incompatibility)) {
                    case PartialSolution.Relation.Inconclusive _ -> {}
                    case PartialSolution.Relation.AlmostSatisfied(Term open) ->
                            derive(open, incompatibility, queue);
                    case PartialSolution.Relation.Satisfied _ -> {
                        Incompatibility reason = goBack(incompatibility);
                        queue.clear();
                        if (solution.relation(reason)
                                instanceof PartialSolution.Relation.AlmostSatisfied(Term open)) {
                            derive(open, reason, queue);
                        }
                        i = 0;
                    }
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
    private Incompatibility goBack(Incompatibility conflict) {
        effort.conflicts++;
        Incompatibility reason = conflict;
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
                    refused(solution.decidedAt(last.level()), earlier);
                }
                backTo(earlier);
                break;
            }
            reason = reason.resolve(last.cause(), last.node());
        }
        if (reason != conflict) {
            learn(reason);
        }
        return reason;
    }

    private void backTo(int level) {
        effort.backjumps++;
        solution.backtrack(level);
    }

    /**
     * Notes that a version of the node was tried in vain.
     *
     * @param earlier the level of the decision that it does not go with, 0 where it goes with none
     */
    private void refused(Node node, int earlier) {
        leaps.refused(node, earlier == 0, solution);
        if (earlier > 0 && agenda.clashed(node, solution.decidedAt(earlier))) {
            culprits.add(solution.decidedAt(earlier));
        }
    }

    /**
     * Takes back decisions that made others clash again and again, so that those go first, and
     * leaps in vain.
     */
    private void takeBackWhatFails() {
        for (Node culprit : culprits) {
            takeBack(culprit);
        }
        culprits.clear();
        leaps.inVain(solution).ifPresent(leap -> takeBack(leap.node()));
    }

    private void takeBack(Node node) {
        int level = solution.decisionLevel(node);
        if (level > 0) {
            backTo(level - 1);
        }
    }

    /** Tries a version of the node; gives the nodes of which something new is known. */
    private Collection<Node> decide(Node node) throws IndexException {
        if (node.base() != node) {
            return attemptExtra(node, solution.states(node.base()).next(0));
        }
        return switch (chooser.choose(node, solution.states(node), this::learn)) {
            case Choice.Try(int state) -> attempt(node, state);
            case Choice.Exhausted _ -> List.of(node);
        };
    }

    private Collection<Node> attemptExtra(Node node, int state) throws IndexException {
        States possible = solution.states(node);
        if (possible.contains(state)) {
            return attempt(node, state);
        }
        learn(
                new Incompatibility(
                        List.of(new Term(node, possible), new Term(node.base(), possible.not())),
                        new Cause.SameVersion()));
        return List.of(node);
    }

    /** Decides for a version, unless what it needs is already known to be impossible. */
    private Collection<Node> attempt(Node node, int state) throws IndexException {
        blockedSince = solution.level();
        if (canMeetNeeds(node, state)) {
            effort.decisions++;
            solution.decide(node, state);
        } else {
            effort.conflicts++;
            refused(node, blockedSince);
        }
        return List.of(node);
    }

    private boolean canMeetNeeds(Node node, int state) throws IndexException {
        return switch (knowledge.needs(node.domain(), state, node.extra())) {
            case Needs.Unknown(Obstacle obstacle) -> {
                States only = States.of(node.anything().size(), state);
                learn(
                        new Incompatibility(
                                List.of(new Term(node, only)), new Cause.Unusable(obstacle)));
                chooser.refuse(node, state);
                blockedSince = 0;
                yield false;
            }
            // Packages that are known already come first: if they settle it, nobody has to ask for
            // the others.
            case Needs.Known(List<Requirement> requirements) ->
                    meets(
                                    node,
                                    state,
                                    requirements.stream()
                                            .filter(it -> byKey.containsKey(Key.of(it.name())))
                                            .toList())
                            && meets(
                                    node,
                                    state,
                                    requirements.stream()
                                            .filter(it -> !byKey.containsKey(Key.of(it.name())))
                                            .toList());
        };
    }

    private boolean meets(Node node, int state, List<Requirement> requirements)
            throws IndexException {
        boolean possible = true;
        for (Requirement requirement : requirements) {
            for (Node target : nodes(requirement)) {
                possible &= meets(node, state, requirement, target);
            }
        }
        return possible;
    }

    /** Notes one need of a version. Says whether it can still be met. */
    private boolean meets(Node node, int state, Requirement requirement, Node target) {
        States accepted = accepted(target, requirement);
        if (target == node) {
            if (!accepted.contains(state)) {
                learn(
                        new Incompatibility(
                                List.of(new Term(node, States.of(node.anything().size(), state))),
                                new Cause.Needs(requirement)));
            }
            return accepted.contains(state);
        }
        var edge = new Edge(node, target, requirement.toString());
        Incompatibility known = edges.get(edge);
        States from = known == null ? States.none(node.anything().size()) : known.statesOf(node);
        if (!from.contains(state)) {
            if (known != null) {
                forget(known);
            }
            var incompatibility =
                    new Incompatibility(
                            List.of(
                                    new Term(node, from.with(state)),
                                    new Term(target, accepted.not())),
                            new Cause.Needs(requirement));
            learn(incompatibility);
            edges.put(edge, incompatibility);
        }
        if (!solution.states(target).isDisjoint(accepted)) {
            return true;
        }
        int level =
                accepted.isEmpty()
                        ? 0
                        : solution.satisfier(new Term(target, accepted.not())).level();
        blockedSince = Math.min(blockedSince, level);
        return false;
    }

    private void learn(Incompatibility incompatibility) {
        if (incompatibility.terms().isEmpty()) {
            impossible = incompatibility;
        }
        incompatibility
                .terms()
                .forEach(term -> term.node().incompatibilities().add(incompatibility));
    }

    private void forget(Incompatibility incompatibility) {
        incompatibility
                .terms()
                .forEach(term -> term.node().incompatibilities().remove(incompatibility));
    }

    private static States accepted(Node node, Requirement requirement) {
        return requirement.url() != null
                ? node.domain().present()
                : node.domain().accepted(requirement.specifier().versions());
    }

    /** The nodes that a requirement speaks of: the package, and each extra. */
    private List<Node> nodes(Requirement requirement) throws IndexException {
        var nodes = new ArrayList<Node>();
        Node base = node(requirement.name(), null, null);
        nodes.add(base);
        for (ExtraName extra : requirement.extras()) {
            nodes.add(node(requirement.name(), base, extra));
        }
        return nodes;
    }

    private Node node(PackageName name, @Nullable Node base, @Nullable ExtraName extra)
            throws IndexException {
        var key = new Key(name, extra);
        Node node = byKey.get(key);
        if (node == null) {
            node = new Node(nodes.size(), knowledge.domain(name), base, extra);
            byKey.put(key, node);
            nodes.add(node);
        }
        return node;
    }

    private Map<Node, Integer> decided() {
        var decided = new LinkedHashMap<Node, Integer>();
        for (Node node : nodes) {
            if (solution.decisionLevel(node) > 0) {
                decided.put(node, solution.states(node).next(0));
            }
        }
        return decided;
    }
}
