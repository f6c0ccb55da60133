package dev.blast.toml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
     * A text enters an array, laid out and quoted as its neighbours are.
     *
     * @param place of it then, from 0 to the number of elements
     * @return empty where there is no such array, or it is written in no usual way
     */
    public Optional<TomlEditor> insert(int place, String with, Object... array)
            throws TomlException {
        if (!(value(array) instanceof List<?> list) || place < 0 || place > list.size()) {
            return Optional.empty();
        }
        var begins = new ArrayList<Integer>();
        for (int i = 0; i < list.size(); i++) {
            begins.add(offset(longer(array, i)));
        }
        int open = offset(array);
        if (text.charAt(open) != '[' || begins.contains(-1)) {
            return Optional.empty();
        }
        var layout = new ArrayLayout(text, open, begins, lineEnd());
        String edited = text;
        for (ArrayLayout.Splice each :
                layout.insert(place, TomlText.quoted(with, layout.quote()))) {
            edited = each.in(edited);
        }
        Map<String, Object> meant = values();
        list(meant, array).add(place, with);
        return meaning(edited, meant);
    }

    /**
     * A text value becomes another; in its quotes, as far as these can hold it.
     *
     * @return empty where there is no text at this place
     */
    public Optional<TomlEditor> replace(String with, Object... path) throws TomlException {
        if (!(value(path) instanceof String)) {
            return Optional.empty();
        }
        int begin = offset(path);
        int end = new TomlScanner(text).literal(begin).end();
        return edited(begin, end, TomlText.quoted(with, text.charAt(begin)));
    }

    /**
     * A table gets one key more, behind those that it has. Where there is no such table, it comes
     * behind the keys of another, or else to the end of the text.
     *
     * @param written the value as TOML has it, on one line
     * @param behind a table with a header of its own; null for the end
     * @return empty where the table has the key, or is written in no usual way
     */
    public Optional<TomlEditor> put(
            String key, String written, List<String> table, @Nullable String behind)
            throws TomlException {
        Map<String, Object> meant = values();
        Map<String, Object> place = made(meant, table);
        if (place == null || place.containsKey(key)) {
            return Optional.empty();
        }
        Object value = TomlDocument.parse(name, "it = " + written).values().get("it");
        place.put(key, Objects.requireNonNull(value));
        var layout = new TableLayout(text, document, lineEnd());
        for (ArrayLayout.Splice way : layout.ways(key, written, table, behind)) {
            Optional<TomlEditor> edited = meaning(way.in(text), meant);
            if (edited.isPresent()) {
                return edited;
            }
        }
        return Optional.empty();
    }

    /** A table of these values, made where there is none; null where something else is there. */
    @SuppressWarnings("unchecked") // what TomlDocument makes
    private static @Nullable Map<String, Object> made(
            Map<String, Object> values, List<String> path) {
        Map<String, Object> at = values;
        for (String part : path) {
            Object next = at.computeIfAbsent(part, _ -> new LinkedHashMap<String, Object>());
            if (!(next instanceof Map<?, ?>)) {
                return null;
            }
            at = (Map<String, Object>) next;
        }
        return at;
    }

    /**
     * A key leaves its table, with its line; a table with a header that had nothing else goes too.
     *
     * @return empty where there is no such key, or it is written in no usual way
     */
    public Optional<TomlEditor> take(String key, List<String> table) throws TomlException {
        var path = new ArrayList<Object>(table);
        path.add(key);
        int header = table.isEmpty() ? -1 : offset(table.toArray());
        var layout = new TableLayout(text, document, lineEnd());
        if (value(path.toArray()) == null || !layout.isHeader(header, table)) {
            return Optional.empty();
        }
        var scanner = new TomlScanner(text);
        int begin = offset(path.toArray());
        int line = scanner.lineBegin(begin);
        int end = scanner.behindValue(begin);
        boolean isAlone =
                line > header
                        && scanner.isLineEnd(end)
                        && scanner.behindKey(scanner.behindBlanks(line)) == begin;
        if (!isAlone) {
            return Optional.empty();
        }
        Map<String, Object> meant = values();
        Map<?, ?> left = map(meant, table);
        left.remove(key);
        int from = line;
        int to = scanner.nextLine(end);
        boolean wasAll =
                left.isEmpty()
                        && scanner.nextLine(header) == line
                        && scanner.behindKeys(header) == to;
        if (wasAll) {
            from = scanner.lineBegin(header);
            int above = scanner.lineBegin(Math.max(0, from - 1));
            from = text.substring(above, from).isBlank() ? above : from;
        }
        return meaning(text.substring(0, from) + text.substring(to), meant);
    }

    /** The edited text, if it says that and nothing else; an empty table says nothing. */
    private Optional<TomlEditor> meaning(String edited, Map<String, Object> meant) {
        try {
            TomlEditor editor = of(name, edited);
            return said(editor.values()).equals(said(meant))
                    ? Optional.of(editor)
                    : Optional.empty();
        } catch (TomlException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> said(Map<?, ?> table) {
        var said = new LinkedHashMap<String, Object>();
        table.forEach((key, value) -> {
            Object each = value instanceof Map<?, ?> below ? said(below) : value;
            if (!each.equals(Map.of())) {
                said.put(String.valueOf(key), each);
            }
        });
        return said;
    }

    /** As most of the lines end: all of them, unless somebody mixed them. */
    private String lineEnd() {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }

    @SuppressWarnings("unchecked") // what TomlDocument makes
    private static List<Object> list(Map<String, Object> values, Object... path) {
        Object at = values;
        for (Object part : path) {
            at =
                    part instanceof Integer place
                            ? ((List<Object>) at).get(place)
                            : Objects.requireNonNull(((Map<String, Object>) at).get(part));
        }
        return (List<Object>) at;
    }

    @SuppressWarnings("unchecked") // what TomlDocument makes
    private static Map<String, Object> map(Map<String, Object> values, List<String> path) {
        Map<String, Object> at = values;
        for (String part : path) {
            at = (Map<String, Object>) Objects.requireNonNull(at.get(part));
        }
        return at;
    }

    private static Object[] longer(Object[] path, Object last) {
        Object[] longer = Arrays.copyOf(path, path.length + 1);
        longer[path.length] = last;
        return longer;
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
        int ahead = commaAhead(scanner, path);
        if (text.substring(lineBegin, begin).isBlank()
                && scanner.isLineEnd(last)
                && (comma < 0 || last > end)) {
            Optional<TomlEditor> without = edited(lineBegin, scanner.nextLine(last), "");
            return comma < 0 && ahead >= 0
                    ? without.get().withoutComma(ahead) // the last has none still
                    : without.get().closed(array);
        }
        if (last > end) {
            int behind = scanner.behindBlanks(last);
            return scanner.isLineEnd(behind) || text.charAt(behind) == ']'
                    ? edited(scanner.beforeBlanks(begin), last, "")
                    : edited(begin, behind, "");
        }
        if (ahead >= 0 && scanner.isOnOneLine(ahead, begin)) {
            boolean alone = text.substring(lineBegin, ahead).isBlank() && scanner.isLineEnd(end);
            return alone
                    ? edited(lineBegin, scanner.nextLine(end), "")
                    : edited(scanner.beforeBlanks(ahead), end, "");
        }
        if (comma < 0 && ahead >= 0 && text.substring(ahead + 1, begin).isBlank()) {
            return edited(ahead, end, ""); // what closes the array follows on its line
        }
        int next = comma < 0 ? -1 : next(path);
        if (next >= 0 && !text.substring(end, next).contains("#")) {
            return edited(begin, next, ""); // the comma leads the next one's line
        }
        // its comma stands lines below, behind what comments on it; or there is none
        return edited(
                begin, comma < 0 ? end : comma + 1, comma < 0 ? "" : text.substring(end, comma));
    }

    /** Where it has a line of its own the line goes. */
    private Optional<TomlEditor> withoutComma(int comma) throws TomlException {
        var scanner = new TomlScanner(text);
        int line = scanner.lineBegin(comma);
        int next = scanner.nextLine(comma);
        return text.substring(line, next).strip().equals(",")
                ? edited(line, next, "")
                : edited(comma, comma + 1, "");
    }

    /** An array that has nothing in it any more, and no comment, needs no lines. */
    private Optional<TomlEditor> closed(Object... array) throws TomlException {
        int open = offset(array);
        int close = new TomlScanner(text).behindValue(open) - 1;
        return value(array) instanceof List<?> left
                        && left.isEmpty()
                        && text.substring(open + 1, close).isBlank()
                ? edited(open + 1, close, "")
                : Optional.of(this);
    }

    /** Where the element behind one begins; -1 behind the last. */
    private int next(Object... path) {
        Object[] next = path.clone();
        next[path.length - 1] = (Integer) path[path.length - 1] + 1;
        return value(next) == null ? -1 : offset(next);
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
        return document.value(path);
    }
}
