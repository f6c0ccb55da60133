package dev.blast.packaging;

/**
 * A place in a text that is being read by hand, and the errors that name it. Blanks are space and
 * tab.
 */
final class SyntaxCursor {
    private final String input;
    private int at;

    SyntaxCursor(String input) {
        this.input = input;
    }

    int position() {
        return at;
    }

    boolean atEnd() {
        return at == input.length();
    }

    /** The char here, 0 at the end. */
    char peek() {
        return atEnd() ? 0 : input.charAt(at);
    }

    void skipBlanks() {
        while (isBlank(peek())) {
            at++;
        }
    }

    /** Consumes the text if it stands here. */
    boolean take(String text) {
        if (!input.startsWith(text, at)) {
            return false;
        }
        at += text.length();
        return true;
    }

    /** Consumes the word if it stands here and ends here. */
    boolean takeWord(String word) {
        int end = at + word.length();
        if (!input.startsWith(word, at)
                || (end < input.length() && isWordChar(input.charAt(end)))) {
            return false;
        }
        at = end;
        return true;
    }

    /** Consumes chars up to one of these, or to the end. */
    String takeUntil(String stops) {
        int from = at;
        while (!atEnd() && stops.indexOf(peek()) < 0) {
            at++;
        }
        return input.substring(from, at);
    }

    /** Consumes chars as long as they are among these. */
    String takeWhile(String chars) {
        int from = at;
        while (!atEnd() && chars.indexOf(peek()) >= 0) {
            at++;
        }
        return input.substring(from, at);
    }

    /** Consumes letters, digits and inner {@code . _ -}: the name of a project or an extra. */
    String takeName() {
        int from = at;
        while (Names.isAlphanumeric(peek()) || Names.isSeparator(peek())) {
            at++;
        }
        // A name ends with a letter or digit: what follows may be a sign of its own.
        while (at > from && (peek(-1) == '-' || peek(-1) == '.')) {
            at--;
        }
        return input.substring(from, at);
    }

    private char peek(int ahead) {
        return input.charAt(at + ahead);
    }

    private static boolean isWordChar(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    InvalidSyntaxException expected(String what) {
        return errorAt("expected " + what, at);
    }

    InvalidSyntaxException errorAt(String message, int position) {
        return new InvalidSyntaxException(message, input, position);
    }
}
