package dev.blast.rules.trial;

import dev.blast.rules.vocabulary.Records;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A table of a test file, which may hold anything: what is asked for by type is of that type, and
 * what is not has a place.
 *
 * @param line where the table begins
 * @param column where it begins in that line
 */
record CaseTable(TomlTable table, int line, int column) {

    /** Of a case that stands in no file. */
    static final CaseTable NONE = new CaseTable(Toml.parse(""), 1, 1);

    CaseFlaw flaw(String message) {
        return new CaseFlaw(line, column, message);
    }

    /** About what stands behind a key; about the table where there is no such key. */
    CaseFlaw flaw(String key, String message) {
        @Nullable TomlPosition position = table.inputPositionOf(List.of(key));
        return position == null
                ? flaw(message)
                : new CaseFlaw(position.line(), position.column(), message);
    }

    void requireKnown(List<String> keys) throws CaseFlaw {
        for (String key : table.keySet()) {
            if (!keys.contains(key)) {
                throw flaw(
                        key, "unknown key '%s'; keys: %s".formatted(key, String.join(", ", keys)));
            }
        }
    }

    Optional<String> text(String key) throws CaseFlaw {
        return as(key, String.class, "a text: %s = \"…\"".formatted(key));
    }

    Optional<CaseTable> inner(String key) throws CaseFlaw {
        return as(key, TomlTable.class, "a table: %s = { … }".formatted(key))
                .map(inner -> at(inner, table.inputPositionOf(List.of(key))));
    }

    /** Tables in an array; none where there is no such key. */
    List<CaseTable> inners(String key) throws CaseFlaw {
        String what = "a list of tables: %s = [ { … } ]".formatted(key);
        var tables = new ArrayList<CaseTable>();
        @Nullable TomlArray array = as(key, TomlArray.class, what).orElse(null);
        for (int i = 0; array != null && i < array.size(); i++) {
            if (!(array.get(i) instanceof TomlTable inner)) {
                throw flaw(key, "'%s' is %s".formatted(key, what));
            }
            tables.add(at(inner, array.inputPositionOf(i)));
        }
        return tables;
    }

    @Nullable Object value(String key) {
        return table.get(List.of(key));
    }

    /** Everything in it, arrays as lists. */
    Map<String, @Nullable Object> values() {
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (String key : table.keySet()) {
            Object value = value(key);
            values.put(key, value instanceof TomlArray array ? array.toList() : value);
        }
        return values;
    }

    /** What is made of this table; what is wrong with one of its fields is said there. */
    <T> T made(Supplier<T> making) throws CaseFlaw {
        try {
            return making.get();
        } catch (Records.UnfitException e) {
            throw flaw(e.field(), String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw flaw(String.valueOf(e.getMessage()));
        }
    }

    private CaseTable at(TomlTable inner, @Nullable TomlPosition position) {
        return position == null
                ? new CaseTable(inner, line, column)
                : new CaseTable(inner, position.line(), position.column());
    }

    private <T> Optional<T> as(String key, Class<T> type, String what) throws CaseFlaw {
        Object value = value(key);
        if (value != null && !type.isInstance(value)) {
            throw flaw(key, "'%s' is %s".formatted(key, what));
        }
        return Optional.ofNullable(value).map(type::cast);
    }
}
