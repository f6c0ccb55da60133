package dev.blast.solver.search;

import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.PackagePart;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.States;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What holds the packages of an answer where they are: the request, and what the others need. What
 * nothing needs is not part of it. For one thread.
 */
final class Ties {
    private final View view;
    private final Ranking ranking;
    private final List<RootRequirement> roots;
    private final Map<Node, Integer> states;
    private final Map<Node, List<Tie>> ties = new HashMap<>();

    /**
     * A requirement of a node.
     *
     * @param from null where the request asks for it
     */
    private record Tie(@Nullable Node from, Requirement requirement) {}

    private Ties(
            View view, Ranking ranking, List<RootRequirement> roots, Map<Node, Integer> states) {
        this.view = view;
        this.ranking = ranking;
        this.roots = roots;
        this.states = states;
    }

    static Ties of(Search.End.Found found, Ranking ranking, List<RootRequirement> requirements)
            throws IndexException {
        View view = found.view();
        List<RootRequirement> roots =
                requirements.stream()
                        .filter(root -> view.knowledge().roots().applies(root.requirement()))
                        .toList();
        var ties = new Ties(view, ranking, roots, new LinkedHashMap<>(found.states()));
        ties.follow();
        return ties;
    }

    private void follow() throws IndexException {
        Map<PackageName, Map<@Nullable ExtraName, Node>> nodes = new HashMap<>();
        for (Node node : states.keySet()) {
            nodes.computeIfAbsent(node.name(), _ -> new HashMap<>()).put(node.extra(), node);
        }
        Deque<Node> open = new ArrayDeque<>();
        for (RootRequirement root : roots) {
            if (!root.constraint()) {
                tie(new Tie(null, root.requirement()), nodes, open);
            }
        }
        while (!open.isEmpty()) {
            Node from = open.removeFirst();
            if (view.needs(from.domain(), states.getOrDefault(from, 0), from.extra())
                    instanceof Needs.Known(List<Requirement> requirements)) {
                for (Requirement requirement : requirements) {
                    tie(new Tie(from, requirement), nodes, open);
                }
            }
        }
        states.keySet().retainAll(ties.keySet());
    }

    private void tie(
            Tie tie, Map<PackageName, Map<@Nullable ExtraName, Node>> nodes, Deque<Node> open) {
        Requirement requirement = tie.requirement();
        Map<@Nullable ExtraName, Node> parts = nodes.getOrDefault(requirement.name(), Map.of());
        var wanted = new ArrayList<@Nullable ExtraName>(requirement.extras());
        wanted.addFirst(null);
        for (ExtraName extra : wanted) {
            Node node = parts.get(extra);
            if (node == null) {
                throw new IllegalStateException("needed, but not decided: " + requirement);
            }
            if (!ties.containsKey(node)) {
                ties.put(node, new ArrayList<>());
                open.addLast(node);
            }
            ties.getOrDefault(node, new ArrayList<>()).add(tie);
        }
    }

    /** The states of all nodes that are needed. */
    Map<Node, Integer> states() {
        return states;
    }

    /** The packages and extras that are needed. */
    Set<PackagePart> parts() {
        return states.keySet().stream()
                .map(node -> new PackagePart(node.name(), node.extra()))
                .collect(Collectors.toSet());
    }

    /** The states of a node's package that are better than its own. */
    States better(Node node) {
        List<Integer> order = ranking.of(node.domain());
        return States.of(
                node.anything().size(),
                order.subList(0, order.indexOf(states.get(node))).stream()
                        .mapToInt(Integer::intValue)
                        .toArray());
    }

    /**
     * The nodes that may differ in an answer in which no package is worse: those that could be
     * better, and those that could be missing. Each of the others is held where it is by some that
     * cannot move.
     *
     * @param settled packages that are better in no such answer
     */
    Set<Node> movable(Set<PackageName> settled) {
        var movable = new LinkedHashSet<>(states.keySet());
        boolean changed = true;
        while (changed) {
            changed =
                    movable.removeIf(node ->
                            !canVanish(node, movable)
                                    && (node.base() == node
                                            ? settled.contains(node.name())
                                                    || !canRise(node, movable)
                                            : !movable.contains(node.base())));
        }
        return movable;
    }

    private boolean canVanish(Node node, Set<Node> movable) {
        return tiesOf(node).stream()
                .allMatch(tie -> tie.from() != null && movable.contains(tie.from()));
    }

    /** Whether a better version is let through by all that cannot move. */
    boolean canRise(Node node, Set<Node> movable) {
        States left = better(node);
        for (RootRequirement root : roots) {
            if (root.constraint() && root.requirement().name().equals(node.name())) {
                left = left.and(accepted(node, root.requirement()));
            }
        }
        for (Tie tie : tiesOf(node)) {
            if (holds(tie, node, movable)) {
                left = left.and(accepted(node, tie.requirement()));
            }
        }
        for (int state = left.previous(left.size() - 1);
                state > 0;
                state = left.previous(state - 1)) {
            if (isUsable(node.domain(), state)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The packages of which a requirement lets none of some states of a node through.
     *
     * @param wanted of the node
     */
    Set<Domain> holders(Node node, States wanted) {
        Set<Domain> holders = new LinkedHashSet<>();
        for (Tie tie : tiesOf(node)) {
            if (tie.from() != null
                    && tie.from().base() != node.base()
                    && accepted(node, tie.requirement()).isDisjoint(wanted)) {
                holders.add(tie.from().domain());
            }
        }
        return holders;
    }

    /** An extra comes along with its package. */
    private static boolean holds(Tie tie, Node node, Set<Node> movable) {
        return tie.from() == null
                || (tie.from().base() != node.base() && !movable.contains(tie.from()));
    }

    /** By what is known already: nobody is to hear that it was asked. */
    private boolean isUsable(Domain domain, int state) {
        return view.fitness(domain, state) instanceof Fitness.Fit
                && view.knowledge().isAllowed(domain, state);
    }

    private static States accepted(Node node, Requirement requirement) {
        return requirement.url() != null
                ? node.domain().present()
                : node.domain().accepted(requirement.specifier().versions());
    }

    private List<Tie> tiesOf(Node node) {
        return ties.getOrDefault(node, List.of());
    }
}
