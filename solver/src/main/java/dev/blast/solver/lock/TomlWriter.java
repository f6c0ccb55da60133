package dev.blast.solver.lock;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes maps as TOML 1.0, keys in the order of the maps: first the plain values of a table, then
 * its tables, then its lists of tables that are headed ({@code packages}). Other lists have a line
 * for each item, so that a change is a change of few lines.
 */
final class TomlWriter {
    private static final String HEADED_LIST = "packages";

    private final StringBuilder text = new StringBuilder();

    private TomlWriter() {}

    static String write(Map<String, ?> document) {
        var writer = new TomlWriter();
        writer.table("", document);
        return writer.text.toString();
    }

    private void table(String path, Map<String, ?> table) {
        table.forEach((key, value) -> {
            if (!(value instanceof Map) && !isHeaded(key, value)) {
                text.append(key(key)).append(" = ").append(value(value)).append('\n');
            }
        });
        table.forEach((key, value) -> {
            String inner = path + key(key);
            if (value instanceof Map<?, ?> map) {
                headed(inner, map);
            } else if (isHeaded(key, value)) {
                for (Object item : (List<?>) value) {
                    text.append("\n[[").append(inner).append("]]\n");
                    table(inner + ".", texts((Map<?, ?>) item));
                }
            }
        });
    }

    /** A table under its own header, unless it has nothing but tables itself. */
    private void headed(String path, Map<?, ?> map) {
        if (!map.values().stream().allMatch(Map.class::isInstance) || map.isEmpty()) {
            text.append("\n[").append(path).append("]\n");
        }
        table(path + ".", texts(map));
    }

    private static boolean isHeaded(String key, Object value) {
        return key.equals(HEADED_LIST) && value instanceof List<?> list && !list.isEmpty();
    }

    private static String value(Object value) {
        return switch (value) {
            case String string -> quoted(string);
            case List<?> list when list.isEmpty() -> "[]";
            case List<?> list ->
                    list.stream()
                            .map(item -> "    " + value(item) + ",\n")
                            .collect(Collectors.joining("", "[\n", "]"));
            case Map<?, ?> map ->
                    texts(map).entrySet().stream()
                            .map(entry -> key(entry.getKey()) + " = " + value(entry.getValue()))
                            .collect(Collectors.joining(", ", "{ ", " }"));
            // toString() leaves out seconds that are zero, which TOML does not allow.
            case OffsetDateTime time -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
            default -> value.toString();
        };
    }

    private static Map<String, Object> texts(Map<?, ?> map) {
        var result = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> result.put((String) key, value));
        return result;
    }

    private static String key(String key) {
        return key.matches("[A-Za-z0-9_-]+") ? key : quoted(key);
    }

    private static String quoted(String string) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (c < 0x20 || c == 0x7f) {
                        quoted.append("\\u%04X".formatted((int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
