package dev.blast.cli.report;

import java.util.List;

/** A list that fills the width of a page: the first line after a label, the others below it. */
final class Filled {
    private static final int WIDTH = 100;

    private Filled() {}

    static String text(String label, List<String> items, String separator) {
        var text = new StringBuilder(Page.oneLine(label));
        int column = label.length();
        for (int at = 0; at < items.size(); at++) {
            String item =
                    Page.oneLine(items.get(at))
                            + (at == items.size() - 1 ? "" : separator.stripTrailing());
            if (column + item.length() > WIDTH && column > label.length()) {
                text.setLength(text.length() - 1);
                text.append('\n').append(" ".repeat(label.length()));
                column = label.length();
            }
            text.append(item).append(at == items.size() - 1 ? "" : " ");
            column += item.length() + 1;
        }
        return text.append('\n').toString();
    }
}
