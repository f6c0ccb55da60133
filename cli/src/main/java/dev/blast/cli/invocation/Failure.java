package dev.blast.cli.invocation;

import dev.blast.cli.report.Report;
import dev.blast.cli.terminal.Palette;
import dev.blast.packaging.Message;
import dev.blast.rules.source.Diagnostic;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command that could not do what was asked: what was tried and what came back, what to do next,
 * and the exit code.
 */
public final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Exit exit;
    private final transient List<String> help;

    /** What is wrong with policy files, where that is the failure. */
    private final transient List<Diagnostic> diagnostics;

    /** Says it at more length than a message; null where the message is all. */
    private final transient @Nullable Report report;

    private final boolean told;

    /**
     * @param message one line, whatever stands in it
     */
    public Failure(Exit exit, String message, List<String> help) {
        this(exit, Message.line(message), help);
    }

    public Failure(Exit exit, Message message, List<String> help) {
        this(exit, message, help, List.of());
    }

    /**
     * @param diagnostics what the message says, for programs
     */
    public Failure(Exit exit, Message message, List<String> help, List<Diagnostic> diagnostics) {
        super(message.text());
        this.exit = exit;
        this.help = List.copyOf(help);
        this.diagnostics = List.copyOf(diagnostics);
        this.report = null;
        this.told = false;
    }

    /**
     * An outcome that has a report of its own and yet is none that the command was to bring about.
     */
    public Failure(Exit exit, Report report) {
        this(exit, report, false);
    }

    /**
     * The same.
     *
     * @param told whether its text was written already, as it came out
     */
    public Failure(Exit exit, Report report, boolean told) {
        super(report.text(Palette.PLAIN));
        this.exit = exit;
        this.help = List.of();
        this.diagnostics = List.of();
        this.report = report;
        this.told = told;
    }

    public Failure(Exit exit, String message, String... help) {
        this(exit, message, List.of(help));
    }

    public Exit exit() {
        return exit;
    }

    /** Sentences that say what to do next; may be empty. */
    public List<String> help() {
        return help;
    }

    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /** Whether people have read the report already. */
    public boolean told() {
        return told;
    }

    public Optional<Report> report() {
        return Optional.ofNullable(report);
    }

    public Message message() {
        return Message.of(this);
    }
}
