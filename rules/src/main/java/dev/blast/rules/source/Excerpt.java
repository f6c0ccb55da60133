package dev.blast.rules.source;

/**
 * A line of a file, or of one that is too long to be shown what stands around a place: some of what
 * stands before it, more of what follows.
 *
 * @param text with an ellipsis where something was cut off
 * @param from where in it the marked part begins, 0 for its first character in memory
 * @param to where it ends
 */
public record Excerpt(String text, int from, int to) {
    /** Characters. A line up to this length is shown as it is. */
    private static final int WIDTH = 160;

    private static final int BEFORE = 60;

    /**
     * @param start where the line begins in the text
     * @param end where it ends
     * @param marked what is looked at; it may go on behind the line
     */
    static Excerpt of(String text, int start, int end, Span marked) {
        int place = marked.start();
        int from = start;
        int to = end;
        if (end - start > WIDTH) {
            from = whole(text, Math.max(start, Math.min(place - BEFORE, end - WIDTH)));
            to = whole(text, Math.min(end, from + WIDTH));
        }
        String left = from > start ? "…" : "";
        String shown = left + text.substring(from, to) + (to < end ? "…" : "");
        int mark = place - from + left.length();
        return new Excerpt(
                shown, mark, Math.max(mark, Math.min(shown.length(), mark + marked.length())));
    }

    /** The beginning of a text for people. */
    public static String beginning(String text, int length) {
        return text.length() <= length ? text : text.substring(0, whole(text, length)) + "…";
    }

    /**
     * What stands below the text, so that carets mark the part: tabs stay tabs, and what takes two
     * columns on a screen is given two. One caret at least.
     */
    String carets() {
        var line = new StringBuilder();
        for (int i = 0; i < from; i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            line.append(c == '\t' ? "\t" : " ".repeat(columns(c)));
        }
        int carets = text.substring(from, to).codePoints().map(Excerpt::columns).sum();
        return line.append("^".repeat(Math.max(1, carets))).toString();
    }

    /** East Asian letters and pictures are twice as wide as others in every terminal. */
    private static int columns(int c) {
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL -> 2;
            default -> Character.isEmojiPresentation(c) ? 2 : 1;
        };
    }

    /** Never between the two halves of one character. */
    private static int whole(String text, int index) {
        boolean inside =
                index > 0
                        && index < text.length()
                        && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
        return inside ? index - 1 : index;
    }
}
