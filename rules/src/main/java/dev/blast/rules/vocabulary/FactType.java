package dev.blast.rules.vocabulary;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fact that rules may mention.
 *
 * @param name as in the files; the simple name of its record
 * @param meaning one line for the reference
 */
public record FactType(String name, Class<?> record, String meaning, List<Field> fields) {

    public Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
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
