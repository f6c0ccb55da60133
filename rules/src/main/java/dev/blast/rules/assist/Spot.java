package dev.blast.rules.assist;

import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Operator;
import dev.blast.rules.vocabulary.Verb;

/** What a file expects at a place, as far as what stands before it tells. */
sealed interface Spot {
    /** Outside of rules. */
    record OfFile() implements Spot {}

    /** Between a rule's name and {@code when}. */
    record OfHead() implements Spot {}

    /** Behind {@code @}. */
    record OfAnnotation() implements Spot {}

    /** A pattern, or a word before one. */
    record OfConditions() implements Spot {}

    /**
     * A field.
     *
     * @param begins whether a constraint begins with it
     */
    record OfFields(FactType fact, boolean begins) implements Spot {}

    /**
     * An operator.
     *
     * @param negated whether {@code not} stands before it
     */
    record OfOperators(Field field, boolean negated) implements Spot {}

    /**
     * What a field is compared with.
     *
     * @param isListed whether it stands in the parentheses of {@code in}
     */
    record OfValues(FactType fact, Field field, Operator operator, boolean isListed)
            implements Spot {}

    /** An answer of a rule. */
    record OfAnswers() implements Spot {}

    /** A value of a verb. */
    record OfArguments(Verb verb, Verb.Parameter parameter) implements Spot {}

    /** Nothing that could be named. */
    record Elsewhere() implements Spot {}
}
