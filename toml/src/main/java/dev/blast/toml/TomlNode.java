package dev.blast.toml;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * Something that stands in a document. Immutable.
 *
 * @param content a map of nodes by key, a list of nodes, or a text, number, boolean or time
 * @param line from 1; 0 where the parser knows of no place
 * @param column in whole characters, from 1
 */
record TomlNode(Object content, int line, int column) {
    private static final String TABLE = "table";
    private static final String ARRAY = "array";

    /** Behind a document's node; without it that is not whole. */
    private static final String END = "end";

    static TomlNode of(TomlTable root) {
        return of(root, null);
    }

    private static TomlNode of(Object value, @Nullable TomlPosition position) {
        Object content = value;
        if (value instanceof TomlTable table) {
            var entries = new LinkedHashMap<String, TomlNode>();
            for (String key : table.keySet()) {
                List<String> path = List.of(key);
                Object entry = table.get(path);
                if (entry != null) {
                    entries.put(key, of(entry, table.inputPositionOf(path)));
                }
            }
            content = entries;
        } else if (value instanceof TomlArray array) {
            var elements = new ArrayList<TomlNode>();
            for (int i = 0; i < array.size(); i++) {
                elements.add(of(array.get(i), array.inputPositionOf(i)));
            }
            content = elements;
        }
        return position == null
                ? new TomlNode(content, 0, 0)
                : new TomlNode(content, position.line(), position.column());
    }

    /** What is one step below; null where nothing is. */
    @Nullable TomlNode below(Object part) {
        if (content instanceof Map<?, ?> table && part instanceof String key) {
            return (TomlNode) table.get(key);
        }
        return content instanceof List<?> list
                        && part instanceof Integer place
                        && place >= 0
                        && place < list.size()
                ? (TomlNode) list.get(place)
                : null;
    }

    /** Of a table: maps, lists and what is in them, without places. */
    Map<String, Object> table() {
        return plain((Map<?, ?>) content);
    }

    /** The same of any node. */
    Object plain() {
        if (content instanceof Map<?, ?> table) {
            return plain(table);
        }
        if (content instanceof List<?> list) {
            var plain = new ArrayList<Object>();
            list.forEach(node -> plain.add(((TomlNode) node).plain()));
            return plain;
        }
        return content;
    }

    private static Map<String, Object> plain(Map<?, ?> table) {
        var map = new LinkedHashMap<String, Object>();
        table.forEach((key, node) -> map.put((String) key, ((TomlNode) node).plain()));
        return map;
    }

    /**
     * A head for each node: its kind, its place, and how many characters or nodes it holds, which
     * come behind it; before each entry of a table its key, with its length.
     */
    String written() {
        var out = new StringBuilder();
        write(out);
        return out.append(END).toString();
    }

    private void write(StringBuilder out) {
        if (content instanceof Map<?, ?> table) {
            head(out, TABLE, table.size());
            table.forEach((key, node) -> {
                out.append(((String) key).length()).append(' ').append(key).append('\n');
                ((TomlNode) node).write(out);
            });
        } else if (content instanceof List<?> list) {
            head(out, ARRAY, list.size());
            list.forEach(node -> ((TomlNode) node).write(out));
        } else {
            String text = content.toString();
            head(out, content.getClass().getSimpleName(), text.length());
            out.append(text).append('\n');
        }
    }

    private void head(StringBuilder out, String kind, int size) {
        out.append(kind).append(' ').append(line).append(' ').append(column);
        out.append(' ').append(size).append('\n');
    }

    /** Empty where it is not what {@link #written} wrote. */
    static Optional<TomlNode> read(String written) {
        var reading = new Reading(written);
        try {
            TomlNode root = reading.node();
            return root.content instanceof Map && reading.rest().equals(END)
                    ? Optional.of(root)
                    : Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static final class Reading {
        private final String text;
        private int at;

        Reading(String text) {
            this.text = text;
        }

        TomlNode node() {
            String kind = until(' ');
            int line = Integer.parseInt(until(' '));
            int column = Integer.parseInt(until(' '));
            return new TomlNode(content(kind, Integer.parseInt(until('\n'))), line, column);
        }

        private Object content(String kind, int size) {
            if (kind.equals(TABLE)) {
                var entries = new LinkedHashMap<String, TomlNode>();
                for (int left = size; left > 0; left--) {
                    String key = characters(Integer.parseInt(until(' ')));
                    entries.put(key, node());
                }
                return entries;
            }
            if (kind.equals(ARRAY)) {
                var elements = new ArrayList<TomlNode>();
                for (int left = size; left > 0; left--) {
                    elements.add(node());
                }
                return elements;
            }
            return value(kind, characters(size));
        }

        private static Object value(String kind, String text) {
            return switch (kind) {
                case "String" -> text;
                case "Long" -> Long.valueOf(text);
                case "Double" -> Double.valueOf(text);
                case "Boolean" -> Boolean.valueOf(text);
                case "OffsetDateTime" -> OffsetDateTime.parse(text);
                case "LocalDateTime" -> LocalDateTime.parse(text);
                case "LocalDate" -> LocalDate.parse(text);
                case "LocalTime" -> LocalTime.parse(text);
                default -> throw new IllegalArgumentException("no kind of value: " + kind);
            };
        }

        private String until(char end) {
            int from = at;
            at = text.indexOf(end, from) + 1;
            if (at == 0) {
                throw new IllegalArgumentException("it ends too early");
            }
            return text.substring(from, at - 1);
        }

        /** So many, and the end of the line behind them. */
        private String characters(int size) {
            String characters = text.substring(at, at + size);
            at += size + 1;
            return characters;
        }

        String rest() {
            return text.substring(at);
        }
    }
}
