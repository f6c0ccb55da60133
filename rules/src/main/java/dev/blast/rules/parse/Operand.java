package dev.blast.rules.parse;

import dev.blast.rules.source.Span;

/** A value, as written. */
public sealed interface Operand {

    Span span();

    /**
     * A text in double quotes.
     *
     * @param value without quotes, escapes resolved
     */
    record Text(Span span, String value) implements Operand {}

    record Digits(Span span, String digits) implements Operand {}

    /**
     * {@code true}, {@code false}, {@code null}, or a constant of a field with a fixed list of
     * values.
     */
    record Word(Span span, String word) implements Operand {}

    record Variable(Span span, String name) implements Operand {}

    /** What could not be read as a value, and was found before. */
    record Lost(Span span) implements Operand {}

    /** {@code $c.version}. */
    record FieldOf(Span span, Token variable, Token field) implements Operand {}

    /**
     * A sum, difference, product or quotient.
     *
     * @param symbol one of {@code + - * /}
     */
    record Arithmetic(Span span, char symbol, Operand left, Operand right) implements Operand {}
}
