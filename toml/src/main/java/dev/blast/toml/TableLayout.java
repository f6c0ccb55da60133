package dev.blast.toml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How tables are laid out, and the ways in which one gets a key more: below its header, in its
 * braces, as a dotted key behind its neighbours, or with a header of its own. Which of them the
 * text allows is seen by what comes of it.
 */
final class TableLayout {
    private final String text;
    private final TomlDocument document;
    private final TomlScanner scanner;
    private final String lineEnd;

    TableLayout(String text, TomlDocument document, String lineEnd) {
        this.text = text;
        this.document = document;
        this.scanner = new TomlScanner(text);
        this.lineEnd = lineEnd;
    }

    /**
     * The ways, the most usual first.
     *
     * @param written the value as TOML has it, on one line
     * @param behind a table with a header, behind whose keys a new header comes; null for the end
     */
    List<ArrayLayout.Splice> ways(
            String key, String written, List<String> table, @Nullable String behind) {
        String line = "%s = %s".formatted(TomlText.key(key), written);
        List<String> above = table.subList(0, Math.max(0, table.size() - 1));
        boolean isThere = document.value(table.toArray()) instanceof Map<?, ?>;
        return Stream.of(
                        isThere ? belowHeader(line, table) : header(line, table, behind),
                        isThere
                                ? inBraces(line, table)
                                : inBraces(
                                        "%s = { %s }"
                                                .formatted(TomlText.key(table.getLast()), line),
                                        above),
                        dotted(line, table),
                        header(line, table, behind))
                .flatMap(Optional::stream)
                .toList();
    }

    private int offset(List<String> path) {
        return document.offset(List.copyOf(path));
    }

    private Optional<ArrayLayout.Splice> belowHeader(String line, List<String> table) {
        int begin = offset(table);
        if (begin < 0 || !isHeader(begin, table)) {
            return Optional.empty();
        }
        int at = scanner.behindKeys(begin);
        return Optional.of(
                ArrayLayout.Splice.at(at, begun(at) + indentAbove(begin, at) + line + lineEnd));
    }

    private Optional<ArrayLayout.Splice> inBraces(String line, List<String> table) {
        int begin = table.isEmpty() ? -1 : offset(table);
        if (begin < 0 || text.charAt(begin) != '{') {
            return Optional.empty();
        }
        int close = scanner.behindValue(begin) - 1;
        return Optional.of(
                text.substring(begin + 1, close).isBlank()
                        ? new ArrayLayout.Splice(begin + 1, close, " %s ".formatted(line))
                        : ArrayLayout.Splice.at(scanner.beforeBlanks(close), ", " + line));
    }

    /** Behind the last key of the same table, below the same header or above all of them. */
    private Optional<ArrayLayout.Splice> dotted(String line, List<String> table) {
        List<String> there = table;
        while (!there.isEmpty() && !(document.value(there.toArray()) instanceof Map<?, ?>)) {
            there = there.subList(0, there.size() - 1);
        }
        List<String> headed = there;
        while (!headed.isEmpty() && !isHeader(offset(headed), headed)) {
            headed = headed.subList(0, headed.size() - 1);
        }
        if (there.isEmpty()
                || headed.size() == table.size()
                || !(document.value(there.toArray()) instanceof Map<?, ?> keys)) {
            return Optional.empty();
        }
        int last = -1;
        for (Object each : keys.keySet()) {
            var path = new ArrayList<Object>(there);
            path.add(each);
            last = Math.max(last, document.offset(path));
        }
        int at = last < 0 ? -1 : scanner.nextLine(scanner.behindValue(last));
        int end = headed.isEmpty() ? scanner.keysEnd(0) : scanner.behindKeys(offset(headed));
        if (at < 0 || at > end) {
            return Optional.empty();
        }
        int begin = scanner.lineBegin(last);
        String dots =
                table.subList(headed.size(), table.size()).stream()
                        .map(TomlText::key)
                        .collect(Collectors.joining("."));
        String indent = text.substring(begin, scanner.behindBlanks(begin));
        return Optional.of(
                ArrayLayout.Splice.at(at, begun(at) + indent + dots + "." + line + lineEnd));
    }

    private Optional<ArrayLayout.Splice> header(
            String line, List<String> table, @Nullable String behind) {
        int at = text.length();
        if (behind != null) {
            int begin = offset(List.of(behind));
            if (begin < 0 || !isHeader(begin, List.of(behind))) {
                return Optional.empty();
            }
            at = scanner.behindKeys(begin);
        }
        String header =
                table.stream().map(TomlText::key).collect(Collectors.joining(".", "[", "]"));
        String above = begun(at) + (text.substring(0, at).isBlank() ? "" : lineEnd);
        return Optional.of(ArrayLayout.Splice.at(at, above + header + lineEnd + line + lineEnd));
    }

    /** What ends the line before a place, where nothing does. */
    private String begun(int at) {
        return at == 0 || text.charAt(at - 1) == '\n' ? "" : lineEnd;
    }

    private String indentAbove(int header, int at) {
        int line = scanner.lineBegin(Math.max(0, at - 1));
        return line <= header
                ? ""
                : text.substring(line, at).matches("(?s)[ \\t]*[A-Za-z0-9_-].*")
                        ? text.substring(line, scanner.behindBlanks(line))
                        : "";
    }

    /** Whether a table begins here with a header of its own, and not by dotted keys. */
    boolean isHeader(int begin, List<String> table) {
        if (begin < 0 || text.charAt(begin) != '[') {
            return false;
        }
        int end = text.indexOf(']', begin);
        return end > 0
                && text.substring(begin + 1, end)
                        .replaceAll("[ \\t\"']", "")
                        .equals(String.join(".", table));
    }
}
