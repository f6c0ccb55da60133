package dev.blast.cli.invocation;

import dev.blast.cli.report.DiagnosticJson;
import dev.blast.cli.report.JsonObject;
import dev.blast.cli.report.Report;
import dev.blast.cli.terminal.Palette;
import dev.blast.packaging.Message;
import dev.blast.packaging.Visible;
import dev.blast.rules.source.Diagnostic;
import java.util.List;

/**
 * An error as people and programs see it.
 *
 * @param help what to do next, a line each
 * @param diagnostics what the message says of policy files, for programs
 */
public record FailureReport(
        String command,
        int exitCode,
        Message message,
        List<String> help,
        List<Diagnostic> diagnostics)
        implements Report {

    public FailureReport(String command, int exitCode, Message message, List<String> help) {
        this(command, exitCode, message, help, List.of());
    }

    @Override
    public String text(Palette palette) {
        var text = new StringBuilder(palette.bad("blast: "));
        text.append(message.text().replace("\n", "\n  ")).append('\n');
        for (String line : help) {
            text.append("  ").append(Visible.of(line)).append('\n');
        }
        return text.toString();
    }

    @Override
    public JsonObject json() {
        JsonObject json =
                new JsonObject()
                        .with("command", command)
                        .with("exitCode", exitCode)
                        .with("message", message.text())
                        .with("help", help);
        return diagnostics.isEmpty()
                ? json
                : json.with("diagnostics", diagnostics, DiagnosticJson::of);
    }
}
