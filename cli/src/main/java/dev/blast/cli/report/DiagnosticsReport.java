package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.rules.source.Diagnostic;
import java.util.List;

/** What is wrong, or looks wrong, with policy files: each with its place. */
public record DiagnosticsReport(String revision, int files, int rules, List<Diagnostic> diagnostics)
        implements Report {

    public DiagnosticsReport {
        diagnostics = List.copyOf(diagnostics);
    }

    @Override
    public String text(Palette palette) {
        var text = new Page();
        for (Diagnostic diagnostic : diagnostics) {
            text.lines(diagnostic.render().stripTrailing()).end();
        }
        text.append(Figures.count(files, "file"))
                .append(", ")
                .append(Figures.count(rules, "rule"))
                .append(", ");
        text.append(
                diagnostics.isEmpty()
                        ? "nothing to remark"
                        : Figures.count(diagnostics.size(), "remark"));
        return text.end().toString();
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("revision", revision)
                .with("files", files)
                .with("rules", rules)
                .with("diagnostics", diagnostics, DiagnosticsReport::json);
    }

    private static JsonObject json(Diagnostic diagnostic) {
        return new JsonObject()
                .with("severity", diagnostic.severity())
                .with("file", diagnostic.file())
                .with("line", diagnostic.line())
                .with("column", diagnostic.column())
                .with("message", diagnostic.message())
                .with("help", diagnostic.help());
    }
}
