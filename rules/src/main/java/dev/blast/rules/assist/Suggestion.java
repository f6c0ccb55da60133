package dev.blast.rules.assist;

import dev.blast.rules.source.Span;

/**
 * What could stand at a place.
 *
 * @param label how people pick it
 * @param detail what it is, in some words
 * @param meaning what it means, as Markdown; may be empty
 * @param replaces what of the file it takes the place of
 * @param text what stands there then
 * @param caret where in the text people go on
 */
public record Suggestion(
        Kind kind,
        String label,
        String detail,
        String meaning,
        Span replaces,
        String text,
        int caret) {

    /** What is proposed. */
    public enum Kind {
        KEYWORD,
        FACT,
        FIELD,
        OPERATOR,
        VERB,
        VALUE,
        VARIABLE,
        SNIPPET
    }
}
