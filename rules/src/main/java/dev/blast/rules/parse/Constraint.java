package dev.blast.rules.parse;

import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Operator;
import java.util.List;

/** What stands between the parentheses of a pattern, as written. */
public sealed interface Constraint {

    Span span();

    /** {@code port >= 1024}; {@code in} has several values, every other operator one. */
    record Comparison(
            Span span,
            Token field,
            Operator operator,
            boolean negated,
            Span operatorSpan,
            List<Operand> values)
            implements Constraint {}

    /** {@code $age : ageDays}. */
    record Binding(Span span, Token variable, Token field) implements Constraint {}

    /** In parentheses. */
    record Group(Span span, Constraint inner) implements Constraint {}

    record All(Span span, List<Constraint> parts) implements Constraint {}

    record Any(Span span, List<Constraint> parts) implements Constraint {}
}
