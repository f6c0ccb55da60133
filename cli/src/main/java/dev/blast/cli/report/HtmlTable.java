package dev.blast.cli.report;

import dev.blast.solver.graph.Markup;
import java.util.List;

/** Rows of tables in pages. */
final class HtmlTable {
    private HtmlTable() {}

    static void row(Markup text, String cell, List<String> words) {
        text.open("tr");
        words.forEach(word -> text.element(cell, word));
        text.close("tr").line();
    }

    /** A cell with a line for each of some texts. */
    static void list(Markup text, List<String> words, String none) {
        text.open("td");
        if (words.isEmpty()) {
            text.text(none);
        }
        words.forEach(word -> text.element("div", word));
        text.close("td");
    }
}
