package dev.blast.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A TOML 1.0 file as plain values (maps, lists, text, numbers, booleans, times), which remembers
 * where each value stands.
 */
final class TomlFile {
    private final String displayName;
    private final String text;
    private final TomlTable root;

    private TomlFile(String displayName, String text, TomlTable root) {
        this.displayName = displayName;
        this.text = text;
        this.root = root;
    }

    /**
     * Reads a file.
     *
     * @throws EnvironmentException with every syntax error, each with its line and a caret
     */
    static TomlFile read(Path file, String displayName) throws EnvironmentException {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read %s: %s".formatted(file, Cause.of(e, file)), e);
        }
        TomlParseResult result = Toml.parse(text);
        if (result.hasErrors()) {
            throw new EnvironmentException(
                    result.errors().stream()
                            .map(e ->
                                    SourceError.render(
                                            displayName,
                                            text,
                                            e.position().line(),
                                            e.position().column(),
                                            String.valueOf(e.getMessage())))
                            .collect(Collectors.joining("\n")));
        }
        return new TomlFile(displayName, text, result);
    }

    Map<String, Object> values() {
        return plain(root);
    }

    private static Map<String, Object> plain(TomlTable table) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String key : table.keySet()) {
            Object value = table.get(List.of(key));
            if (value != null) {
                values.put(key, plain(value));
            }
        }
        return values;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case TomlTable table -> plain(table);
            case TomlArray array -> {
                List<Object> items = new ArrayList<>();
                for (int i = 0; i < array.size(); i++) {
                    items.add(plain(array.get(i)));
                }
                yield items;
            }
            default -> value;
        };
    }

    /**
     * The line of a value, from 1: keys of tables and places of arrays, from the root. 0 where
     * there is no such value.
     */
    int line(Object... path) {
        TomlPosition position = position(Arrays.asList(path));
        return position == null ? 0 : position.line();
    }

    private @Nullable TomlPosition position(List<Object> path) {
        Object at = root;
        TomlPosition position = null;
        for (Object part : path) {
            if (at instanceof TomlTable table && part instanceof String key) {
                position = table.inputPositionOf(List.of(key));
                at = table.get(List.of(key));
            } else if (at instanceof TomlArray array
                    && part instanceof Integer place
                    && place < array.size()) {
                position = array.inputPositionOf(place);
                at = array.get(place);
            } else {
                return null;
            }
        }
        return position;
    }

    /** An error about a line; the mark stands below the first thing in it. */
    EnvironmentException error(int line, String message) {
        String source = text.lines().skip(Math.max(line - 1L, 0)).findFirst().orElse("");
        int column = 1 + source.length() - source.stripLeading().length();
        return new EnvironmentException(
                SourceError.render(displayName, text, line, column, message));
    }

    /** An error about a value that is there. */
    EnvironmentException error(String message, Object... path) {
        TomlPosition position = position(Arrays.asList(path));
        return position == null
                ? new EnvironmentException(displayName + ": " + message)
                : new EnvironmentException(
                        SourceError.render(
                                displayName, text, position.line(), position.column(), message));
    }
}
