package dev.blast.cli.report;

import dev.blast.solver.graph.Drawing;
import dev.blast.solver.graph.Layout;
import dev.blast.solver.graph.Markup;
import dev.blast.solver.graph.SvgPicture;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A drawing in a page: the picture, what stands beside it, and the same as data for the script,
 * which folds, searches and tells about boxes.
 *
 * @param beside what a reader has before a box is chosen
 */
record PageFigure(Drawing drawing, Layout layout, Markup beside) {

    static PageFigure of(Drawing drawing, Markup beside) {
        return new PageFigure(drawing, Layout.of(drawing), beside);
    }

    Markup markup() {
        var text = new Markup().open("figure").line();
        text.open("div", "class", "stage").line();
        text.open("div", "class", "controls", "hidden", "");
        for (String[] control :
                List.of(
                        new String[] {"smaller", "−", "smaller"},
                        new String[] {"larger", "+", "larger"},
                        new String[] {"fit", "fit", "all of it"},
                        new String[] {"unfold", "unfold", "unfold everything"},
                        new String[] {"fold", "fold", "fold what is far from the project"})) {
            text.element(
                    "button",
                    control[1],
                    "type",
                    "button",
                    "data-do",
                    control[0],
                    "title",
                    control[2],
                    "aria-label",
                    control[2]);
        }
        text.close("div").line();
        text.open("div", "class", "canvas").line();
        text.add(SvgPicture.part(drawing, layout)).close("div").line().close("div").line();
        text.open("figcaption").add(beside);
        text.element("div", "", "class", "chosen", "aria-live", "polite").close("figcaption");
        return text.line().close("figure").line();
    }

    JsonObject json() {
        ToIntFunction<String> places = drawing.places();
        return new JsonObject()
                .with("title", drawing.title())
                .with("boxes", drawing.boxes(), PageFigure::json)
                .with("links", drawing.links(), link -> json(link, places))
                .with("relations", drawing.relations(), link -> json(link, places))
                .with(
                        "columns",
                        layout.columns(),
                        column ->
                                new JsonObject().with("slots", column, slot -> json(slot, places)))
                .with(
                        "widths",
                        layout.places(),
                        place -> new JsonObject().with("px", place.width()));
    }

    private static JsonObject json(Drawing.Box box) {
        return new JsonObject()
                .with("id", box.id())
                .with("kind", box.kind())
                .with("name", box.name())
                .with("detail", box.detail())
                .with("mark", box.mark())
                .with("remarks", box.remarks());
    }

    private static JsonObject json(Drawing.Link link, ToIntFunction<String> places) {
        return new JsonObject()
                .with("from", (long) places.applyAsInt(link.from()))
                .with("to", (long) places.applyAsInt(link.to()))
                .with("says", link.says());
    }

    private static JsonObject json(Layout.Slot slot, ToIntFunction<String> places) {
        return new JsonObject()
                .with("box", (long) places.applyAsInt(slot.box()))
                .with("passing", slot.passing());
    }
}
