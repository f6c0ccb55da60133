package dev.blast.rules;

/**
 * A pattern of literal text, {@code ?} for one character, {@code *} for any characters inside one
 * part, and {@code **} for any characters at all. A part ends at the separator: {@code .} for
 * hosts, {@code /} for paths, nothing for flat text. Matching is anchored at both ends and takes
 * time proportional to pattern times text at worst.
 */
record Glob(String pattern, char separator) {
    static final char HOST = '.';
    static final char PATH = '/';

    /** No parts: one star spans everything. */
    static final char FLAT = '\0';

    static Glob of(String pattern, char separator) {
        return new Glob(pattern, separator);
    }

    /**
     * Two rows of the classic table: after each pattern element, which prefixes of the text are
     * matched.
     */
    boolean matches(String text) {
        boolean[] reached = new boolean[text.length() + 1];
        reached[0] = true;
        for (int p = 0; p < pattern.length(); p++) {
            char element = pattern.charAt(p);
            boolean deep =
                    element == '*' && p + 1 < pattern.length() && pattern.charAt(p + 1) == '*';
            boolean[] next = new boolean[text.length() + 1];
            for (int t = 0; t <= text.length(); t++) {
                if (element == '*') {
                    next[t] =
                            reached[t]
                                    || t > 0
                                            && next[t - 1]
                                            && (deep || text.charAt(t - 1) != separator);
                } else {
                    next[t] =
                            t > 0
                                    && reached[t - 1]
                                    && (element == text.charAt(t - 1)
                                            || element == '?' && text.charAt(t - 1) != separator);
                }
            }
            reached = next;
            if (deep) {
                p++;
            }
        }
        return reached[text.length()];
    }
}
