package dev.blast.environment.change;

import dev.blast.environment.Caller;

/**
 * What a change of an environment was made for, and by whom.
 *
 * @param command as it was typed
 * @param restored the generation whose state was brought back; 0 where none was, and where what was
 *     brought back was that nothing is there
 * @param user login name; empty where it is not known
 * @param ci a continuous-integration service did it
 * @param sandbox the step of the ladder on which sessions of the environment stood; empty where it
 *     is not known
 */
public record Occasion(
        Kind kind, String command, int restored, String user, boolean ci, String sandbox) {

    /** What kind of change it is. */
    public enum Kind {
        /** Blast was asked for it. */
        CHANGE,
        /** Something else than Blast had made it, and Blast saw it. */
        FOUND,
        /** All that can be made again was taken away. */
        CLEAN,
        /** A generation was asked for by its number. */
        ROLLBACK,
        UNDO,
        REDO,
        /** What had been saved was put here. */
        LOAD
    }

    /** Of a command that brings nothing back. */
    public static Occasion of(Kind kind, String command, Caller caller) {
        return new Occasion(kind, command, 0, caller.user(), caller.ci(), caller.sandbox());
    }

    /** The same, which brings back what a generation left. */
    public Occasion restoring(int generation) {
        return new Occasion(kind, command, generation, user, ci, sandbox);
    }

    /** Whether it brought back what had been. */
    public boolean isReturn() {
        return kind == Kind.ROLLBACK || kind == Kind.UNDO || kind == Kind.REDO;
    }
}
