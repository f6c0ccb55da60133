package dev.blast.cli;

import dev.blast.cli.report.Json;
import dev.blast.cli.report.Report;
import dev.blast.cli.syntax.Arguments;
import dev.blast.cli.terminal.Console;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * One call of a command.
 *
 * @param arguments what was typed
 * @param console where words go
 * @param environment the variables of this process
 * @param directory where the command works, absolute: the current folder or {@code -C}
 * @param startedNanos on the scale of {@link System#nanoTime()}
 */
record Invocation(
        Arguments arguments,
        Console console,
        Map<String, String> environment,
        Path directory,
        long startedNanos) {

    /** Writes the command's answer: text, or the JSON document where it was asked for. */
    void answer(Report report) {
        console.answer(
                arguments.has("--json")
                        ? Json.document(arguments.command(), report.json())
                        : report.text(console.resultPalette()));
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }
}
