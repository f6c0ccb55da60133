package dev.blast.enforcer.spawn;

import dev.blast.rules.fact.Violation;

/**
 * Who is told what a sandbox runs into while it runs, and says what follows. Told by several
 * threads, by one at a time.
 */
public interface Overseer {
    /** Whom nothing concerns. */
    Overseer NOBODY = _ -> Consequence.NONE;

    /** What is to be done about a violation, beside what the wall itself does. */
    enum Consequence {
        NONE,
        FREEZE,
        STOP
    }

    /** What was done. */
    enum Done {
        FROZEN,
        /** Ended: where that was said, or where it could not be frozen. */
        STOPPED,
        /** It had ended before. */
        NOTHING_RAN
    }

    /** Must not wait for the sandbox, which goes on meanwhile. */
    Consequence violated(Violation violation);

    /**
     * Asked before it is frozen, whether somebody can let it go on again; else it is ended instead.
     */
    default boolean freezing() {
        return true;
    }

    /** Told what came of it, where something was to be done. */
    default void followed(Violation violation, Done done) {}

    /**
     * Told by what it ended, where it was frozen then.
     *
     * @param violation for which it was frozen
     */
    default void endedFrozen(Violation violation, FrozenEnd end) {}
}
