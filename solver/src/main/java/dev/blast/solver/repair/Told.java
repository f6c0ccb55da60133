package dev.blast.solver.repair;

import dev.blast.solver.Proof;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of the conflicts of a request is said first: what a person can do most about, that lines of
 * theirs exclude each other. What only cannot be had here comes after it.
 *
 * @param besides in the order in which they came up
 */
record Told(Proof first, List<Proof> besides) {
    /** Conflicts that anybody will read, besides the first. */
    static final int SHOWN = 3;

    Told {
        besides = List.copyOf(besides);
    }

    /**
     * @param conflicts in the order in which they came up; each of them holds for the request
     */
    static Told of(List<Proof> conflicts) {
        Proof first =
                conflicts.stream().filter(Told::isClash).findFirst().orElse(conflicts.getFirst());
        List<Proof> besides = new ArrayList<>(conflicts);
        besides.remove(first);
        return new Told(first, besides.subList(0, Math.min(SHOWN, besides.size())));
    }

    /** The same with one more. */
    Told and(Proof more) {
        List<Proof> all = new ArrayList<>(besides);
        all.add(more);
        return new Told(first, all);
    }

    /** Whether it is said already: as the same lines, whatever was looked at for it. */
    boolean says(Proof proof) {
        return first.equals(proof) || besides.contains(proof);
    }

    boolean isFull() {
        return besides.size() >= SHOWN;
    }

    /** Whether lines of the request exclude each other, whatever can be used here. */
    static boolean isClash(Proof proof) {
        return proof.core().size() > 1 && Besides.hindered(proof).isEmpty();
    }
}
