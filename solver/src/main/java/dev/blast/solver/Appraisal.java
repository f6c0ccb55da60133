package dev.blast.solver;

import java.util.List;

/**
 * What an answer is worth by the strategy: what each objective counts, and the least that any
 * answer can have, taken package by package. An answer that has the least in every place is proved
 * to be the best.
 *
 * @param lines by strategy, the request's own first, then in the order of its aims
 * @param score the sums, place by place
 * @param bound no answer has a better score; not every bound can be reached
 * @param improvements the steps from the first answer that was found to this one
 * @param open whether looking for better ones came to its bound before all was tried
 */
public record Appraisal(
        List<Line> lines, Score score, Score bound, List<Improvement> improvements, boolean open) {
    public Appraisal {
        lines = List.copyOf(lines);
        improvements = List.copyOf(improvements);
    }

    /**
     * One objective.
     *
     * @param strategy of which it is an aim; it counts the packages that follow this strategy
     * @param count in the unit of the objective
     * @param bound the least that any answer can have of it
     */
    public record Line(String strategy, Aim aim, long count, long bound) {}

    /** Whether no answer can be better. */
    public boolean isProvedBest() {
        return score.equals(bound);
    }
}
