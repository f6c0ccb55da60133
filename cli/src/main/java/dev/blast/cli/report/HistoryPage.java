package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.solver.graph.Drawing;
import dev.blast.solver.graph.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an environment has been, as a page: each generation with what it changed. */
public record HistoryPage(HistoryReport report) implements Picture {
    /** Longer lists of changes are folded. */
    private static final int OPEN = 6;

    private static final List<String> TITLES = List.of("generation", "what", "changes");

    @Override
    public Optional<Drawing> drawing() {
        return Optional.empty();
    }

    @Override
    public String html() {
        return PageFrame.of(
                report.name() + ": history", lead(), List.of(), List.of(generations(), words()));
    }

    private String lead() {
        List<GenerationRow> rows = report.generations();
        String all = Figures.count(rows.size(), "generation");
        return rows.stream()
                .filter(GenerationRow::now)
                .map(it ->
                        "%s; the environment is as generation %d left it: %s with Python %s."
                                .formatted(
                                        all,
                                        it.number(),
                                        Figures.count(it.packages(), "package"),
                                        it.python()))
                .findFirst()
                .orElse(all + ".");
    }

    private Markup generations() {
        var text = new Markup().open("section").line();
        text.element("h2", "What it has been, the newest first").line();
        text.open("div", "class", "wide").open("table", "class", "rows").line().open("thead");
        HtmlTable.row(text, "th", TITLES);
        text.close("thead").open("tbody").line();
        report.generations().forEach(row -> row(text, row));
        return text.close("tbody").close("table").close("div").line().close("section").line();
    }

    private void row(Markup text, GenerationRow row) {
        text.open("tr");
        text.element("th", (row.now() ? "→ " : "") + row.number(), "scope", "row");
        text.open("td").element("div", row.what());
        text.element("small", circumstances(row));
        text.close("td");
        changes(text, row);
        text.close("tr").line();
    }

    private String circumstances(GenerationRow row) {
        var words = new ArrayList<String>(List.of(row.when()));
        if (!report.by(row).isEmpty()) {
            words.add(report.by(row));
        }
        words.add(Figures.count(row.packages(), "package"));
        if (!row.policy().isEmpty()) {
            words.add("policy " + row.policy());
        }
        if (!row.sandbox().isEmpty()) {
            words.add("sandbox " + row.sandbox());
        }
        if (!row.kept()) {
            words.add("cannot be brought back");
        }
        if (row.now()) {
            words.add("this is what is there now");
        }
        return String.join(", ", words);
    }

    private static void changes(Markup text, GenerationRow row) {
        List<String> lines =
                row.changes().stream()
                        .map(change -> change.kind().sign() + " " + change.versions())
                        .toList();
        if (lines.size() <= OPEN) {
            HtmlTable.list(text, lines, "none");
            return;
        }
        text.open("td").open("details").element("summary", row.counts());
        lines.forEach(line -> text.element("div", line));
        text.close("details").close("td");
    }

    private static Markup words() {
        var text = new Markup().open("section").line();
        text.element("h2", "Ways back").line().open("ul").line();
        text.element("li", "blast undo takes back the last change, blast redo does it again.")
                .line();
        text.element("li", "blast rollback N makes the environment what generation N left.").line();
        text.element("li", "blast diff N M says what is different, with --files file by file.")
                .line();
        text.element(
                        "li",
                        "+ came, - went, ^ became newer, v became older; found is what others than Blast had done.")
                .line();
        return text.close("ul").line().close("section").line();
    }
}
