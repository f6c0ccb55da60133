package dev.blast.cli.invocation;

/** What a command's name stands for: ask, answer, and say how it went. Decisions are made below. */
public interface Command {
    /**
     * Returns the exit code.
     *
     * @throws Exception what {@link Troubles} knows becomes a sentence; anything else is a bug
     */
    int run(Invocation invocation) throws Exception;
}
