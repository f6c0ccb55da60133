package dev.blast.toml;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Edits of a TOML text after which every other character stands as it stood: comments, order,
 * quotes, indentation, line ends. Immutable; each edit gives a text that was parsed again. Where
 * values stand is what the parser says; what lies around them is looked at here ({@code
 * TomlScanner}).
 */
public final class TomlEditor {
    private final String name;
    private final String text;
    private final TomlDocument document;

    private TomlEditor(String name, String text, TomlDocument document) {
        this.name = name;
        this.text = text;
        this.document = document;
    }

    /**
     * Begins with a text.
     *
     * @param name how it is called in errors
     */
    public static TomlEditor of(String name, String text) throws TomlException {
        return new TomlEditor(name, text, TomlDocument.parse(name, text));
    }

    public String text() {
        return text;
    }

    public Map<String, Object> values() {
        return document.values();
    }

    /** The line of a value, from 1. */
    public int line(Object... path) {
        return document.line(path);
    }

    /** Where the first character of a value stands in the text. */
    public int offset(Object... path) {
        return document.offset(Arrays.asList(path));
    }

    /**
     * A part of a text value becomes another; its quotes and escapes stay.
     *
     * @param begin in the value, not in the document
     * @param with letters that stand for themselves between all quotes
     * @return empty where there is no text at this place, or no such part of it
     */
    public Optional<TomlEditor> splice(int begin, int end, String with, Object... path)
            throws TomlException {
        Object value = value(path);
        if (!(value instanceof String was)
                || begin < 0
                || end < begin
                || end > was.length()
                || with.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\'' || c == '\\')) {
            return Optional.empty();
        }
        TomlScanner.Literal literal = new TomlScanner(text).literal(offset(path));
        if (!literal.value().equals(was)) {
            return Optional.empty();
        }
        return edited(literal.at(begin), literal.at(end), with);
    }

    /**
     * An element leaves its array, with its comma. Where it has a line of its own the line goes,
     * and the comment on it; what stands on other lines stays.
     *
     * @param path ends with the element's place
     * @return empty where there is no such element
     */
    public Optional<TomlEditor> remove(Object... path) throws TomlException {
        Object[] array = Arrays.copyOf(path, Math.max(0, path.length - 1));
        if (value(path) == null
                || !(value(array) instanceof List<?>)
                || !(path[path.length - 1] instanceof Integer)) {
            return Optional.empty();
        }
        var scanner = new TomlScanner(text);
        int begin = offset(path);
        int end = scanner.behindValue(begin);
        int comma = scanner.comma(end);
        int lineBegin = scanner.lineBegin(begin);
        int last = comma >= 0 && scanner.isOnOneLine(end, comma) ? comma + 1 : end;
        if (text.substring(lineBegin, begin).isBlank()
                && scanner.isLineEnd(last)
                && (comma < 0 || last > end)) {
            return edited(lineBegin, scanner.nextLine(last), "");
        }
        if (last > end) {
            int behind = scanner.behindBlanks(last);
            return scanner.isLineEnd(behind)
                    ? edited(scanner.beforeBlanks(begin), last, "")
                    : edited(begin, behind, "");
        }
        int ahead = commaAhead(scanner, path);
        if (ahead >= 0 && scanner.isOnOneLine(ahead, begin)) {
            boolean alone = text.substring(lineBegin, ahead).isBlank() && scanner.isLineEnd(end);
            return alone
                    ? edited(lineBegin, scanner.nextLine(end), "")
                    : edited(scanner.beforeBlanks(ahead), end, "");
        }
        // its comma stands lines below, behind what comments on it; or there is none
        return edited(
                begin, comma < 0 ? end : comma + 1, comma < 0 ? "" : text.substring(end, comma));
    }

    /** The comma between an element and the one before it; -1 before the first. */
    private int commaAhead(TomlScanner scanner, Object... path) {
        int last = path.length - 1;
        if (!(path[last] instanceof Integer place) || place == 0) {
            return -1;
        }
        Object[] before = path.clone();
        before[last] = place - 1;
        return scanner.comma(scanner.behindValue(offset(before)));
    }

    private Optional<TomlEditor> edited(int begin, int end, String with) throws TomlException {
        return Optional.of(of(name, text.substring(0, begin) + with + text.substring(end)));
    }

    private @Nullable Object value(Object... path) {
        Object at = document.values();
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
}
