package dev.blast.rules.lint;

import dev.blast.rules.fact.Candidate;
import dev.blast.rules.fact.Companion;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Records;
import dev.blast.rules.vocabulary.Type;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field of the one fact of its type, or of the distribution that a proposition is about. Which
 * values it may have at all is known here.
 */
record FieldAt(FactType fact, Field field) {
    private static final BigInteger LAST_PORT = BigInteger.valueOf(65_535);

    /** What may be unknown, as the records of the facts have it. */
    private static final Set<Field> UNKNOWN = unknown();

    private static Set<Field> unknown() {
        Set<Field> unknown = new HashSet<>();
        for (FactType fact : Facts.ALL) {
            Class<?> record = fact.record() == Companion.class ? Candidate.class : fact.record();
            Set<String> always = new HashSet<>();
            for (RecordComponent component : record.getRecordComponents()) {
                if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                    always.add(Records.field(component));
                }
            }
            for (Field field : fact.fields()) {
                if (field.type() == Type.LIST || !always.contains(field.name())) {
                    unknown.add(field);
                }
            }
        }
        return Set.copyOf(unknown);
    }

    boolean mayBeUnknown() {
        return UNKNOWN.contains(field);
    }

    /** The whole numbers that it may be: days are counted from 1970, addresses are numbers. */
    Intervals numbers() {
        return switch (field.type()) {
            case ADDRESS -> Intervals.ADDRESSES;
            case DATE -> Intervals.ALL;
            default ->
                    field.name().equals("port")
                            ? Intervals.between(BigInteger.ZERO, LAST_PORT)
                            : Intervals.atLeast(BigInteger.ZERO);
        };
    }

    /** The names that it may be; empty where they are not counted. */
    List<String> names() {
        return field.type() == Type.FLAG ? List.of("true", "false") : field.choices();
    }

    // Asked for all the time; a field is one object, and belongs to one fact.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldAt it && field.equals(it.field);
    }

    @Override
    public int hashCode() {
        return field.hashCode();
    }
}
