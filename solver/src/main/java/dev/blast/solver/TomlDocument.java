package dev.blast.solver;

import dev.blast.packaging.Locator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A TOML 1.0 document as plain values (maps, lists, texts, numbers, booleans, times) that knows the
 * line of each.
 */
final class TomlDocument implements Locator {
    private final String name;
    private final List<String> lines;
    private final TomlTable root;

    private TomlDocument(String name, String text, TomlTable root) {
        this.name = name;
        this.lines = text.lines().toList();
        this.root = root;
    }

    static TomlDocument parse(String name, String text) throws LockException {
        TomlParseResult result = Toml.parse(text);
        var document = new TomlDocument(name, text, result);
        if (result.hasErrors()) {
            var error = result.errors().getFirst();
            throw document.error(error.position().line(), String.valueOf(error.getMessage()));
        }
        return document;
    }

    Map<String, Object> values() {
        return plain(root);
    }

    @Override
    public int line(Object... path) {
        Object at = root;
        TomlPosition position = null;
        for (Object part : path) {
            if (at instanceof TomlTable table
                    && part instanceof String key
                    && table.contains(List.of(key))) {
                position = table.inputPositionOf(List.of(key));
                at = table.get(List.of(key));
            } else if (at instanceof TomlArray array
                    && part instanceof Integer place
                    && place < array.size()) {
                position = array.inputPositionOf(place);
                at = array.get(place);
            } else {
                break;
            }
        }
        return position == null ? 0 : position.line();
    }

    /** An error that shows the line; without it for line 0. */
    LockException error(int line, String message) {
        if (line < 1 || line > lines.size()) {
            return new LockException("%s: %s".formatted(name, message));
        }
        return new LockException(
                "%s:%d: %s%n%5d | %s".formatted(name, line, message, line, lines.get(line - 1)));
    }

    private static Map<String, Object> plain(TomlTable table) {
        var map = new LinkedHashMap<String, Object>();
        for (String key : table.keySet()) {
            Object value = table.get(List.of(key));
            if (value != null) {
                map.put(key, plain(value));
            }
        }
        return map;
    }

    private static Object plain(@Nullable Object value) {
        return switch (value) {
            case TomlTable table -> plain(table);
            case TomlArray array -> {
                var list = new ArrayList<Object>();
                for (int i = 0; i < array.size(); i++) {
                    list.add(plain(array.get(i)));
                }
                yield list;
            }
            case null -> throw new IllegalStateException("TOML has no null");
            default -> value;
        };
    }
}
