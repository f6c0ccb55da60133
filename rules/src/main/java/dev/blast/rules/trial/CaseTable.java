package dev.blast.rules.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** A table of a test file, which may hold anything: what is asked for by type is of that type. */
record CaseTable(TomlTable table) {

    /**
     * @throws IllegalArgumentException where there is something else
     */
    Optional<String> text(String key) {
        return as(key, String.class, "a text: %s = \"…\"".formatted(key));
    }

    /**
     * @throws IllegalArgumentException where there is something else
     */
    Optional<TomlTable> inner(String key) {
        return as(key, TomlTable.class, "a table: %s = { … }".formatted(key));
    }

    /**
     * Tables in an array; none where there is no such key.
     *
     * @throws IllegalArgumentException where there is something else
     */
    List<TomlTable> inners(String key) {
        String what = "a list of tables: %s = [ { … } ]".formatted(key);
        List<TomlTable> tables = new ArrayList<>();
        for (Object element : elements(as(key, TomlArray.class, what).orElse(null))) {
            if (!(element instanceof TomlTable inner)) {
                throw new IllegalArgumentException("'%s' is %s".formatted(key, what));
            }
            tables.add(inner);
        }
        return tables;
    }

    private <T> Optional<T> as(String key, Class<T> type, String what) {
        Object value = table.get(List.of(key));
        if (value != null && !type.isInstance(value)) {
            throw new IllegalArgumentException("'%s' is %s".formatted(key, what));
        }
        return Optional.ofNullable(value).map(type::cast);
    }

    private static List<Object> elements(@Nullable TomlArray array) {
        return array == null ? List.of() : array.toList();
    }
}
