package dev.blast.rules.source;

/**
 * A stretch of a line that is too long to be shown: some of what stands before a place, more of
 * what follows it.
 *
 * @param text with an ellipsis where something was cut off
 * @param mark where the place stands in it, 0 for its first character
 */
public record Excerpt(String text, int mark) {
    /** Characters. A line up to this length is shown as it is. */
    private static final int WIDTH = 160;

    private static final int BEFORE = 60;

    /**
     * @param start where the line begins in the text
     * @param end where it ends
     * @param place where it is looked at
     */
    static Excerpt of(String text, int start, int end, int place) {
        if (end - start <= WIDTH) {
            return new Excerpt(text.substring(start, end), place - start);
        }
        int from = whole(text, Math.max(start, Math.min(place - BEFORE, end - WIDTH)));
        int to = whole(text, Math.min(end, from + WIDTH));
        String left = from > start ? "…" : "";
        return new Excerpt(
                left + text.substring(from, to) + (to < end ? "…" : ""),
                place - from + left.length());
    }

    /** The beginning of a text for people. */
    public static String beginning(String text, int length) {
        return text.length() <= length ? text : text.substring(0, whole(text, length)) + "…";
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
