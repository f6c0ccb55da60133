package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Severity;
import java.util.List;

/**
 * What is wrong, or looks wrong, with policy files: each with its place.
 *
 * @param rules none where anything is wrong
 */
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
        text.append(Figures.count(files, "file")).append(", ");
        if (rules > 0) {
            text.append(Figures.count(rules, "rule")).append(", ");
        }
        return text.append(summary()).end().toString();
    }

    private String summary() {
        int errors = (int) diagnostics.stream().filter(DiagnosticsReport::isError).count();
        int remarks = diagnostics.size() - errors;
        if (errors == 0) {
            return remarks == 0 ? "nothing to remark" : Figures.count(remarks, "remark");
        }
        return Figures.count(errors, "error")
                + (remarks == 0 ? "" : ", " + Figures.count(remarks, "remark"))
                + ": without all its rules a policy decides nothing";
    }

    private static boolean isError(Diagnostic diagnostic) {
        return diagnostic.severity() == Severity.ERROR;
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("revision", revision)
                .with("files", files)
                .with("rules", rules)
                .with("diagnostics", diagnostics, DiagnosticJson::of);
    }
}
