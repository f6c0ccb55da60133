package dev.blast.cli;

import java.util.List;

/**
 * A command that could not do what was asked: what was tried and what came back, what to do next,
 * and the exit code.
 */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Exit exit;
    private final transient List<String> help;

    Failure(Exit exit, String message, List<String> help) {
        super(message);
        this.exit = exit;
        this.help = List.copyOf(help);
    }

    Failure(Exit exit, String message, String... help) {
        this(exit, message, List.of(help));
    }

    Exit exit() {
        return exit;
    }

    /** Sentences that say what to do next; may be empty. */
    List<String> help() {
        return help;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
