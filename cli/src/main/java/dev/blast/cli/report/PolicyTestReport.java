package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.rules.source.Origin;
import dev.blast.rules.trial.TestReport;

/**
 * What came of the tests beside the rules.
 *
 * @param coverage whether to say which rules and constraints no case covers
 */
public record PolicyTestReport(TestReport report, boolean coverage) implements Report {

    @Override
    public String text(Palette palette) {
        var text = new Page();
        for (TestReport.Failure failure : report.failures()) {
            text.append(palette.bad("FAILED ")).lines(failure.render().stripTrailing()).end();
        }
        for (TestReport.Gap gap : report.gaps()) {
            boolean untried = report.untried().contains(gap);
            if (coverage || untried) {
                text.append(untried ? palette.bad("FAILED ") : "")
                        .append(place(gap.origin()))
                        .append("  ")
                        .append(gap.missing())
                        .append(": ")
                        .append(gap.what())
                        .end();
            }
        }
        int failed = report.failures().size();
        long cases = report.failures().stream().filter(it -> !it.name().isEmpty()).count();
        text.append(Figures.count(report.rules(), "rule"))
                .append(", ")
                .append(Figures.count(report.cases(), "case"))
                .append(", ");
        text.append(Figures.count(Math.max(0, report.cases() - cases))).append(" passed");
        text.append(failed == 0 ? "" : ", " + failed + " failed");
        int untried = report.untried().size();
        text.append(untried == 0 ? "" : ", " + Figures.count(untried, "rule") + " without a case");
        if (!report.gaps().isEmpty()) {
            text.append("; ")
                    .append(Figures.count(report.gaps().size(), "gap"))
                    .append(coverage ? "" : " (blast policy test --coverage)");
        }
        return text.end().toString();
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("rules", report.rules())
                .with("cases", report.cases())
                .with("passed", report.passed())
                .with("failures", report.failures(), PolicyTestReport::json)
                .with("gaps", report.gaps(), PolicyTestReport::json);
    }

    private static String place(Origin origin) {
        return "%s:%d:%d".formatted(origin.file(), origin.line(), origin.column());
    }

    private static JsonObject json(TestReport.Failure failure) {
        return new JsonObject()
                .with("file", failure.file())
                .with("line", failure.line())
                .with("column", failure.column())
                .with("case", failure.name())
                .with("message", failure.message())
                .with("rules", failure.rules().stream().map(Origin::toString).toList())
                .with("explanation", failure.explanation());
    }

    private static JsonObject json(TestReport.Gap gap) {
        return new JsonObject()
                .with("file", gap.origin().file())
                .with("line", gap.origin().line())
                .with("column", gap.origin().column())
                .with("what", gap.what())
                .with("missing", gap.missing());
    }
}
