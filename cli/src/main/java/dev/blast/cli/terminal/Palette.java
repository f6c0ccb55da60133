package dev.blast.cli.terminal;

import java.util.SplittableRandom;

/**
 * Colours for a terminal, or none. They add to a text and never carry its meaning: without them
 * every word stays.
 *
 * <p>A painted text holds marks, which {@link Output} turns into what a terminal understands. They
 * are other ones in each process, so that no text from elsewhere can hold them: it cannot say its
 * words in Blast's colours.
 */
public enum Palette {
    PLAIN,
    ANSI;

    private static final char ESCAPE = '\u001b';
    private static final String MARK =
            ESCAPE + Long.toHexString(new SplittableRandom().nextLong()) + ";";
    private static final String RESET = "0";

    public String good(String text) {
        return paint("32", text);
    }

    public String notice(String text) {
        return paint("33", text);
    }

    public String bad(String text) {
        return paint("31", text);
    }

    public String changed(String text) {
        return paint("36", text);
    }

    public String strong(String text) {
        return paint("1", text);
    }

    public String faint(String text) {
        return paint("2", text);
    }

    /**
     * Writes the colour whose mark begins at a place of a text.
     *
     * @return the length of the mark in UTF-16 units; 0 where there is none
     */
    static int colourAt(String text, int from, StringBuilder out) {
        if (!text.startsWith(MARK, from)) {
            return 0;
        }
        int end = text.indexOf('m', from + MARK.length());
        out.append(ESCAPE).append('[').append(text, from + MARK.length(), end + 1);
        return end + 1 - from;
    }

    private String paint(String code, String text) {
        return this == PLAIN || text.isEmpty()
                ? text
                : MARK + code + "m" + text + MARK + RESET + "m";
    }
}
