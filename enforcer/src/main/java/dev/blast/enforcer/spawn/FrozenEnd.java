package dev.blast.enforcer.spawn;

/** By what a sandbox ended while it was frozen. */
public sealed interface FrozenEnd {
    /**
     * By Blast, since somebody outside wanted it to end, or a timer that a program had set: what is
     * frozen does not hear of it.
     *
     * @param signal a number as Linux has it
     */
    record Asked(int signal) implements FrozenEnd {}

    /** By Blast, since somebody let it go on from outside and it could not be stopped again. */
    record LetGoOn() implements FrozenEnd {}

    /**
     * By nobody here.
     *
     * @param exitCode of its first process, or 128 and a signal
     */
    record Ended(int exitCode) implements FrozenEnd {
        /** The signal that ended it; 0 where none did. */
        public int signal() {
            return Ending.signal(exitCode);
        }
    }
}
