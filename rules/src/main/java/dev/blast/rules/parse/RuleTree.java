package dev.blast.rules.parse;

import dev.blast.rules.source.Span;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule as written, nothing looked up yet.
 *
 * @param head the keyword {@code rule} and the name
 * @param words how many words and signs it has
 * @param unread what of its conditions could not be read
 */
public record RuleTree(
        Span head,
        String name,
        List<Annotation> annotations,
        Condition when,
        List<Call> then,
        int words,
        Unread unread) {

    /**
     * What has been found to be wrong already, so that nothing more is said about what follows.
     *
     * @param variables that were bound there
     * @param facts whether some were mentioned there
     */
    public record Unread(Set<String> variables, boolean facts) {}

    /** {@code @reason("…")}; the value is null where there are no parentheses. */
    public record Annotation(Span span, String name, @Nullable Operand value) {}

    /** One statement of the consequence. */
    public record Call(Span span, String verb, Span verbSpan, List<Operand> arguments) {}
}
