package dev.blast.packaging;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table of a parsed document and its place there. Values are asked for by key and by type; what
 * is of another type is an {@link InvalidDocumentException} that names the place.
 */
final class Table {
    private final Map<?, ?> values;
    private final Locator locator;
    private final Object[] path;

    private Table(Map<?, ?> values, Locator locator, Object... path) {
        this.values = values;
        this.locator = locator;
        this.path = path;
    }

    static Table root(Map<String, ?> document, Locator locator) {
        return new Table(document, locator);
    }

    boolean has(String key) {
        return values.get(key) != null;
    }

    /** The keys in the order of the document. */
    List<String> keys() {
        return values.keySet().stream().map(String::valueOf).toList();
    }

    /** The values as they are. */
    Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        values.forEach((key, value) -> map.put(String.valueOf(key), value));
        return map;
    }

    String text(String key) {
        return required(key, optionalText(key));
    }

    @Nullable String optionalText(String key) {
        return ofType(String.class, "text", values.get(key), key);
    }

    @Nullable Boolean optionalBoolean(String key) {
        return ofType(Boolean.class, "true or false", values.get(key), key);
    }

    @Nullable Long optionalInteger(String key) {
        Number number = ofType(Number.class, "a whole number", values.get(key), key);
        return number == null ? null : number.longValue();
    }

    @Nullable Instant optionalInstant(String key) {
        Object value = values.get(key);
        return value instanceof OffsetDateTime time
                ? time.toInstant()
                : ofType(Instant.class, "a time with offset", value, key);
    }

    /** An absolute URL, as text. */
    @Nullable String optionalAddress(String key) {
        String text = optionalText(key);
        if (text != null && !isAddress(text)) {
            throw error("no URL: '%s'".formatted(Redaction.inText(text)), key);
        }
        return text;
    }

    private static boolean isAddress(String text) {
        try {
            return new URI(text).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** A text that another type reads. */
    <T> @Nullable T optional(String key, Function<String, T> parser) {
        String text = optionalText(key);
        return text == null ? null : read(text, parser, key);
    }

    <T> T parsed(String key, Function<String, T> parser) {
        return read(text(key), parser, key);
    }

    /** A text that another type reads, with its line. */
    <T> @Nullable Located<T> located(String key, Function<String, T> parser) {
        T value = optional(key, parser);
        return value == null ? null : new Located<>(value, lineOf(key));
    }

    /** An array of texts that another type reads, each with its line; empty where there is none. */
    <T> List<Located<T>> locatedList(String key, Function<String, T> parser) {
        var list = new ArrayList<Located<T>>();
        List<?> array = array(key);
        for (int i = 0; i < array.size(); i++) {
            String text = ofType(String.class, "text", array.get(i), key, i);
            list.add(new Located<>(read(required(key, text), parser, key, i), lineOf(key, i)));
        }
        return list;
    }

    <T> List<T> list(String key, Function<String, T> parser) {
        return locatedList(key, parser).stream().map(Located::value).toList();
    }

    List<String> texts(String key) {
        return list(key, Function.identity());
    }

    /** A table of texts; empty where there is none. */
    Map<String, String> textsByKey(String key) {
        var texts = new LinkedHashMap<String, String>();
        Table table = optionalTable(key);
        if (table != null) {
            table.keys().forEach(name -> texts.put(name, table.text(name)));
        }
        return texts;
    }

    @Nullable Table optionalTable(String key) {
        Map<?, ?> map = ofType(Map.class, "a table", values.get(key), key);
        return map == null ? null : new Table(map, locator, at(key));
    }

    /** An array of tables; empty where there is none. */
    List<Table> tables(String key) {
        var tables = new ArrayList<Table>();
        List<?> array = array(key);
        for (int i = 0; i < array.size(); i++) {
            Map<?, ?> map = ofType(Map.class, "a table", array.get(i), key, i);
            tables.add(new Table(required(key, map), locator, at(key, i)));
        }
        return tables;
    }

    /** The elements of an array as they are; empty where there is none. */
    List<?> array(String key) {
        List<?> list = ofType(List.class, "an array", values.get(key), key);
        return list == null ? List.of() : list;
    }

    int lineOf(Object... below) {
        return locator.line(at(below));
    }

    <T> T read(String text, Function<String, T> parser, Object... below) {
        try {
            return parser.apply(text);
        } catch (InvalidSyntaxException e) {
            throw error(e.getMessage(), below);
        }
    }

    InvalidDocumentException error(@Nullable String message, Object... below) {
        Object[] place = at(below);
        return new InvalidDocumentException(
                dotted(place), locator.line(place), String.valueOf(message));
    }

    private <T> T required(String key, @Nullable T value) {
        if (value == null) {
            throw error("'%s' is missing".formatted(key));
        }
        return value;
    }

    private <T> @Nullable T ofType(
            Class<T> type, String expected, @Nullable Object value, Object... below) {
        if (value == null) {
            return null;
        }
        if (!type.isInstance(value)) {
            throw error("expected %s, found %s".formatted(expected, kind(value)), below);
        }
        return type.cast(value);
    }

    private static String kind(Object value) {
        return switch (value) {
            case String text -> "the text '" + text + "'";
            case Map<?, ?> _ -> "a table";
            case List<?> _ -> "an array";
            default -> String.valueOf(value);
        };
    }

    private Object[] at(Object... below) {
        Object[] place = Arrays.copyOf(path, path.length + below.length);
        System.arraycopy(below, 0, place, path.length, below.length);
        return place;
    }

    private static String dotted(Object... place) {
        var text = new StringBuilder();
        for (Object step : place) {
            if (step instanceof Integer) {
                text.append('[').append(step).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step);
            }
        }
        return text.toString();
    }
}
