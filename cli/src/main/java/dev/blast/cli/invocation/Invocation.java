package dev.blast.cli.invocation;

import dev.blast.cli.report.Json;
import dev.blast.cli.report.Report;
import dev.blast.cli.syntax.Arguments;
import dev.blast.cli.terminal.Console;
import dev.blast.cli.terminal.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * One call of a command.
 *
 * @param arguments what was typed
 * @param console where words go
 * @param terminal which of the standard streams are one
 * @param environment the variables of this process
 * @param directory where the command works, absolute: the current folder or {@code -C}
 * @param startedNanos on the scale of {@link System#nanoTime()}
 * @param line the command as it was typed, without secrets: for the history, and for those who wait
 */
public record Invocation(
        Arguments arguments,
        Console console,
        Terminal terminal,
        Map<String, String> environment,
        Path directory,
        long startedNanos,
        String line) {

    /** Writes the command's answer: text, or the JSON document where it was asked for. */
    public void answer(Report report) {
        answer(arguments.command(), report);
    }

    /**
     * The same for a command that has several answers.
     *
     * @param document the name in the document's schema
     */
    public void answer(String document, Report report) {
        console.answer(
                arguments.has("--json")
                        ? Json.document(document, report.json())
                        : report.text(console.resultPalette()));
    }

    /** Tells what was done: not under {@code --quiet}, but to a program that asked for it. */
    public void tell(Report report) {
        if (arguments.has("--json") || !arguments.has("--quiet")) {
            answer(report);
        }
    }

    /** A person sits at both ends. */
    public boolean interactive() {
        return terminal.input() && terminal.output();
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }
}
