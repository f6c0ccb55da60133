package dev.blast.cli.syntax;

import java.util.List;

/** Something typed that is not understood: what, and what was probably meant. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> help;

    UsageException(String message, List<String> help) {
        super(message);
        this.help = List.copyOf(help);
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    public List<String> help() {
        return help;
    }
}
