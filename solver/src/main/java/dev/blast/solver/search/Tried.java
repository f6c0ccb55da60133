package dev.blast.solver.search;

import dev.blast.solver.Resolution;

/** What came of an attempt that may read only so much, and of which nobody asks why. */
public sealed interface Tried {
    /** There is an answer, and this is one. */
    record Fits(Resolution resolution) implements Tried {}

    /** There is none. */
    record Excluded() implements Tried {}

    /** It was given up before either was known. */
    record Unknown() implements Tried {}
}
