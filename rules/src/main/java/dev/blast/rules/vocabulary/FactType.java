package dev.blast.rules.vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A fact that rules may mention.
 *
 * @param name as in the files; mostly the simple name of its record
 * @param meaning one line for the reference
 */
public record FactType(String name, Class<?> record, String meaning, List<Field> fields) {

    static <F> Rows<F> of(Class<F> record, String meaning) {
        return new Rows<>(record, meaning);
    }

    /** A fact while it is written down, a row for each field. */
    static final class Rows<F> {
        private final Class<F> record;
        private final String meaning;
        private final List<Field> fields = new ArrayList<>();

        private Rows(Class<F> record, String meaning) {
            this.record = record;
            this.meaning = meaning;
        }

        Rows<F> field(
                String name, Type type, String meaning, Function<F, @Nullable Object> reader) {
            fields.add(Field.of(record, name, type, meaning, reader));
            return this;
        }

        <E extends Enum<E>> Rows<F> choice(
                String name, Class<E> choices, String meaning, Function<F, @Nullable E> reader) {
            fields.add(Field.choice(record, name, choices, meaning, reader));
            return this;
        }

        FactType build() {
            return build(record.getSimpleName());
        }

        FactType build(String name) {
            return new FactType(name, record, meaning, List.copyOf(fields));
        }
    }

    public Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
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
