package dev.blast.environment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The form of Blast's small state files: one {@code key value} a line, a key may come again, and a
 * last line {@code end} without which the text is not whole. A shell reads it as easily as Java.
 * Line ends and backslashes in values are escaped.
 */
public final class Lines {
    private static final String END = "end";

    private final Map<String, List<String>> values;

    private Lines(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Collects the lines of one text, in order. */
    public static final class Writer {
        private final StringBuilder text = new StringBuilder();

        public Writer add(String key, String value) {
            text.append(key).append(' ').append(escaped(value)).append('\n');
            return this;
        }

        public String text() {
            return text + END + "\n";
        }
    }

    /**
     * Reads a text that {@link Writer} wrote.
     *
     * @throws IllegalArgumentException where the text is not whole
     */
    public static Lines parse(String text) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getLast().equals(END)) {
            throw new IllegalArgumentException("its last line is missing");
        }
        for (String line : lines.subList(0, lines.size() - 1)) {
            int space = line.indexOf(' ');
            if (space < 0) {
                throw new IllegalArgumentException("'%s' is not a key and a value".formatted(line));
            }
            values.computeIfAbsent(line.substring(0, space), _ -> new ArrayList<>())
                    .add(unescaped(line.substring(space + 1)));
        }
        return new Lines(values);
    }

    /** A value on one line. */
    public static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    /**
     * The value that was {@link #escaped}.
     *
     * @throws IllegalArgumentException where it was not
     */
    public static String unescaped(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        var text = new StringBuilder(value.length());
        int at = 0;
        while (at < value.length()) {
            char c = value.charAt(at++);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            switch (at < value.length() ? value.charAt(at++) : ' ') {
                case '\\' -> text.append('\\');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                default ->
                        throw new IllegalArgumentException(
                                "'%s' has a backslash that escapes nothing".formatted(value));
            }
        }
        return text.toString();
    }

    public String one(String key) {
        List<String> all = all(key);
        if (all.size() != 1) {
            throw new IllegalArgumentException(
                    "'%s' stands there %d times, not once".formatted(key, all.size()));
        }
        return all.getFirst();
    }

    public List<String> all(String key) {
        return values.getOrDefault(key, List.of());
    }
}
