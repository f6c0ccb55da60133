package dev.blast.rules.checked;

import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Glob;
import dev.blast.rules.vocabulary.Operator;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A checked constraint: true or false in a frame. */
public sealed interface Check {

    Span span();

    boolean holds(Frame frame);

    /**
     * One comparison. What is not known equals nothing: a plain operator is false on it, a negated
     * one true, an order false either way.
     */
    record Comparison(
            Span span,
            Value.OfField field,
            Operator operator,
            boolean negated,
            List<Value> values,
            Matcher matcher)
            implements Check {
        @Override
        public boolean holds(Frame frame) {
            Object actual = field.in(frame);
            return (actual != null && matcher.matches(actual, frame)) != negated;
        }
    }

    record IsUnknown(Span span, Value.OfField field, boolean negated) implements Check {
        @Override
        public boolean holds(Frame frame) {
            return (field.in(frame) == null) != negated;
        }
    }

    record All(Span span, List<Check> parts) implements Check {
        @Override
        public boolean holds(Frame frame) {
            return parts.stream().allMatch(part -> part.holds(frame));
        }
    }

    record Any(Span span, List<Check> parts) implements Check {
        @Override
        public boolean holds(Frame frame) {
            return parts.stream().anyMatch(part -> part.holds(frame));
        }
    }

    /** The texts that a pattern stands for. */
    record Globbed(Glob glob) implements Matcher {
        @Override
        public boolean matches(Object actual, Frame frame) {
            return glob.matches(actual.toString());
        }
    }

    /** How one operator compares what a field holds with what the rule says. */
    @FunctionalInterface
    interface Matcher {
        boolean matches(Object actual, Frame frame);

        /** Equality and order of one type's values. */
        @SuppressWarnings("unchecked")
        static boolean compares(Object actual, Operator operator, @Nullable Object expected) {
            if (expected == null) {
                return false;
            }
            if (operator == Operator.EQUAL && !(actual instanceof BigDecimal)) {
                return actual.equals(expected);
            }
            int order = ((Comparable<Object>) actual).compareTo(expected);
            return switch (operator) {
                case EQUAL -> order == 0;
                case LESS -> order < 0;
                case AT_MOST -> order <= 0;
                case MORE -> order > 0;
                case AT_LEAST -> order >= 0;
                case UNEQUAL, IN, CONTAINS, MATCHES, GLOB, UNDER, WITHIN, SATISFIES ->
                        throw new IllegalStateException(operator + " is not an order");
            };
        }
    }
}
