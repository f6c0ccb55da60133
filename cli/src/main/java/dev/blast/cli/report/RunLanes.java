package dev.blast.cli.report;

import dev.blast.solver.graph.Markup;
import java.time.Instant;
import java.util.List;

/**
 * What lasts from one time to another, a line each below a scale of time. Widths are parts of the
 * page's and heights are pixels, so that words are as large on a narrow page.
 */
final class RunLanes {
    static final int HEAD = 20;
    private static final int LANE = 24;
    private static final int BASELINE = 12;
    private static final int BAR = 15;

    /** Beyond it words end where their bar ends, not begin where it begins. */
    private static final double FAR = 55;

    /** As narrow as can still be seen. */
    private static final double LEAST = 0.3;

    private RunLanes() {}

    /**
     * One line.
     *
     * @param name stands above it
     * @param says all of it, for a pointer that rests on it
     * @param kind of the colour: a class of the page's style
     * @param sure until when it was there for certain
     * @param marked whether its two ends are points in time
     */
    record Lane(
            String name,
            String says,
            String kind,
            Instant from,
            Instant sure,
            Instant until,
            boolean marked) {}

    static Markup markup(String label, List<Lane> lanes, TimeScale scale) {
        int height = HEAD + LANE * lanes.size() + 2;
        Markup text = begin(label, height, scale);
        int top = HEAD;
        for (Lane lane : lanes) {
            lane(text, lane, top, scale);
            top += LANE;
        }
        return text.close("svg").line();
    }

    /** The picture with its scale. */
    static Markup begin(String label, int height, TimeScale scale) {
        var text =
                new Markup()
                        .open(
                                "svg",
                                "class",
                                "course",
                                "width",
                                "100%",
                                "height",
                                Integer.toString(height),
                                "role",
                                "img",
                                "aria-label",
                                label)
                        .line();
        for (Instant tick : scale.ticks()) {
            String x = TimeScale.percent(scale.place(tick));
            text.empty(
                    "line",
                    "class",
                    "tick",
                    "x1",
                    x,
                    "x2",
                    x,
                    "y1",
                    "0",
                    "y2",
                    Integer.toString(height));
            text.open("svg", "x", x, "overflow", "visible");
            text.element(
                            "text",
                            scale.words(tick),
                            "class",
                            "tick",
                            "x",
                            "4",
                            "y",
                            Integer.toString(BASELINE))
                    .close("svg")
                    .line();
        }
        return text;
    }

    private static void lane(Markup text, Lane lane, int top, TimeScale scale) {
        double from = scale.place(lane.from());
        double sure = scale.place(lane.sure());
        double until = scale.place(lane.until());
        boolean far = from > FAR;
        text.open("g", "class", lane.kind()).element("title", lane.says());
        text.element(
                "text",
                lane.name(),
                "x",
                TimeScale.percent(far ? Math.max(until, from + LEAST) : from),
                "y",
                Integer.toString(top + BASELINE),
                "text-anchor",
                far ? "end" : "start");
        int bar = top + BAR;
        rect(text, "unsure", from, until, bar);
        if (!lane.marked()) {
            rect(text, "sure", from, sure, bar);
        } else {
            for (double at : from == sure ? List.of(from) : List.of(from, sure)) {
                text.open(
                        "svg",
                        "x",
                        TimeScale.percent(Math.clamp(at, LEAST, 100 - LEAST)),
                        "y",
                        Integer.toString(bar + 3),
                        "overflow",
                        "visible");
                text.empty("path", "class", "mark", "d", mark(lane.kind())).close("svg");
            }
        }
        text.close("g").line();
    }

    private static void rect(Markup text, String kind, double from, double until, int y) {
        double width = Math.max(until - from, LEAST);
        text.empty(
                "rect",
                "class",
                kind,
                "x",
                TimeScale.percent(Math.min(from, 100 - width)),
                "y",
                Integer.toString(y),
                "width",
                TimeScale.percent(width),
                "height",
                "6",
                "rx",
                "2");
    }

    /**
     * Told apart by their form as well: a cross, a triangle, a square that stands on its corner.
     */
    private static String mark(String kind) {
        return switch (kind) {
            case "refused" -> "M-5-3-3-5 0-2 3-5 5-3 2 0 5 3 3 5 0 2-3 5-5 3-2 0Z";
            case "failed" -> "M0-5 5 4H-5Z";
            default -> "M0-5 5 0 0 5-5 0Z";
        };
    }
}
