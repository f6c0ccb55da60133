package dev.blast.solver;

import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.LettingGo;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Price;
import java.util.Optional;

/**
 * Answers whether a version may be chosen. Asked once for each version that the search considers,
 * on the thread of the search.
 */
@FunctionalInterface
public interface Judge {

    /** The rules' word on a version. The same candidate always gets the same. */
    Judgement judge(Candidate candidate);

    /**
     * The word on a version whose metadata were not read. Whom it lets through is judged again if
     * {@link #asksMetadata}; whom it does not is never read.
     */
    default Judgement foresee(Candidate candidate) {
        return judge(candidate);
    }

    /** Whether any rule looks at what only the metadata of a version say. */
    default boolean asksMetadata() {
        return false;
    }

    /** The rules on two versions together; empty where there are none. */
    default Optional<Companions> companions() {
        return Optional.empty();
    }

    /** What it costs a person to let go of something. */
    default Price price(LettingGo what) {
        return new Price.Unsaid();
    }

    /**
     * Whether a judgement may carry points. If so, all versions of a package are judged before the
     * first is chosen.
     */
    default boolean givesPoints() {
        return false;
    }
}
