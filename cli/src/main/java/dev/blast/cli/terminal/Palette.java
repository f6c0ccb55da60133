package dev.blast.cli.terminal;

import java.util.regex.Pattern;

/**
 * Colours for a terminal, or none. They add to a text and never carry its meaning: without them
 * every word stays.
 */
public enum Palette {
    PLAIN,
    ANSI;

    private static final String RESET = "\u001b[0m";
    private static final Pattern COLOURS = Pattern.compile("\u001b\\[(0|1|2|31|32|33|36)m");

    public String good(String text) {
        return paint("\u001b[32m", text);
    }

    public String notice(String text) {
        return paint("\u001b[33m", text);
    }

    public String bad(String text) {
        return paint("\u001b[31m", text);
    }

    public String changed(String text) {
        return paint("\u001b[36m", text);
    }

    public String strong(String text) {
        return paint("\u001b[1m", text);
    }

    public String faint(String text) {
        return paint("\u001b[2m", text);
    }

    /** Whether one of our own colours begins there. */
    static boolean colours(String text, int from) {
        return COLOURS.matcher(text).region(from, text.length()).lookingAt();
    }

    private String paint(String code, String text) {
        return this == PLAIN || text.isEmpty() ? text : code + text + RESET;
    }
}
