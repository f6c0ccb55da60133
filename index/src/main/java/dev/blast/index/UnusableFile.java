package dev.blast.index;

/**
 * A file that a page lists and that cannot be used. Both texts may be foreign.
 *
 * @param why a clause that begins with "its", "it" or the like
 */
public record UnusableFile(String filename, String why) {
    /** Longer texts help nobody. */
    private static final int LONGEST = 120;

    public UnusableFile {
        filename = shortened(filename);
        why = shortened(why);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    @Override
    public String toString() {
        return "%s (%s)".formatted(filename, why);
    }
}
