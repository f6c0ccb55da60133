package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.packaging.Visible;
import dev.blast.rules.trial.MutationReport;
import dev.blast.rules.trial.MutationReport.Unnoticed;

/** What the tests beside the rules notice of one thing changed in them. */
public record PolicyMutationReport(MutationReport report) implements Report {

    /** Changes that one case would notice stand together, with the case below them. */
    @Override
    public String text(Palette palette) {
        var text = new Page();
        report.byCase()
                .forEach((witness, changes) -> {
                    for (Unnoticed it : changes) {
                        text.append(it.equal() ? "equal " : palette.bad("NOT NOTICED "))
                                .append(it.shown())
                                .end();
                    }
                    witness.lines().forEach(line -> text.append(Visible.of(line)).end());
                    text.end();
                });
        text.append(Figures.count(report.mutants(), "change"))
                .append(", ")
                .append(Figures.count(report.noticed()))
                .append(" noticed");
        int survivors = report.survivors().size();
        int equal = report.unnoticed().size() - survivors;
        text.append(survivors == 0 ? "" : ", %d not noticed".formatted(survivors));
        text.append(equal == 0 ? "" : ", %d proved to change nothing".formatted(equal));
        text.append(
                report.refused() == 0
                        ? ""
                        : "; %d more would not load".formatted(report.refused()));
        return text.end().toString();
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("changes", report.mutants())
                .with("noticed", report.noticed())
                .with("wouldNotLoad", report.refused())
                .with("passed", report.survivors().isEmpty())
                .with("unnoticed", report.unnoticed(), PolicyMutationReport::json);
    }

    private static JsonObject json(Unnoticed it) {
        return new JsonObject()
                .with("file", it.origin().file())
                .with("line", it.origin().line())
                .with("column", it.origin().column())
                .with("rule", it.rule())
                .with("change", it.change())
                .with("equal", it.equal())
                .with("case", it.witness());
    }
}
