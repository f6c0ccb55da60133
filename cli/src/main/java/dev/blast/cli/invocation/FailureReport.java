package dev.blast.cli.invocation;

import dev.blast.cli.report.JsonObject;
import dev.blast.cli.report.Report;
import dev.blast.cli.terminal.Palette;
import dev.blast.packaging.Message;
import dev.blast.packaging.Visible;
import java.util.List;

/** An error as people and programs see it. The help says what to do next, a line each. */
public record FailureReport(String command, int exitCode, Message message, List<String> help)
        implements Report {

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
        return new JsonObject()
                .with("command", command)
                .with("exitCode", exitCode)
                .with("message", message.text())
                .with("help", help);
    }
}
