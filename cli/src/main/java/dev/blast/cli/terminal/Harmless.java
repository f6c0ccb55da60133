package dev.blast.cli.terminal;

import dev.blast.packaging.Redaction;
import dev.blast.packaging.Visible;

/**
 * A whole text of Blast's own, as a terminal may show it: line ends, tabs and Blast's own colours
 * pass, everything else that cannot be seen is shown as {@code \\u001b}, which JSON reads back, and
 * addresses come without passwords. That the lines are Blast's own is seen to where foreign text is
 * put into them ({@link Visible}).
 */
final class Harmless {
    private Harmless() {}

    static String of(String text) {
        String hidden = text.contains("://") ? Redaction.inText(text) : text;
        if (hidden.codePoints().allMatch(Harmless::passes)) {
            return hidden;
        }
        var shown = new StringBuilder(hidden.length() + 16);
        int at = 0;
        while (at < hidden.length()) {
            int colour = Palette.colourAt(hidden, at, shown);
            if (colour > 0) {
                at += colour;
                continue;
            }
            int c = hidden.codePointAt(at);
            if (passes(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(Visible.escaped(c));
            }
            at += Character.charCount(c);
        }
        return shown.toString();
    }

    private static boolean passes(int c) {
        return c == '\n' || c == '\t' || Visible.isVisible(c);
    }
}
