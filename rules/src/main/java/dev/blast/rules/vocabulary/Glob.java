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

    /** What every text that matches begins with; the whole text where there is no wildcard. */
    public String beginning() {
        return pattern.substring(0, firstWildcard());
    }

    /** What every text that matches ends with. */
    public String ending() {
        return pattern.substring(behindLastWildcard());
    }

    private int firstWildcard() {
        int at = 0;
        while (at < pattern.length() && !isWildcard(at)) {
            at++;
        }
        return at;
    }

    private int behindLastWildcard() {
        int at = pattern.length();
        while (at > 0 && !isWildcard(at - 1)) {
            at--;
        }
        // In paths a slash behind two stars may stand for nothing.
        boolean slash = separator == PATH && at > 0 && pattern.startsWith("/", at);
        return slash ? at + 1 : at;
    }

    private boolean isWildcard(int at) {
        return pattern.charAt(at) == '*' || pattern.charAt(at) == '?';
    }

    /** Whether the text as a whole is one that the pattern stands for. */
    public boolean matches(String text) {
        int from = firstWildcard();
        if (from == pattern.length()) {
            return text.equals(pattern);
        }
        int to = behindLastWildcard();
        int end = text.length() - (pattern.length() - to);
        return end >= from
                && text.regionMatches(0, pattern, 0, from)
                && text.regionMatches(end, pattern, to, pattern.length() - to)
                && matches(from, to, text.substring(from, end));
    }

    private boolean matches(int from, int to, String text) {
        if (to - from == 1 && pattern.charAt(from) == '*') {
            return text.indexOf(separator) < 0;
        }
        boolean spans = to - from == 2 && pattern.startsWith("**", from);
        return spans || tried(from, to, text);
    }

    /**
     * After each element of a part of the pattern: which beginnings of the text are matched so far,
     * by their length.
     */
    private boolean tried(int from, int to, String text) {
        boolean[] reached = new boolean[text.length() + 1];
        reached[0] = true;
        for (int p = from; p < to; p++) {
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
