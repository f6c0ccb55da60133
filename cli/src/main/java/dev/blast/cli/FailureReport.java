package dev.blast.cli;

import dev.blast.cli.report.Json;
import dev.blast.cli.report.Report;
import dev.blast.cli.terminal.Palette;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error as people and programs see it. The help says what to do next, a line each. */
record FailureReport(String command, int exitCode, String message, List<String> help)
        implements Report {

    @Override
    public String text(Palette palette) {
        var text = new StringBuilder(palette.bad("blast: "));
        text.append(message.replace("\n", "\n  ")).append('\n');
        for (String line : help) {
            text.append("  ").append(line).append('\n');
        }
        return text.toString();
    }

    @Override
    public Map<String, @Nullable Object> json() {
        return Json.object(
                "command", command, "exitCode", exitCode, "message", message, "help", help);
    }
}
