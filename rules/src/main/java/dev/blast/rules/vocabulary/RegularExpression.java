package dev.blast.rules.vocabulary;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Regular expressions of linear time. RE2/J is linear only once it has compiled: what a text grows
 * to is counted before it sees it, from the text alone, and never too low.
 */
public final class RegularExpression {
    /** Characters. */
    private static final int MAX_LENGTH = 1_000;

    /** Of parentheses; RE2/J's reader recurses. */
    private static final int MAX_DEPTH = 32;

    /** Instructions of the program, about; {@code [0-9a-f]{8}} has eight. */
    static final int MAX_SIZE = 2_000;

    private final String text;
    private int at;

    /** What a category such as {@code \pL} counts for: it is some hundreds of ranges. */
    private static final int CATEGORY = 100;

    /** The sizes of the groups that are open, and of the whole, without the last element. */
    private final Deque<Long> open = new ArrayDeque<>();

    /** Of what a repetition would repeat. */
    private long last;

    private RegularExpression(String text) {
        this.text = text;
    }

    /**
     * Compiles one that is not too large once it is written out.
     *
     * @throws IllegalArgumentException with what is wrong with it
     */
    public static Pattern compile(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a regular expression of more than %,d characters".formatted(MAX_LENGTH));
        }
        if (new RegularExpression(text).size() > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "a regular expression that is repeated to more than %,d parts"
                            .formatted(MAX_SIZE));
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not a regular expression: " + e.getDescription(), e);
        }
    }

    /** How large the text becomes once every counted repetition is written out. */
    public static long size(String text) {
        return new RegularExpression(text).size();
    }

    private long size() {
        open.push(0L);
        while (at < text.length()) {
            switch (text.charAt(at)) {
                case '(' -> group();
                case ')' -> close();
                case '[' -> characterClass();
                case '\\' -> escape();
                case '*', '+', '?' -> {
                    last = Math.min(MAX_SIZE + 1L, last + 1);
                    at++;
                }
                case '{' -> repetition();
                default -> element(1);
            }
        }
        while (open.size() > 1) { // a missing parenthesis is RE2/J's to name
            close();
        }
        return open.pop() + last;
    }

    private void group() {
        if (open.size() > MAX_DEPTH) {
            throw new IllegalArgumentException(
                    "a regular expression nested more than %d deep".formatted(MAX_DEPTH));
        }
        open.push(open.pop() + last);
        open.push(0L);
        last = 1;
        at++;
    }

    private void close() {
        at++;
        if (open.size() > 1) {
            last = Math.min(MAX_SIZE + 1L, open.pop() + last + 1);
        }
    }

    private void element(int length) {
        open.push(open.pop() + last);
        last = 2; // with its share of an alternative
        at += length;
    }

    /**
     * A literal text {@code \Q…\E} is as long as it is; every other escape stands for one element.
     */
    private void escape() {
        if (text.startsWith("\\Q", at)) {
            int end = text.indexOf("\\E", at + 2);
            int length = (end < 0 ? text.length() : end) - at - 2;
            for (int i = 0; i < length; i++) {
                element(1);
            }
            at += end < 0 ? 2 : 4;
        } else {
            boolean category = isCategory(at);
            int brace = at + 2;
            boolean named =
                    brace < text.length()
                            && text.charAt(brace) == '{'
                            && (category || text.charAt(at + 1) == 'x');
            int end = named ? text.indexOf('}', brace) : -1;
            element(end < 0 ? Math.min(2, text.length() - at) : end + 1 - at);
            last += category ? CATEGORY : 0;
        }
    }

    private boolean isCategory(int place) {
        return text.startsWith("\\p", place) || text.startsWith("\\P", place);
    }

    /** The first character behind the bracket never ends it. */
    private void characterClass() {
        int begin = at;
        int categories = 0;
        int end = text.startsWith("^", begin + 1) ? begin + 2 : begin + 1;
        boolean closed = false;
        for (boolean first = true; end < text.length() && !closed; first = false) {
            char c = text.charAt(end);
            closed = c == ']' && !first;
            categories += isCategory(end) ? 1 : 0;
            int named = text.startsWith("[:", end) ? text.indexOf(":]", end + 2) : -1;
            end = named >= 0 ? named + 2 : end + (c == '\\' ? 2 : 1);
        }
        element(Math.min(end, text.length()) - begin);
        last += (long) CATEGORY * categories;
    }

    /** {@code {3}}, {@code {3,}} and {@code {3,5}}; any other brace is itself. */
    private void repetition() {
        int end = text.indexOf('}', at);
        String inside = end < 0 ? "" : text.substring(at + 1, end);
        if (!inside.matches("[0-9]+(,[0-9]*)?")) {
            element(1);
            return;
        }
        int comma = inside.indexOf(',');
        long most =
                comma < 0
                        ? count(inside)
                        : Math.max(
                                count(inside.substring(0, comma)),
                                count(inside.substring(comma + 1)));
        last = Math.min(MAX_SIZE + 1L, (last + 1) * most + 1);
        at = end + 1;
    }

    /**
     * None is one: what follows a comma may be left out, and nothing is no smaller than nothing.
     */
    private static long count(String digits) {
        return digits.length() > 4
                ? MAX_SIZE
                : digits.isEmpty() ? 1 : Math.max(1, Long.parseLong(digits));
    }
}
