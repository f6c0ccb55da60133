package dev.blast.toml;

import java.util.regex.Pattern;

/** Keys and texts as TOML 1.0 writes them. */
public final class TomlText {
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_-]+");

    private TomlText() {}

    /** A key: bare where that is possible. */
    public static String key(String key) {
        return BARE.matcher(key).matches() ? key : quoted(key, '"');
    }

    /** A text on one line; in these quotes where it needs no escape there, else in the others. */
    public static String quoted(String value, char quote) {
        char other = quote == '"' ? '\'' : '"';
        return isPlain(value, quote)
                ? quote + value + quote
                : isPlain(value, other) ? other + value + other : escaped(value);
    }

    private static boolean isPlain(String value, char quote) {
        return value.chars()
                .noneMatch(c ->
                        c == quote
                                || (c == '\\' && quote == '"')
                                || (c < ' ' && c != '\t')
                                || c == 0x7f);
    }

    private static String escaped(String value) {
        var text = new StringBuilder("\"");
        value.codePoints()
                .forEach(c -> {
                    if (c == '"' || c == '\\') {
                        text.append('\\').appendCodePoint(c);
                    } else if (c < ' ' || c == 0x7f) {
                        text.append("\\u%04X".formatted(c));
                    } else {
                        text.appendCodePoint(c);
                    }
                });
        return text.append('"').toString();
    }
}
