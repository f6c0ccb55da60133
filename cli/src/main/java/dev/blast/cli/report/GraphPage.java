package dev.blast.cli.report;

import dev.blast.solver.graph.Drawing;
import dev.blast.solver.graph.Markup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who requires whom: the picture, and a table that says the same.
 *
 * @param lead what it shows, in a sentence
 */
public record GraphPage(Drawing shown, String lead) implements Picture {

    @Override
    public Optional<Drawing> drawing() {
        return Optional.of(shown);
    }

    @Override
    public String html() {
        var beside = new Markup();
        beside.element(
                "p",
                "Who needs is on the left, what is needed on the right. What the project itself asks for has a thick frame. Choose a box to see who needs it, in which versions, and every way to it. / searches; arrows, Enter and the space bar do what the mouse does.",
                "class",
                "hint");
        if (!shown.circles().isEmpty()) {
            beside.element("p", "Packages that need each other: " + circles(), "class", "hint");
        }
        return PageFrame.of(
                shown.title(), lead, List.of(PageFigure.of(shown, beside)), List.of(table()));
    }

    private String circles() {
        var names = new HashMap<String, String>();
        shown.boxes().forEach(box -> names.put(box.id(), box.name()));
        return String.join(
                "; ",
                shown.circles().stream()
                        .map(circle ->
                                String.join(
                                        ", ",
                                        circle.stream()
                                                .filter(id -> !isNeed(id))
                                                .map(names::get)
                                                .toList()))
                        .toList());
    }

    private boolean isNeed(String id) {
        return shown.boxes().get(shown.places().applyAsInt(id)).kind() == Drawing.Kind.NEED;
    }

    private Markup table() {
        var names = new HashMap<String, String>();
        shown.boxes().forEach(box -> names.put(box.id(), box.name()));
        var wanted = new TreeMap<String, List<String>>();
        var needed = new TreeMap<String, List<String>>();
        for (Drawing.Link link : shown.relations()) {
            wanted.computeIfAbsent(link.to(), _ -> new ArrayList<>())
                    .add("%s: %s".formatted(names.get(link.from()), link.says()));
            needed.computeIfAbsent(link.from(), _ -> new ArrayList<>()).add(names.get(link.to()));
        }
        var text = new Markup().open("section").line();
        text.element("h2", "The same as a table").line();
        text.open("div", "class", "wide").open("table", "class", "rows").line().open("thead");
        HtmlTable.row(text, "th", List.of("package", "version", "wanted by", "needs", "besides"));
        text.close("thead").line().open("tbody").line();
        for (Drawing.Box box : shown.boxes()) {
            if (box.kind() == Drawing.Kind.DIRECT || box.kind() == Drawing.Kind.PACKAGE) {
                text.open("tr", "data-of", box.id());
                text.element("th", box.name(), "scope", "row").element("td", box.detail());
                HtmlTable.list(
                        text, wanted.getOrDefault(box.id(), List.of()), "nothing asks for it");
                text.element("td", String.join(", ", needed.getOrDefault(box.id(), List.of())));
                HtmlTable.list(text, box.remarks(), "");
                text.close("tr").line();
            }
        }
        return text.close("tbody").close("table").close("div").line().close("section").line();
    }
}
