package dev.blast.cli;

/** What a command's name stands for: ask, answer, and say how it went. Decisions are made below. */
interface Command {
    /**
     * Returns the exit code; a failure that a person can mend is thrown, anything else thrown is a
     * bug.
     */
    int run(Invocation invocation) throws Failure, InterruptedException;
}
