package dev.blast.cli;

import dev.blast.cli.report.JsonObject;
import dev.blast.cli.report.Report;
import dev.blast.cli.terminal.Palette;
import java.util.List;

/** An error as people and programs see it. The help says what to do next, a line each. */
record FailureReport(String command, int exitCode, String message, List<String> help)
        implements Report {

    @Override
    public String text(Palette palette) {
        var text = new StringBuilder(palette.bad("blast: "));
        text.append(message.replace("\n", "\n  ")).append('\n');
        for (String line : help) {
            text.append("  ").append(line.replace("\n", "\\n")).append('\n');
        }
        return text.toString();
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("command", command)
                .with("exitCode", exitCode)
                .with("message", message)
                .with("help", help);
    }
}
