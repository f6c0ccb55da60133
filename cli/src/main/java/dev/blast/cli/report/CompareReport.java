package dev.blast.cli.report;

import dev.blast.cli.terminal.Figures;
import dev.blast.cli.terminal.Palette;
import dev.blast.environment.sync.Compared;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What strategies would each choose.
 *
 * @param name of the environment
 */
public record CompareReport(String name, Compared.Table table) implements Report {

    @Override
    public String text(Palette palette) {
        var text = new Page();
        Set<PackageName> differing = table.differing();
        text.append(name).append(": ").line(headline());
        var figures = new TextTable("  ");
        rows().forEach(row -> figures.row(row.toArray(String[]::new)));
        text.lines(figures.text());
        decisions().forEach(text::line);
        if (!differing.isEmpty()) {
            text.line("packages that differ").lines(packages(differing));
        }
        return text.line("nothing was changed (--compare); [1] is the place that counts most")
                .toString();
    }

    /** What it comes to. */
    String headline() {
        Set<PackageName> differing = table.differing();
        return Figures.count(table.columns().size(), "strategy")
                + (differing.isEmpty()
                        ? ", the same versions by each"
                        : ", which differ in " + Figures.count(differing.size(), "package"));
    }

    /** What decides between two neighbours, a sentence each. */
    List<String> decisions() {
        return table.decisions().stream().map(CompareReport::words).toList();
    }

    /** The figures: a row of titles, then one for each that is counted. */
    List<List<String>> rows() {
        var rows = new ArrayList<List<String>>();
        row(rows, "", Compared.Column::title);
        row(rows, "packages", column -> Figures.count(column.versions().size()));
        row(rows, "download", column -> Figures.size(column.bytes()));
        for (Objective objective : table.objectives()) {
            row(
                    rows,
                    objective.word(),
                    column ->
                            WorthText.amount(objective, column.count(objective))
                                    + places(column.strategy(), objective));
        }
        row(rows, "changes now", column -> changes(column.moves()));
        return rows;
    }

    private void row(List<List<String>> rows, String what, Function<Compared.Column, String> cell) {
        var cells = new ArrayList<>(List.of(what));
        table.columns().forEach(column -> cells.add(cell.apply(column)));
        rows.add(cells);
    }

    /** In which places a strategy ranks it. */
    private static String places(Strategy strategy, Objective objective) {
        return strategy.aims().stream()
                .filter(aim -> aim.objective() == objective)
                .map(aim -> " [%d]".formatted(aim.place()))
                .collect(Collectors.joining());
    }

    /** {@code +3 ^2 -1}. */
    private static String changes(Compared.Moves moves) {
        var text = new StringJoiner(" ").setEmptyValue("none");
        add(text, ChangeLine.Kind.ADDED, moves.added());
        add(text, ChangeLine.Kind.REPLACED, moves.raised());
        add(text, ChangeLine.Kind.DOWNGRADED, moves.lowered());
        add(text, ChangeLine.Kind.REMOVED, moves.removed());
        return text.toString();
    }

    private static void add(StringJoiner text, ChangeLine.Kind kind, List<PackageName> moved) {
        if (!moved.isEmpty()) {
            text.add(kind.sign() + Figures.count(moved.size()));
        }
    }

    private static String words(Compared.Decision decision) {
        return "by '%s', '%s' before '%s' %s"
                .formatted(
                        decision.by(),
                        decision.ahead(),
                        decision.behind(),
                        WorthText.of(decision.lead()));
    }

    private String packages(Set<PackageName> differing) {
        var rows = new ArrayList<List<String>>();
        row(rows, "", Compared.Column::title);
        for (PackageName differs : differing) {
            row(
                    rows,
                    differs.normalized(),
                    column -> {
                        Version version = column.versions().get(differs);
                        return version == null ? "-" : version.toString();
                    });
        }
        var text = new TextTable("  ");
        rows.forEach(row -> text.row(row.toArray(String[]::new)));
        return text.text();
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .with("environment", name)
                .with("strategies", table.columns(), this::json)
                .with("decisions", table.decisions(), CompareReport::json)
                .with("differing", table.differing(), this::json)
                .with("outcome", "comparison");
    }

    private JsonObject json(Compared.Column column) {
        return new JsonObject()
                .with("asked", column.asked())
                .with("name", column.strategy().name())
                .with("packages", column.versions().size())
                .with("bytes", column.bytes())
                .with(
                        "counts",
                        table.objectives(),
                        objective ->
                                new JsonObject()
                                        .with("objective", objective.word())
                                        .with("count", column.count(objective)))
                .with("ranks", column.strategy().aims(), WorthText::json)
                .with("changes", json(column.moves()));
    }

    private static JsonObject json(Compared.Moves moves) {
        return new JsonObject()
                .with("added", StrategyText.words(moves.added()))
                .with("raised", StrategyText.words(moves.raised()))
                .with("lowered", StrategyText.words(moves.lowered()))
                .with("removed", StrategyText.words(moves.removed()));
    }

    private static JsonObject json(Compared.Decision decision) {
        return WorthText.json(
                new JsonObject()
                        .with("by", decision.by())
                        .with("ahead", decision.ahead())
                        .with("behind", decision.behind()),
                decision.lead());
    }

    private JsonObject json(PackageName differs) {
        var versions = new JsonObject();
        for (Compared.Column column : table.columns()) {
            Version version = column.versions().get(differs);
            versions.with(column.title(), version == null ? null : version.toString());
        }
        return new JsonObject().with("name", differs.normalized()).with("versions", versions);
    }
}
