package dev.blast.toml;

import java.util.ArrayList;
import java.util.List;

/**
 * What lies around values in a TOML 1.0 text that was parsed without error: texts letter by letter,
 * commas, comments, lines. Offsets are into the text.
 */
final class TomlScanner {
    private static final String BLANKS = " \t";

    private final String text;

    TomlScanner(String text) {
        this.text = text;
    }

    /**
     * A text in its quotes.
     *
     * @param offsets where each letter of the value begins, then where the last one ends
     * @param end behind the last quote
     */
    record Literal(String value, List<Integer> offsets, int end) {
        Literal {
            offsets = List.copyOf(offsets);
        }

        int at(int place) {
            return offsets.get(place);
        }
    }

    /** Where the value begins whose key begins there. */
    int behindKey(int begin) {
        int at = begin;
        while (text.charAt(at) != '=') {
            char c = text.charAt(at);
            at = c == '"' || c == '\'' ? literal(at).end() : at + 1;
        }
        return behindBlanks(at + 1);
    }

    /** The text that begins at a quote. */
    Literal literal(int begin) {
        char quote = text.charAt(begin);
        boolean isLong = text.startsWith(String.valueOf(quote).repeat(3), begin);
        boolean isBasic = quote == '"';
        var value = new StringBuilder();
        var offsets = new ArrayList<Integer>();
        int at = begin + (isLong ? 3 : 1);
        if (isLong) { // a line end right behind the quotes is not part of it
            at += text.startsWith("\r\n", at) ? 2 : text.startsWith("\n", at) ? 1 : 0;
        }
        while (!ends(at, quote, isLong)) {
            int from = at;
            int letters = value.length();
            if (isBasic && text.charAt(at) == '\\') {
                at = escape(at + 1, value);
            } else {
                value.append(text.charAt(at++));
            }
            for (int i = letters; i < value.length(); i++) {
                offsets.add(from);
            }
        }
        offsets.add(at);
        return new Literal(value.toString(), offsets, at + (isLong ? 3 : 1));
    }

    /** Up to two quotes may stand before the three that end a long text. */
    private boolean ends(int at, char quote, boolean isLong) {
        return isLong
                ? text.startsWith(String.valueOf(quote).repeat(3), at)
                        && !text.startsWith(String.valueOf(quote), at + 3)
                : text.charAt(at) == quote;
    }

    /**
     * Adds what an escape stands for.
     *
     * @param at behind the backslash
     * @return behind the escape
     */
    private int escape(int at, StringBuilder value) {
        char letter = text.charAt(at);
        switch (letter) {
            case 'b' -> value.append('\b');
            case 't' -> value.append('\t');
            case 'n' -> value.append('\n');
            case 'f' -> value.append('\f');
            case 'r' -> value.append('\r');
            case 'u', 'U' -> {
                int end = at + (letter == 'u' ? 5 : 9);
                value.appendCodePoint(Integer.parseInt(text.substring(at + 1, end), 16));
                return end;
            }
            case ' ', '\t', '\r', '\n' -> { // the line goes on where the next letter stands
                int end = at;
                while (BLANKS.indexOf(text.charAt(end)) >= 0 || isBreak(end)) {
                    end++;
                }
                return end;
            }
            default -> value.append(letter);
        }
        return at + 1;
    }

    private boolean isBreak(int at) {
        return text.charAt(at) == '\n' || text.charAt(at) == '\r';
    }

    /** Behind a value that begins here: a text, an array, an inline table, or a plain word. */
    int behindValue(int begin) {
        int depth = 0;
        int at = begin;
        do {
            switch (text.charAt(at)) {
                case '"', '\'' -> at = literal(at).end();
                case '#' -> at = lineEnd(at);
                case '[', '{' -> {
                    depth++;
                    at++;
                }
                case ']', '}' -> {
                    depth--;
                    at++;
                }
                default -> at++;
            }
        } while (depth > 0
                || (at < text.length()
                        && Character.isLetterOrDigit(text.charAt(begin))
                        && !isBreak(at)
                        && ",]}#\t ".indexOf(text.charAt(at)) < 0));
        return at;
    }

    /** The comma behind a value, past blanks, lines and comments; -1 where the array ends first. */
    int comma(int behindValue) {
        int at = behindValue;
        while (true) {
            char letter = text.charAt(at);
            if (letter == '#') {
                at = lineEnd(at);
            } else if (BLANKS.indexOf(letter) >= 0 || isBreak(at)) {
                at++;
            } else {
                return letter == ',' ? at : -1;
            }
        }
    }

    int lineBegin(int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    /** Where the line's end begins. */
    int lineEnd(int at) {
        int feed = text.indexOf('\n', at);
        int end = feed < 0 ? text.length() : feed;
        return end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    /** Behind the line's end. */
    int nextLine(int at) {
        int feed = text.indexOf('\n', at);
        return feed < 0 ? text.length() : feed + 1;
    }

    /**
     * Behind the last line of the keys that follow a table's header; its own line where there are
     * none.
     */
    int behindKeys(int header) {
        return keysEnd(nextLine(header));
    }

    /** Behind the last line of the keys from a line on; its begin where there are none. */
    int keysEnd(int begin) {
        int end = begin;
        int at = begin;
        while (at < text.length()) {
            int first = behindBlanks(at);
            if (first < text.length() && text.charAt(first) == '[') {
                break;
            }
            if (first == text.length() || isLineEnd(first)) {
                at = nextLine(first);
            } else {
                at = nextLine(behindValue(behindKey(first)));
                end = at;
            }
        }
        return end;
    }

    boolean isOnOneLine(int from, int to) {
        return text.substring(from, to).indexOf('\n') < 0;
    }

    /** Whether nothing but blanks and a comment follow on the line. */
    boolean isLineEnd(int at) {
        int next = behindBlanks(at);
        return next == text.length() || isBreak(next) || text.charAt(next) == '#';
    }

    int behindBlanks(int at) {
        int next = at;
        while (next < text.length() && BLANKS.indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        return next;
    }

    int beforeBlanks(int at) {
        int next = at;
        while (next > 0 && BLANKS.indexOf(text.charAt(next - 1)) >= 0) {
            next--;
        }
        return next;
    }
}
