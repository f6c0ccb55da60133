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
        return new Field(
                name, type, List.of(), it -> asValue(reader.apply(fact.cast(it))), meaning);
    }

    static <F, E extends Enum<E>> Field choice(
            Class<F> fact,
            String name,
            Class<E> choices,
            String meaning,
            Function<F, @Nullable E> reader) {
        List<String> names = Arrays.stream(choices.getEnumConstants()).map(Enum::name).toList();
        return new Field(
                name, Type.CHOICE, names, it -> asValue(reader.apply(fact.cast(it))), meaning);
    }

    public @Nullable Object read(Object fact) {
        return reader.apply(fact);
    }

    private static @Nullable Object asValue(@Nullable Object component) {
        return switch (component) {
            case Integer number -> BigDecimal.valueOf(number);
            case Long number -> BigDecimal.valueOf(number);
            case Enum<?> constant -> constant.name();
            case Instant moment -> LocalDate.ofInstant(moment, ZoneOffset.UTC);
            case List<?> list -> list.isEmpty() ? null : list;
            case null -> null;
            default -> component;
        };
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
