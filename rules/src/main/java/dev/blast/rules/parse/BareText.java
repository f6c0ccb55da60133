package dev.blast.rules.parse;

import dev.blast.rules.parse.Token.Kind;
import java.util.Set;

/**
 * A text for which the quotes were forgotten: words, digits and signs that touch each other, as no
 * other value has them.
 */
final class BareText {
    /** Signs with which such a text begins, and no value. */
    private static final Set<String> FIRST = Set.of("*", "/", "~", ".", "@");

    private static final Set<String> INNER =
            Set.of(".", "/", ":", "*", "-", "+", "~", "@", "%", "::", "^");

    /** Behind a number: the amount is a text. */
    static final Set<String> UNITS =
            Set.of(
                    "B", "kB", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB", "s", "second",
                    "seconds", "min", "minute", "minutes", "h", "hour", "hours", "day", "days",
                    "cpu", "cpus");

    private BareText() {}

    static boolean isAt(Cursor cursor) {
        Token first = cursor.peek();
        Token second = cursor.peek(1);
        boolean touching = touch(first, second);
        return switch (first.kind()) {
            case WORD ->
                    touching
                            && isInner(second)
                            && !first.is("new")
                            && touch(second, cursor.peek(2))
                            && isPart(cursor.peek(2))
                            && !endsAsCall(cursor);
            case NUMBER ->
                    UNITS.contains(second.text())
                            || (touching
                                    && (second.is(".") || second.is(":"))
                                    && touch(second, cursor.peek(2))
                                    && !cursor.peek(2).is("("));
            case SYMBOL ->
                    FIRST.contains(first.text()) && touching && (isPart(second) || isInner(second));
            case TEXT, VARIABLE, BROKEN, END -> false;
        };
    }

    /** Whether what was taken last goes on in the next token. */
    static boolean goesOn(Cursor cursor) {
        Token next = cursor.peek();
        return cursor.last().end() == next.span().start()
                ? isPart(next) || isInner(next)
                : cursor.lastIsNumber() && UNITS.contains(next.text());
    }

    private static boolean isPart(Token token) {
        return token.kind() == Kind.WORD
                || token.kind() == Kind.NUMBER
                || (token.kind() == Kind.BROKEN && Character.isDigit(token.text().charAt(0)));
    }

    private static boolean isInner(Token token) {
        return token.kind() == Kind.SYMBOL && INNER.contains(token.text());
    }

    private static boolean touch(Token one, Token other) {
        return one.span().end() == other.span().start();
    }

    /** {@code a.b.c( } and {@code a.b.class}: that is code. */
    private static boolean endsAsCall(Cursor cursor) {
        int ahead = 0;
        while (touch(cursor.peek(ahead), cursor.peek(ahead + 1))
                && (isPart(cursor.peek(ahead + 1)) || isInner(cursor.peek(ahead + 1)))) {
            ahead++;
        }
        return cursor.peek(ahead + 1).is("(") || cursor.peek(ahead).is("class");
    }
}
