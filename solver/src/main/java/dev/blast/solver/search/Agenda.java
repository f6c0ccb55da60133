package dev.blast.solver.search;

import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.PartialSolution;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which node to decide next: addresses, then what has one version left, then what often clashed
 * with earlier decisions, then the rest, then what often made others clash; within these, first
 * heard of, first decided. So the request's own packages come before theirs.
 *
 * <p>When the versions of a node were refused {@value #PATIENCE} times because of the same earlier
 * decision, the wrong one of the two was decided first: from then on the refused node goes early
 * and the other late (uv does the same, with the same count).
 */
final class Agenda {
    static final int PATIENCE = 5;

    private final Roots roots;
    private final Set<Node> early = new HashSet<>();
    private final Set<Node> late = new HashSet<>();
    private final Map<Clash, Integer> clashes = new HashMap<>();

    private record Clash(Node refused, Node culprit) {}

    Agenda(Roots roots) {
        this.roots = roots;
    }

    /** The next node, empty when every required node is decided. */
    Optional<Node> next(List<Node> nodes, PartialSolution solution) {
        Node best = null;
        int bestRank = Integer.MAX_VALUE;
        for (Node node : nodes) {
            if (solution.isRequired(node)
                    && solution.decisionLevel(node) == 0
                    && isReady(node, solution)) {
                int rank = rank(node, solution);
                if (rank < bestRank) {
                    best = node;
                    bestRank = rank;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * Counts a refusal. Says whether the culprit's decision should be taken back, so that the
     * refused node can go first.
     */
    boolean clashed(Node refused, Node culprit) {
        if (refused.base() == culprit.base()) {
            return false;
        }
        int count = clashes.merge(new Clash(refused.base(), culprit.base()), 1, Integer::sum);
        if (count != PATIENCE) {
            return false;
        }
        early.add(refused.base());
        late.remove(refused.base());
        late.add(culprit.base());
        early.remove(culprit.base());
        return true;
    }

    /** An extra waits for its package. */
    private static boolean isReady(Node node, PartialSolution solution) {
        return node.base() == node || solution.decisionLevel(node.base()) > 0;
    }

    private int rank(Node node, PartialSolution solution) {
        if (roots.isAddressed(node.name())) {
            return 0;
        }
        if (solution.states(node).count() == 1) {
            return 1;
        }
        return early.contains(node.base()) ? 2 : late.contains(node.base()) ? 4 : 3;
    }
}
