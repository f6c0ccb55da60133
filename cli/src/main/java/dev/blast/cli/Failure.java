package dev.blast.cli;

import dev.blast.cli.report.Report;
import dev.blast.cli.terminal.Palette;
import dev.blast.packaging.Message;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command that could not do what was asked: what was tried and what came back, what to do next,
 * and the exit code.
 */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Exit exit;
    private final transient List<String> help;

    /** Says it at more length than a message; null where the message is all. */
    private final transient @Nullable Report report;

    /**
     * @param message one line, whatever stands in it
     */
    Failure(Exit exit, String message, List<String> help) {
        this(exit, Message.line(message), help);
    }

    Failure(Exit exit, Message message, List<String> help) {
        super(message.text());
        this.exit = exit;
        this.help = List.copyOf(help);
        this.report = null;
    }

    /**
     * An outcome that has a report of its own and yet is none that the command was to bring about.
     */
    Failure(Exit exit, Report report) {
        super(report.text(Palette.PLAIN));
        this.exit = exit;
        this.help = List.of();
        this.report = report;
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

    Optional<Report> report() {
        return Optional.ofNullable(report);
    }

    Message message() {
        return Message.of(this);
    }
}
