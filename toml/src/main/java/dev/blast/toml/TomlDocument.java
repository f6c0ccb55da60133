package dev.blast.toml;

import dev.blast.packaging.Locator;
import dev.blast.packaging.Message;
import dev.blast.packaging.SourceError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A TOML 1.0 document as plain values (maps, lists, texts, numbers, booleans, times) that knows
 * where each of them stands. Immutable.
 */
public final class TomlDocument implements Locator {
    private final String name;
    private final String text;
    private final TomlTable root;

    /** Where each line begins; empty until somebody asks. */
    private volatile int[] lines = new int[0];

    private TomlDocument(String name, String text, TomlTable root) {
        this.name = name;
        this.text = text;
        this.root = root;
    }

    /**
     * Reads a document.
     *
     * @param name how it is called in errors
     * @throws TomlException with every syntax error, each with its line and a mark below its place
     */
    public static TomlDocument parse(String name, String text) throws TomlException {
        TomlParseResult result = Toml.parse(text);
        if (result.hasErrors()) {
            throw new TomlException(
                    Message.joined(
                            result.errors().stream()
                                    .map(error ->
                                            SourceError.render(
                                                    name,
                                                    text,
                                                    error.position().line(),
                                                    error.position().column(),
                                                    String.valueOf(error.getMessage())))
                                    .toList(),
                            "\n"));
        }
        return new TomlDocument(name, text, result);
    }

    public Map<String, Object> values() {
        return plain(root);
    }

    @Override
    public int line(Object... path) {
        TomlPosition position = position(Arrays.asList(path));
        return position == null ? 0 : position.line();
    }

    /**
     * Where the first character of a value stands in the text. The parser counts lines by line
     * feeds, and columns by whole characters; of a key with a value it knows where the key is. A
     * table begins with its header.
     *
     * @return -1 where there is no such value
     */
    int offset(List<Object> path) {
        TomlPosition position = position(path);
        if (position == null) {
            return -1;
        }
        int begin = text.offsetByCodePoints(lines()[position.line() - 1], position.column() - 1);
        boolean isOfKey = path.getLast() instanceof String && text.charAt(begin) != '[';
        return isOfKey ? new TomlScanner(text).behindKey(begin) : begin;
    }

    private int[] lines() {
        int[] begins = lines;
        if (begins.length == 0) {
            begins =
                    IntStream.concat(
                                    IntStream.of(0),
                                    IntStream.range(0, text.length())
                                            .filter(at -> text.charAt(at) == '\n')
                                            .map(at -> at + 1))
                            .toArray();
            lines = begins;
        }
        return begins;
    }

    /** A message about a line; the mark stands below the first thing in it. */
    public Message error(int line, String message) {
        String source = text.lines().skip(Math.max(line - 1L, 0)).findFirst().orElse("");
        int column = 1 + source.length() - source.stripLeading().length();
        return SourceError.render(name, text, line, column, message);
    }

    /** A message about a value, or about the innermost table around it where it is missing. */
    public Message error(String message, Object... path) {
        TomlPosition position = position(Arrays.asList(path));
        return position == null
                ? SourceError.render(name, text, 0, 0, message)
                : SourceError.render(name, text, position.line(), position.column(), message);
    }

    /** Of the last part of the path that there is. */
    private @Nullable TomlPosition position(List<Object> path) {
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
        return position;
    }

    /** What stands at a path; null where nothing does. */
    @Nullable Object value(Object... path) {
        Object at = values();
        for (Object part : path) {
            if (at instanceof Map<?, ?> table && part instanceof String) {
                at = table.get(part);
            } else if (at instanceof List<?> list
                    && part instanceof Integer place
                    && place >= 0
                    && place < list.size()) {
                at = list.get(place);
            } else {
                return null;
            }
        }
        return at;
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

    private static Object plain(Object value) {
        return switch (value) {
            case TomlTable table -> plain(table);
            case TomlArray array -> {
                var list = new ArrayList<Object>();
                for (int i = 0; i < array.size(); i++) {
                    list.add(plain(array.get(i)));
                }
                yield list;
            }
            default -> value;
        };
    }
}
