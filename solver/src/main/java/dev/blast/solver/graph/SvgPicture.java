package dev.blast.solver.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Drawings as SVG: a file of its own, or a part of a page that has {@link #style} too. */
public final class SvgPicture {
    private SvgPicture() {}

    /** A file, light and dark as its reader wants it. */
    public static String file(Drawing drawing) {
        Layout layout = Layout.of(drawing);
        var text = new Markup();
        open(text, drawing, layout, "xmlns", "http://www.w3.org/2000/svg");
        text.open("style").own("\n" + style()).close("style").line();
        text.empty("rect", "class", "ground", "width", "100%", "height", "100%").line();
        return content(text, drawing, layout).close("svg").line().toString();
    }

    /**
     * The same without its style, for a page. Boxes and links have their number in the drawing as
     * {@code data-box} and {@code data-link}.
     */
    public static Markup part(Drawing drawing, Layout layout) {
        var text = new Markup();
        open(text, drawing, layout);
        return content(text, drawing, layout).close("svg").line();
    }

    /** How boxes and links look, and the colours of light and dark. */
    public static String style() {
        try (InputStream file = SvgPicture.class.getResourceAsStream("picture.css")) {
            if (file == null) {
                throw new IllegalStateException("picture.css is not part of this build");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void open(Markup text, Drawing drawing, Layout layout, String... more) {
        String width = String.valueOf(layout.width());
        String height = String.valueOf(layout.height());
        var attributes = new ArrayList<String>(List.of(more));
        attributes.addAll(List.of("class", "picture", "width", width, "height", height));
        attributes.addAll(List.of("viewBox", "0 0 %s %s".formatted(width, height)));
        attributes.addAll(List.of("role", "group", "aria-label", drawing.title()));
        text.open("svg", attributes.toArray(String[]::new)).line();
    }

    private static Markup content(Markup text, Drawing drawing, Layout layout) {
        text.open("g", "class", "links").line();
        for (int at = 0; at < drawing.links().size(); at++) {
            Drawing.Link link = drawing.links().get(at);
            Layout.Route route = layout.routes().get(at);
            String[] attributes = {
                "class", route.back() ? "link back" : "link",
                "data-link", String.valueOf(at),
                "d", path(route)
            };
            if (link.says().isEmpty()) {
                text.empty("path", attributes).line();
            } else {
                text.open("path", attributes).element("title", link.says()).close("path").line();
            }
        }
        text.close("g").line().open("g", "class", "boxes").line();
        Set<String> needed =
                drawing.links().stream().map(Drawing.Link::to).collect(Collectors.toSet());
        for (int at = 0; at < drawing.boxes().size(); at++) {
            Drawing.Box box = drawing.boxes().get(at);
            box(text, box, layout.places().get(at), at, needed.contains(box.id()));
        }
        return text.close("g").line();
    }

    private static void box(
            Markup text, Drawing.Box box, Layout.Place place, int number, boolean needed) {
        String height = String.valueOf(Layout.BOX_HEIGHT);
        text.open(
                "g",
                "class",
                "box " + box.kind().name().toLowerCase(Locale.ROOT),
                "data-box",
                String.valueOf(number),
                "transform",
                "translate(%d %d)".formatted(place.x(), place.y() - Layout.BOX_HEIGHT / 2));
        text.element("title", tooltip(box));
        String round = box.kind() == Drawing.Kind.NEED ? "13" : "5";
        text.empty(
                "rect",
                "width",
                String.valueOf(place.width()),
                "height",
                height,
                "rx",
                box.kind() == Drawing.Kind.ASKED ? "0" : round);
        if (needed && box.kind() != Drawing.Kind.NEED) {
            text.empty("path", "class", "tip", "d", "M-7 9l7 4l-7 4z");
        }
        String sign = sign(box.kind());
        if (!sign.isEmpty()) {
            text.empty("path", "class", "sign", "d", sign);
        }
        List<String> shown = Layout.shown(box);
        text.open("text", "x", sign.isEmpty() ? "10" : "27", "y", "17");
        text.element("tspan", shown.getFirst(), "class", "name");
        for (int at = 1; at < shown.size(); at++) {
            boolean mark = at == shown.size() - 1 && !box.mark().isEmpty();
            text.element("tspan", " " + shown.get(at), "class", mark ? "mark" : "detail");
        }
        text.close("text").close("g").line();
    }

    /** A form for what matters most, beside its colour: a person, a cross, a bar. */
    private static String sign(Drawing.Kind kind) {
        return switch (kind) {
            case ASKED -> "M15 5a3.4 3.4 0 1 1-.01 0zM8.5 21c0-9 13-9 13 0z";
            case CLASH -> "M9 7l12 12M21 7l-12 12";
            case OBSTACLE -> "M15 6.5a6.5 6.5 0 1 1-.01 0zM10.5 17.5l9-9";
            case PROJECT, DIRECT, PACKAGE, NEED -> "";
        };
    }

    static String tooltip(Drawing.Box box) {
        String name = box.detail().isEmpty() ? box.name() : box.name() + " " + box.detail();
        return box.remarks().isEmpty() ? name : name + ": " + String.join("; ", box.remarks());
    }

    /** Curves between columns, which leave and arrive level; straight within one. */
    private static String path(Layout.Route route) {
        List<Layout.Point> points = route.points();
        var path =
                new StringBuilder("M%d %d".formatted(points.getFirst().x(), points.getFirst().y()));
        if (route.back()) {
            Layout.Point from = points.getFirst();
            Layout.Point to = points.getLast();
            return path.append(
                            "c40 40 %d %d %d %d"
                                    .formatted(
                                            to.x() - from.x() - 40,
                                            to.y() - from.y() + 40,
                                            to.x() - from.x(),
                                            to.y() - from.y()))
                    .toString();
        }
        for (int at = 1; at < points.size(); at++) {
            Layout.Point from = points.get(at - 1);
            Layout.Point to = points.get(at);
            if (at % 2 == 1) {
                path.append("H%d".formatted(to.x()));
            } else {
                int middle = (from.x() + to.x()) / 2;
                path.append(
                        "C%d %d %d %d %d %d"
                                .formatted(middle, from.y(), middle, to.y(), to.x(), to.y()));
            }
        }
        return path.toString();
    }
}
