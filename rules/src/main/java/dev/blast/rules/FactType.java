package dev.blast.rules;

import java.util.List;
import java.util.Optional;

/**
 * A fact that rules may mention.
 *
 * @param name as in the files; the simple name of its record
 * @param meaning one line for the reference
 */
record FactType(String name, Class<?> record, String meaning, List<Field> fields) {

    Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }
}
