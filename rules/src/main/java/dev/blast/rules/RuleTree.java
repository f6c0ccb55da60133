package dev.blast.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule as written, nothing looked up yet.
 *
 * @param head the keyword {@code rule} and the name
 * @param words how many words and signs it has
 */
record RuleTree(
        Span head,
        String name,
        List<Annotation> annotations,
        Condition when,
        List<Call> then,
        int words) {

    /** {@code @reason("…")}; the value is null where there are no parentheses. */
    record Annotation(Span span, String name, @Nullable Operand value) {}

    /** One statement of the consequence. */
    record Call(Span span, String verb, Span verbSpan, List<Operand> arguments) {}
}
