package dev.blast.packaging;

import org.jspecify.annotations.Nullable;

/**
 * Reads one version by the grammar of PEP 440, appendix B, in one pass from left to right:
 * normalized text and sort key are written while reading. The grammar never needs to look back:
 * every part after the first begins with its own letter or sign, and separators between them are
 * optional.
 */
final class VersionScanner {
    private static final String[] PRE_WORDS = {
        "alpha", "a", "beta", "b", "preview", "pre", "c", "rc"
    };
    private static final String[] POST_WORDS = {"post", "rev", "r"};

    private final String input;
    private final int end;
    private final StringBuilder text;
    private final VersionKey key = new VersionKey();
    private int at;

    VersionScanner(String input) {
        this.input = input;
        int from = 0;
        int to = input.length();
        while (from < to && isBlank(input.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(input.charAt(to - 1))) {
            to--;
        }
        this.at = from;
        this.end = to;
        this.text = new StringBuilder(to - from + 4);
    }

    /** How far reading came. */
    int position() {
        return at;
    }

    /** The version, or null where the text is none. */
    @Nullable Version scan() {
        if (peek(0) == 'v') {
            at++;
        }
        if (!release()) {
            return null;
        }
        String pre = word(PRE_WORDS);
        String preNumber = pre == null ? null : numberAfterWord();
        String post = post();
        String dev = word("dev") == null ? null : numberAfterWord();
        boolean prerelease = pre != null || dev != null;
        suffix(pre, preNumber, post, dev);
        if (peek(0) == '+' && !local()) {
            return null;
        }
        key.add(VersionKey.END);
        return at == end ? new Version(text.toString(), key.toArray(), prerelease) : null;
    }

    private boolean release() {
        String number = digits();
        if (number == null) {
            return false;
        }
        if (peek(0) == '!') {
            at++;
            key.addNumber(number);
            if (!number.equals("0")) {
                text.append(number).append('!');
            }
            number = digits();
            if (number == null) {
                return false;
            }
        } else {
            key.add(0);
        }
        text.append(number);
        key.addRelease(number);
        while (peek(0) == '.' && isDigit(peek(1))) {
            at++;
            number = digits();
            if (number == null) {
                return false;
            }
            text.append('.').append(number);
            key.addRelease(number);
        }
        return true;
    }

    /** The number of a post-release: {@code .post3}, or the short form {@code -3}. */
    private @Nullable String post() {
        if (peek(0) == '-' && isDigit(peek(1))) {
            at++;
            return digits();
        }
        return word(POST_WORDS) == null ? null : numberAfterWord();
    }

    private void suffix(
            @Nullable String pre,
            @Nullable String preNumber,
            @Nullable String post,
            @Nullable String dev) {
        if (pre != null && preNumber != null) {
            char letter = pre.charAt(0);
            // "c", "pre" and "preview" are spellings of "rc".
            String normal = letter == 'a' ? "a" : letter == 'b' ? "b" : "rc";
            text.append(normal).append(preNumber);
            key.addPhase(
                    letter == 'a'
                            ? VersionKey.ALPHA
                            : letter == 'b' ? VersionKey.BETA : VersionKey.CANDIDATE);
            key.addNumber(preNumber);
        } else {
            key.addPhase(dev != null && post == null ? VersionKey.DEV_ONLY : VersionKey.FINAL);
        }
        if (post == null) {
            key.add(VersionKey.NO_POST);
        } else {
            text.append(".post").append(post);
            key.addNumber(post);
        }
        if (dev == null) {
            key.add(VersionKey.NO_DEV);
        } else {
            text.append(".dev").append(dev);
            key.addNumber(dev);
        }
    }

    private boolean local() {
        char separator = '+';
        do {
            at++;
            int from = at;
            boolean number = true;
            while (Names.isAlphanumeric(peek(0))) {
                number &= isDigit(peek(0));
                at++;
            }
            if (at == from) {
                return false;
            }
            String segment =
                    number
                            ? withoutLeadingZeros(from, at)
                            : Names.folded(input.substring(from, at));
            text.append(separator).append(segment);
            key.addLocal(segment, number);
            separator = '.';
        } while (Names.isSeparator(peek(0)));
        return true;
    }

    /** Consumes an optional separator and one of the words, or nothing. Longer words come first. */
    private @Nullable String word(String... words) {
        int from = Names.isSeparator(peek(0)) ? at + 1 : at;
        for (String word : words) {
            if (from + word.length() <= end
                    && input.regionMatches(true, from, word, 0, word.length())
                    && isAscii(from, word)) {
                at = from + word.length();
                return word;
            }
        }
        return null;
    }

    /**
     * The "s" that is not ASCII folds to an ASCII one; it is no letter of a version all the same.
     */
    private boolean isAscii(int from, String word) {
        for (int i = from; i < from + word.length(); i++) {
            if (input.charAt(i) > 'z') {
                return false;
            }
        }
        return true;
    }

    private String numberAfterWord() {
        if (Names.isSeparator(peek(0))) {
            at++;
        }
        String number = digits();
        return number == null ? "0" : number;
    }

    private @Nullable String digits() {
        int from = at;
        while (isDigit(peek(0))) {
            at++;
        }
        return at == from ? null : withoutLeadingZeros(from, at);
    }

    private String withoutLeadingZeros(int from, int to) {
        int start = from;
        while (start < to - 1 && input.charAt(start) == '0') {
            start++;
        }
        return input.substring(start, to);
    }

    /** The char so many places ahead, letters in lower case, 0 behind the end. */
    private char peek(int ahead) {
        if (at + ahead >= end) {
            return 0;
        }
        char c = input.charAt(at + ahead);
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }

    /** White space as Python strips it. */
    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
