package dev.blast.solver.search;

import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.PartialSolution;
import dev.blast.solver.logic.States;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tries versions further and further away once neighbour after neighbour was refused: a conflict
 * that began with some release goes on for hundreds of them, and reading each costs a request. A
 * leap is a guess and teaches the search nothing about the versions it passes over. A leap that
 * leads to refusals itself is set aside, unproven; when all that is left was set aside, the node is
 * walked version by version, so the search stays complete. {@link Refinement} and {@link Ascent}
 * look at what was passed over when there is an answer.
 */
final class Leaps {
    /** Refusals of a node before it leaps, unless there is reason to hurry. */
    static final int PATIENCE = 6;

    /** Refusals that follow from a leap before it is set aside. */
    static final int TRUST = 2;

    /** Versions of one node that are read ahead at most. */
    private static final int MOST_AHEAD = 32;

    /** The part of what was tried that may be read ahead. */
    private static final int AHEAD_PART = 3;

    /** The same while it leaps: each leap that succeeds makes the longer ones needless. */
    private static final int LEAPS_AHEAD = 2;

    private final int patience;
    private final Map<Node, Integer> tries = new HashMap<>();
    private final Map<Node, Integer> refusals = new HashMap<>();
    private final Map<Node, States> setAside = new HashMap<>();
    private final Set<Node> walking = new HashSet<>();
    private final Map<Node, Leap> taken = new LinkedHashMap<>();
    private final Map<Node, Integer> doubts = new HashMap<>();
    private final Map<Node, Set<Integer>> ahead = new HashMap<>();
    private boolean any;

    /**
     * @param passedOver the versions that are better by the order of choice, the best first
     */
    record Leap(Node node, int state, List<Integer> passedOver) {}

    /**
     * Nothing leapt over yet.
     *
     * @param patience refusals of a node before it leaps
     */
    Leaps(int patience) {
        this.patience = patience;
    }

    /** Leaves out what was set aside, unless nothing else is left. */
    List<Integer> worthTrying(Node node, List<Integer> candidates) {
        States aside = setAside.get(node);
        if (aside == null) {
            return candidates;
        }
        List<Integer> others = candidates.stream().filter(state -> !aside.contains(state)).toList();
        if (!others.isEmpty() || candidates.isEmpty()) {
            return others;
        }
        setAside.remove(node);
        walking.add(node);
        return candidates;
    }

    /** How many of so many candidates to pass over. */
    int length(Node node, int candidates) {
        return length(node, candidates, refusals.getOrDefault(node, 0));
    }

    /**
     * What is worth reading before it is tried: what comes next if everything is refused, nothing
     * at first, then more the more was refused. Of what was read so and not tried yet there is
     * never more than a part of what was tried.
     *
     * @param candidates without the one that is being tried
     */
    List<Integer> upcoming(Node node, List<Integer> candidates) {
        boolean leaps = length(node, candidates.size()) > 0;
        int some = tries.getOrDefault(node, 0) / AHEAD_PART;
        int count = Math.min(some, leaps ? LEAPS_AHEAD : MOST_AHEAD);
        Set<Integer> untried = ahead.computeIfAbsent(node, _ -> new HashSet<>());
        var left = new ArrayList<>(candidates);
        var upcoming = new ArrayList<Integer>();
        for (int more = 1; more <= count && !left.isEmpty() && untried.size() < some; more++) {
            int next = length(node, left.size(), refusals.getOrDefault(node, 0) + more);
            if (untried.add(left.get(next))) {
                upcoming.add(left.get(next));
            }
            left.subList(next, next + 1).clear();
        }
        return upcoming;
    }

    private int length(Node node, int candidates, int refusals) {
        int beyond = refusals - patience;
        if (beyond < 0 || walking.contains(node)) {
            return 0;
        }
        return (int) Math.min(1L << Math.min(beyond, 30), candidates - 1L);
    }

    /** Notes what was chosen, by leap or not. */
    void chosen(Node node, int state, List<Integer> passedOver) {
        doubts.remove(node);
        ahead.computeIfAbsent(node, _ -> new HashSet<>()).remove(state);
        if (passedOver.isEmpty()) {
            taken.remove(node);
        } else {
            any = true;
            taken.put(node, new Leap(node, state, List.copyOf(passedOver)));
        }
    }

    /**
     * Notes that a version of the node was tried in vain.
     *
     * @param forGood whether it goes with no answer at all, whatever is decided
     */
    void refused(Node node, boolean forGood, PartialSolution solution) {
        tries.merge(node.base(), 1, Integer::sum);
        if (forGood) {
            refusals.merge(node.base(), 1, Integer::sum);
        }
        for (Leap leap : taken.values()) {
            int level = solution.decisionLevel(leap.node());
            if (level > 0 && solution.isNarrowedAt(node, level)) {
                doubts.merge(leap.node(), 1, Integer::sum);
            }
        }
    }

    /** Begins with refusals of a node that are known from elsewhere. */
    void recall(Node node, int count) {
        refusals.put(node, count);
        tries.put(node, count);
    }

    /** The leap that stands and has led to too many refusals. */
    Optional<Leap> inVain(PartialSolution solution) {
        Optional<Leap> inVain =
                taken.values().stream()
                        .filter(leap ->
                                doubts.getOrDefault(leap.node(), 0) >= TRUST
                                        && solution.decisionLevel(leap.node()) > 0)
                        .findFirst();
        inVain.ifPresent(leap -> {
            doubts.remove(leap.node());
            refusals.merge(leap.node(), 1, Integer::sum);
            setAside.merge(
                    leap.node(),
                    States.of(leap.node().anything().size(), leap.state()),
                    States::or);
        });
        return inVain;
    }

    /** Whether any version was ever passed over. */
    boolean any() {
        return any;
    }

    /** What the decisions that stand have passed over, oldest node first. */
    List<Leap> standing(PartialSolution solution) {
        var standing = new ArrayList<>(taken.values());
        standing.removeIf(leap -> solution.decisionLevel(leap.node()) == 0);
        standing.sort(Comparator.comparingInt(leap -> leap.node().number()));
        return standing;
    }
}
