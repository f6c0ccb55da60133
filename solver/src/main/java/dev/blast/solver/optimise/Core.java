package dev.blast.solver.optimise;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.solver.PackagePart;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The complete core, as the optimiser asks it: answers come from nowhere else. Its effort is
 * bounded by what it reads, never by time.
 *
 * @param <A> an answer
 */
public interface Core<A> {

    /** How many places there are. */
    int places();

    /** What is chosen of each package, and of each extra that is asked for. */
    Map<PackagePart, Integer> states(A answer);

    /**
     * Packages that could do better in a place, with none worse before it, those first that could
     * gain most.
     */
    List<PackageName> burdens(A answer, int place);

    /**
     * An answer that is wanted, near another, in which a package does better in a place and no
     * worse before it.
     *
     * @param others how free the other packages are
     * @param wanted whether it is; else another one is looked for
     * @return null where there is none, or none was found within what may be read
     */
    @Nullable A near(A answer, int place, PackageName name, Others others, Predicate<A> wanted)
            throws IndexException;

    /** What becomes of the other packages. */
    enum Others {
        /** None does worse in that place or before it. */
        NO_WORSE,
        /** None does worse before that place; in it, as it comes. */
        FREE
    }

    /** Whether anything was given up because of what may be read. */
    boolean isExhausted();

    /** An answer as a draft, with all versions whose requirements are known. */
    Draft draft(A answer) throws IndexException;

    /**
     * The answer that a draft is, checked by its requirements.
     *
     * @return null where it is none
     */
    @Nullable A answer(Draft draft) throws IndexException;
}
