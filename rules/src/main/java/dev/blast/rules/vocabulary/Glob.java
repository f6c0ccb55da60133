package dev.blast.rules.vocabulary;

/**
 * A pattern of literal text, {@code ?} for one character, {@code *} for any characters inside one
 * part, and {@code **} for any characters at all. A part ends at the separator: {@code .} for
 * hosts, {@code /} for paths, nothing for flat text. In paths {@code **}{@code /} may also stand
 * for nothing, so that it means "at any depth". Matching is anchored at both ends and takes time
 * proportional to pattern times text.
 */
public record Glob(String pattern, char separator) {
    static final char HOST = '.';
    public static final char PATH = '/';

    /** No parts: one star spans everything. */
    public static final char FLAT = '\0';

    public static Glob of(String pattern, char separator) {
        return new Glob(pattern, separator);
    }

    /**
     * After each element of the pattern: which beginnings of the text are matched so far, by their
     * length.
     */
    public boolean matches(String text) {
        boolean[] reached = new boolean[text.length() + 1];
        reached[0] = true;
        for (int p = 0; p < pattern.length(); p++) {
            if (pattern.startsWith("**", p)) {
                boolean[] before = reached;
                reached = star(reached, text, true);
                p++;
                if (separator == PATH && pattern.startsWith("/", p + 1)) {
                    reached = either(before, one(reached, text, '/'));
                    p++;
                }
            } else if (pattern.charAt(p) == '*') {
                reached = star(reached, text, false);
            } else {
                reached = one(reached, text, pattern.charAt(p));
            }
        }
        return reached[text.length()];
    }

    private boolean[] star(boolean[] reached, String text, boolean acrossParts) {
        boolean[] next = reached.clone();
        for (int length = 1; length <= text.length(); length++) {
            next[length] |=
                    next[length - 1] && (acrossParts || text.charAt(length - 1) != separator);
        }
        return next;
    }

    private boolean[] one(boolean[] reached, String text, char element) {
        boolean[] next = new boolean[reached.length];
        for (int length = 1; length <= text.length(); length++) {
            char c = text.charAt(length - 1);
            next[length] = reached[length - 1] && (element == '?' ? c != separator : c == element);
        }
        return next;
    }

    private static boolean[] either(boolean[] a, boolean[] b) {
        boolean[] both = a.clone();
        for (int i = 0; i < both.length; i++) {
            both[i] |= b[i];
        }
        return both;
    }
}
