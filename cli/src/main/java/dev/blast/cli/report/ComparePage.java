package dev.blast.cli.report;

import dev.blast.environment.sync.Compared;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.graph.Drawing;
import dev.blast.solver.graph.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What strategies would each choose, as tables: figures, and every package. */
public record ComparePage(CompareReport report) implements Picture {

    @Override
    public Optional<Drawing> drawing() {
        return Optional.empty();
    }

    @Override
    public String html() {
        return PageFrame.of(
                report.name() + ": strategies compared",
                report.headline(),
                List.of(),
                List.of(figures(), packages()));
    }

    private Markup figures() {
        var text = new Markup().open("section").line();
        text.element("h2", "What each comes to").line();
        List<List<String>> rows = report.rows();
        text.open("div", "class", "wide").open("table", "class", "figures").line().open("thead");
        HtmlTable.row(text, "th", rows.getFirst());
        text.close("thead").open("tbody").line();
        for (List<String> row : rows.subList(1, rows.size())) {
            text.open("tr").element("th", row.getFirst(), "scope", "row");
            row.subList(1, row.size()).forEach(cell -> text.element("td", cell));
            text.close("tr").line();
        }
        text.close("tbody").close("table").close("div").line();
        text.element("p", "[1] is the place of a strategy that counts most.", "class", "hint");
        text.open("ul").line();
        report.decisions().forEach(decision -> text.element("li", decision).line());
        return text.close("ul").line().close("section").line();
    }

    private Markup packages() {
        List<Compared.Column> columns = report.table().columns();
        Set<PackageName> differing = report.table().differing();
        var all = new TreeSet<PackageName>();
        columns.forEach(column -> all.addAll(column.versions().keySet()));
        var text = new Markup().open("section").line();
        text.element("h2", "Packages").line();
        text.element(
                "p",
                "Where strategies differ, a package is marked ≠ and stands first; - is a package that is left out.",
                "class",
                "hint");
        text.open("div", "class", "wide").open("table", "class", "rows").line().open("thead");
        var titles = new ArrayList<String>(List.of("package"));
        columns.forEach(column -> titles.add(column.title()));
        HtmlTable.row(text, "th", titles);
        text.close("thead").open("tbody").line();
        differing.forEach(name -> row(text, name, columns, true));
        all.removeAll(differing);
        all.forEach(name -> row(text, name, columns, false));
        return text.close("tbody").close("table").close("div").line().close("section").line();
    }

    private static void row(
            Markup text, PackageName name, List<Compared.Column> columns, boolean differs) {
        text.open("tr", "class", differs ? "differs" : "same");
        text.element("th", differs ? "≠ " + name : name.toString(), "scope", "row");
        for (Compared.Column column : columns) {
            Version version = column.versions().get(name);
            text.element("td", version == null ? "-" : version.toString());
        }
        text.close("tr").line();
    }
}
