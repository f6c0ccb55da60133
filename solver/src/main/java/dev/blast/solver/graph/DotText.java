package dev.blast.solver.graph;

import java.util.Locale;

/** Drawings in the language of Graphviz. */
public final class DotText {
    private DotText() {}

    public static String of(Drawing drawing) {
        var text = new StringBuilder();
        text.append("digraph ").append(quoted(drawing.title())).append(" {\n");
        text.append("  rankdir=LR;\n");
        text.append("  node [shape=box, fontname=\"monospace\", fontsize=11];\n");
        text.append("  edge [fontname=\"monospace\", fontsize=9, color=\"#888888\"];\n");
        for (Drawing.Box box : drawing.boxes()) {
            text.append(
                    "  %s [label=%s, tooltip=%s, class=%s%s];\n"
                            .formatted(
                                    quoted(box.id()),
                                    quoted(String.join(" ", Layout.shown(box))),
                                    quoted(SvgPicture.tooltip(box)),
                                    quoted(box.kind().name().toLowerCase(Locale.ROOT)),
                                    look(box.kind())));
        }
        for (Drawing.Link link : drawing.links()) {
            text.append("  %s -> %s".formatted(quoted(link.from()), quoted(link.to())));
            text.append(link.says().isEmpty() ? "" : " [label=" + quoted(link.says()) + "]");
            text.append(";\n");
        }
        return text.append("}\n").toString();
    }

    private static String look(Drawing.Kind kind) {
        return switch (kind) {
            case PROJECT -> ", style=filled, fillcolor=\"#d8e3f5\"";
            case ASKED -> ", style=bold, color=\"#b3261e\"";
            case CLASH -> ", style=\"bold,filled\", color=\"#b3261e\", fillcolor=\"#fbe4e1\"";
            case DIRECT -> ", style=bold";
            case PACKAGE -> "";
            case NEED -> ", shape=plaintext";
            case OBSTACLE -> ", style=dashed, color=\"#b3261e\"";
        };
    }

    /**
     * In a label a backslash begins an escape; a text of one line has no other special character.
     */
    private static String quoted(String words) {
        return '"' + words.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
