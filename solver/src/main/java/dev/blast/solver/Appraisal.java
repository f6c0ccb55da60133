package dev.blast.solver;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer is worth by the strategy: what each objective counts, and the least that any
 * answer can have, taken package by package. An answer that has the least in every place is proved
 * to be the best; another one may be, by an exact search.
 *
 * @param lines by strategy, the request's own first, then in the order of its aims
 * @param score the sums, place by place
 * @param bound no answer has a better score; not every bound can be reached
 * @param improvements the steps from the first answer that was found to this one
 * @param open whether looking for better ones came to its bound before all was tried
 * @param optimum what an exact search says of how good an answer can be; null where none was made
 */
public record Appraisal(
        List<Line> lines,
        Score score,
        Score bound,
        List<Improvement> improvements,
        boolean open,
        @Nullable Optimum optimum) {
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

    /** The same with what an exact search says. */
    public Appraisal with(Optimum other) {
        return new Appraisal(lines, score, bound, improvements, open, other);
    }

    /** Whether it has the bound in every place. */
    public boolean hasItsBound() {
        return score.equals(bound);
    }

    /** Whether no answer can be better. */
    public boolean isProvedBest() {
        return hasItsBound()
                || (optimum != null && optimum.proved() && !optimum.score().isBetterThan(score));
    }
}
