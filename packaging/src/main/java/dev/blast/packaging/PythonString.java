package dev.blast.packaging;

/** Reads a quoted text as Python reads a string literal without a prefix, escapes included. */
final class PythonString {
    private PythonString() {}

    /** The cursor stands at the opening quote and ends behind the closing one. */
    static String read(SyntaxCursor cursor) {
        int from = cursor.position();
        String quote = String.valueOf(cursor.peek());
        cursor.take(quote);
        // As in the reference: the first quote of the kind closes, whatever stands before it.
        String body = cursor.takeUntil(quote);
        if (!cursor.take(quote)) {
            throw cursor.errorAt("no quote closes this text", from);
        }
        var value = new StringBuilder();
        int at = 0;
        while (at < body.length()) {
            char c = body.charAt(at++);
            if (c == '\n' || c == '\r' || c == 0) {
                throw cursor.errorAt("a quoted text ends on its line", from);
            }
            if (c != '\\') {
                value.append(c);
                continue;
            }
            if (at == body.length()) {
                throw cursor.errorAt("a backslash before the closing quote", from);
            }
            char escape = body.charAt(at++);
            switch (escape) {
                case '\\', '\'', '"' -> value.append(escape);
                case 'a' -> value.append('\u0007');
                case 'b' -> value.append('\b');
                case 'f' -> value.append('\f');
                case 'n' -> value.append('\n');
                case 'r' -> value.append('\r');
                case 't' -> value.append('\t');
                case 'v' -> value.append('\u000b');
                case 'x', 'u', 'U' -> {
                    int length = escape == 'x' ? 2 : escape == 'u' ? 4 : 8;
                    int end = at + length;
                    int code = end <= body.length() ? number(body.substring(at, end), 16) : -1;
                    if (!Character.isValidCodePoint(code)) {
                        throw cursor.errorAt(
                                "'\\%c' takes %d hexadecimal digits".formatted(escape, length),
                                from);
                    }
                    value.appendCodePoint(code);
                    at = end;
                }
                case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                    int end = at;
                    while (end < body.length()
                            && end < at + 2
                            && number(body.substring(end, end + 1), 8) >= 0) {
                        end++;
                    }
                    value.append((char) number(body.substring(at - 1, end), 8));
                    at = end;
                }
                case 'N' -> throw cursor.errorAt("'\\N' is not read here", from);
                // Python keeps a backslash that escapes nothing.
                default -> value.append('\\').append(escape);
            }
        }
        return value.toString();
    }

    /** The number that these digits are, or -1. */
    private static int number(String digits, int radix) {
        for (int i = 0; i < digits.length(); i++) {
            if (Character.digit(digits.charAt(i), radix) < 0) {
                return -1;
            }
        }
        return Integer.parseUnsignedInt(digits, radix);
    }
}
