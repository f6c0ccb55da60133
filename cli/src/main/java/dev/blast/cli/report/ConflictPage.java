package dev.blast.cli.report;

import dev.blast.solver.Proof;
import dev.blast.solver.Statement;
import dev.blast.solver.graph.Drawing;
import dev.blast.solver.graph.Markup;
import dev.blast.solver.repair.Cost;
import dev.blast.solver.repair.Repair;
import dev.blast.solver.repair.WaysOut;
import dev.blast.solver.text.ConflictDrawing;
import dev.blast.solver.text.ProofText;
import dev.blast.solver.text.RepairText;
import dev.blast.solver.text.StatementText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why no versions fit together: the picture, the proof's lines beside it, the ways out below. */
public record ConflictPage(NoSolutionReport report) implements Picture {
    private static final String TITLE = "No set of versions satisfies this project";

    @Override
    public Optional<Drawing> drawing() {
        return Optional.of(ConflictDrawing.of(TITLE, proofs()));
    }

    private List<Proof> proofs() {
        var proofs = new ArrayList<Proof>();
        proofs.add(report.proof());
        proofs.addAll(report.waysOut().besides());
        return proofs;
    }

    @Override
    public String html() {
        Drawing drawing = drawing().orElseThrow();
        return PageFrame.of(
                TITLE,
                "Why, as a picture and line by line, and what can be done about it",
                List.of(PageFigure.of(drawing, lines())),
                List.of(waysOut()));
    }

    private Markup lines() {
        var text = new Markup();
        text.element("p", ProofText.conclusion(report.proof()));
        List<Proof> proofs = proofs();
        for (int at = 0; at < proofs.size(); at++) {
            if (at > 0) {
                text.element("p", "Besides, " + ProofText.conclusion(proofs.get(at)));
            }
            text.open("ol", "class", "proof").line();
            for (Statement statement : proofs.get(at).statements()) {
                text.open("li", "data-of", ConflictDrawing.id(at, statement.number()));
                ProofText.text(statement).lines().forEach(line -> text.element("div", line));
                text.element("small", StatementText.source(statement)).close("li").line();
            }
            text.close("ol").line();
        }
        return text.element(
                "p",
                "A figure marks a line of yours, a cross the package of which no version is left, a barred circle what cannot be used.",
                "class",
                "hint");
    }

    private Markup waysOut() {
        WaysOut ways = report.waysOut();
        var text = new Markup().open("section").line();
        text.element("h2", "Ways out").line();
        if (!ways.repairs().isEmpty()) {
            text.element("p", "Each one was solved to the end.");
            text.open("div", "class", "wide").open("table").line().open("thead");
            HtmlTable.row(text, "th", List.of("", "what changes", "now", "packages that change"));
            text.close("thead").open("tbody").line();
            for (int at = 0; at < ways.repairs().size(); at++) {
                row(text, RepairText.letter(at), ways.repairs().get(at));
            }
            text.close("tbody").close("table").close("div").line();
        }
        RepairText.rest(ways).lines().forEach(line -> text.element("p", line).line());
        return text.close("section").line();
    }

    private static void row(Markup text, String letter, Repair repair) {
        List<Cost> costs = repair.costs();
        text.open("tr").element("th", letter, "scope", "row");
        HtmlTable.list(text, costs.stream().map(it -> RepairText.what(it.of())).toList(), "");
        HtmlTable.list(text, costs.stream().map(it -> RepairText.where(it.of())).toList(), "");
        text.element("td", String.valueOf(repair.changes())).close("tr").line();
    }
}
