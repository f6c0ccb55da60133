package dev.blast.solver;

import dev.blast.rules.verdict.Reason;

/** Why an answer has another version of a package than the one that is there. */
public sealed interface Motive {

    /**
     * The strategy wants it.
     *
     * @param aim of the first place in which the two differ
     * @param count what the chosen version counts
     * @param before what the other one would have counted, which is more
     */
    record Better(Aim aim, long count, long before) implements Motive {}

    /** The strategy wants it no less, and the order of versions decides. */
    record Equal() implements Motive {}

    /** The strategy wants the other one, which does not fit with the rest. */
    record NotFitting() implements Motive {}

    /** The other one cannot be used here, or is no longer to be had. */
    record NotUsable() implements Motive {}

    /** A rule is against the other one. */
    record Refused(Reason reason) implements Motive {}
}
