package dev.blast.rules.assist;

import dev.blast.rules.source.Span;

/**
 * What is said of a word.
 *
 * @param text as Markdown
 */
public record Saying(Span word, String text) {}
