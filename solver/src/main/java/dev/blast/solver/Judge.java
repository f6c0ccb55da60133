package dev.blast.solver;

import dev.blast.rules.fact.Candidate;
import dev.blast.rules.verdict.Judgement;

/**
 * Answers whether a version may be chosen. Asked once for each version that the search considers,
 * on the thread of the search.
 */
@FunctionalInterface
public interface Judge {

    /** The rules' word on a version. The same candidate always gets the same. */
    Judgement judge(Candidate candidate);

    /**
     * Whether a judgement may carry points. If so, all versions of a package are judged before the
     * first is chosen.
     */
    default boolean givesPoints() {
        return false;
    }
}
