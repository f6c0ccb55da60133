package dev.blast.rules.vocabulary;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field of a fact.
 *
 * @param choices the names that a {@link Type#CHOICE} has
 * @param reader takes the value out of the record, as {@link Type#javaType()}; null where it is not
 *     known or an empty list
 * @param meaning one line for the reference
 */
public record Field(
        String name,
        Type type,
        List<String> choices,
        Function<Object, @Nullable Object> reader,
        String meaning) {

    static <F> Field of(
            Class<F> fact,
            String name,
            Type type,
            String meaning,
            Function<F, @Nullable Object> reader) {
        return field(fact, name, type, List.of(), meaning, reader);
    }

    static <F, E extends Enum<E>> Field choice(
            Class<F> fact,
            String name,
            Class<E> choices,
            String meaning,
            Function<F, @Nullable E> reader) {
        List<String> names = Arrays.stream(choices.getEnumConstants()).map(Enum::name).toList();
        return field(fact, name, Type.CHOICE, names, meaning, reader::apply);
    }

    /** How a component becomes a value is found out once: rules read fields all the time. */
    private static <F> Field field(
            Class<F> fact,
            String name,
            Type type,
            List<String> choices,
            String meaning,
            Function<F, @Nullable Object> reader) {
        Function<Object, @Nullable Object> value =
                switch (type) {
                    case NUMBER, SIZE, RATE, DURATION, SHARE ->
                            it -> BigDecimal.valueOf(((Number) it).longValue());
                    case CHOICE -> it -> ((Enum<?>) it).name();
                    case DATE -> it -> LocalDate.ofInstant((Instant) it, ZoneOffset.UTC);
                    case LIST -> it -> ((List<?>) it).isEmpty() ? null : it;
                    case TEXT, HOST, PATH, NAME, VERSION, ADDRESS, FLAG -> it -> it;
                };
        return new Field(
                name,
                type,
                choices,
                it -> {
                    @Nullable Object component = reader.apply(fact.cast(it));
                    return component == null ? null : value.apply(component);
                },
                meaning);
    }

    public @Nullable Object read(Object fact) {
        return reader.apply(fact);
    }

    @Override
    public String toString() {
        return name;
    }

    // A row of a table is equal to itself only, and that is quick to find out.

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
