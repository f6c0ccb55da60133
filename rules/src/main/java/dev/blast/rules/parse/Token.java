package dev.blast.rules.parse;

import dev.blast.rules.source.Span;

/**
 * One word of a policy file.
 *
 * @param text as written; of a {@link Kind#TEXT} with its quotes
 */
public record Token(Kind kind, String text, Span span) {

    public enum Kind {
        WORD,
        /** {@code $name}. */
        VARIABLE,
        TEXT,
        NUMBER,
        SYMBOL,
        /** A character that begins nothing in this language, or a text without its end. */
        BROKEN,
        END
    }

    public boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equals(word);
    }

    /** How a message calls what may be long: its first line, shortened. */
    String beginning() {
        String line = text.lines().findFirst().orElse(text);
        return "'" + (line.length() > 40 ? line.substring(0, 40) + "…" : line) + "'";
    }

    /** How a message calls it. */
    String shown() {
        return kind == Kind.END ? "the end of the file" : "'" + text + "'";
    }
}
