package dev.blast.toml;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an array is laid out, and where a new element goes in it so that it looks as its neighbours:
 * on a line of its own where they are, indented as they are, with a comma where they have one.
 */
final class ArrayLayout {
    /** What people and formatters use where nothing in the text says otherwise. */
    private static final String INDENT = "    ";

    private static final Pattern INDENTED = Pattern.compile("(?m)^([ \\t]+)[\"']");

    private final String text;
    private final TomlScanner scanner;
    private final int open;
    private final List<Integer> begins;
    private final String lineEnd;

    /**
     * @param open where its bracket is
     * @param begins where its elements begin
     */
    ArrayLayout(String text, int open, List<Integer> begins, String lineEnd) {
        this.text = text;
        this.scanner = new TomlScanner(text);
        this.open = open;
        this.begins = List.copyOf(begins);
        this.lineEnd = lineEnd;
    }

    /** A part of the text that becomes another. */
    record Splice(int begin, int end, String with) {
        static Splice at(int place, String with) {
            return new Splice(place, place, with);
        }

        /** The other text. */
        String in(String text) {
            return text.substring(0, begin) + with + text.substring(end);
        }
    }

    /** Double quotes, unless the elements have others. */
    char quote() {
        return begins.stream()
                .map(text::charAt)
                .filter(c -> c == '\'' || c == '"')
                .reduce((_, last) -> last)
                .orElse('"');
    }

    /**
     * What is to be done, from the end of the text.
     *
     * @param place which element the new one is then
     * @param value as it is written
     */
    List<Splice> insert(int place, String value) {
        return begins.isEmpty()
                ? List.of(intoEmpty(value))
                : place >= begins.size() ? append(value) : List.of(before(place, value));
    }

    private int end(int element) {
        return scanner.behindValue(begins.get(element));
    }

    private boolean hasOwnLine(int element) {
        int begin = begins.get(element);
        return text.substring(scanner.lineBegin(begin), begin).isBlank();
    }

    private String indent(int element) {
        int begin = begins.get(element);
        return text.substring(scanner.lineBegin(begin), begin);
    }

    /**
     * What stands between an element and the next: a comma, with blanks or a line end around it.
     */
    private String gap(int element) {
        if (element < 0 || element + 1 >= begins.size()) {
            return ", ";
        }
        String between = text.substring(end(element), begins.get(element + 1));
        return between.contains("#") ? ", " : between;
    }

    private Splice intoEmpty(String value) {
        int close = scanner.behindValue(open) - 1;
        String inside = text.substring(open + 1, close);
        int line = scanner.lineBegin(open);
        String before = text.substring(line, open);
        String outer = before.substring(0, before.length() - before.stripLeading().length());
        Matcher indented = INDENTED.matcher(text);
        String inner = outer + (indented.find() ? indented.group(1) : INDENT);
        if (inside.contains("\n")) {
            return Splice.at(scanner.lineBegin(close), inner + value + "," + lineEnd);
        }
        return before.contains("{") // an inline table stays on its line
                ? new Splice(open + 1, close, value)
                : new Splice(open + 1, close, lineEnd + inner + value + "," + lineEnd + outer);
    }

    private List<Splice> append(String value) {
        int last = begins.size() - 1;
        int end = end(last);
        int comma = scanner.comma(end);
        boolean ownLine = hasOwnLine(last);
        if (comma >= 0) {
            return List.of(
                    ownLine && scanner.isOnOneLine(end, comma) && scanner.isLineEnd(comma + 1)
                            ? Splice.at(
                                    scanner.nextLine(comma), indent(last) + value + "," + lineEnd)
                            : Splice.at(comma + 1, " " + value + ","));
        }
        String gap = gap(last - 1);
        if (gap.stripTrailing().contains("\n")) { // the comma leads its line
            return List.of(Splice.at(scanner.lineEnd(end), gap + value));
        }
        if (!ownLine) {
            return List.of(Splice.at(end, gap + value));
        }
        return scanner.isLineEnd(end)
                ? List.of(
                        Splice.at(scanner.nextLine(end), indent(last) + value + lineEnd),
                        Splice.at(end, ","))
                : List.of(Splice.at(end, "," + lineEnd + indent(last) + value));
    }

    /** Behind the one before it, since a comment on lines of its own is about what follows. */
    private Splice before(int place, String value) {
        int begin = begins.get(place);
        if (place == 0) {
            boolean leads = gap(0).stripTrailing().contains("\n");
            return hasOwnLine(0) && !leads
                    ? Splice.at(scanner.lineBegin(begin), indent(0) + value + "," + lineEnd)
                    : Splice.at(begin, value + gap(0));
        }
        int end = end(place - 1);
        int comma = scanner.comma(end);
        return hasOwnLine(place - 1)
                        && scanner.isOnOneLine(end, comma)
                        && scanner.isLineEnd(comma + 1)
                ? Splice.at(scanner.nextLine(comma), indent(place - 1) + value + "," + lineEnd)
                : Splice.at(begin, value + gap(place - 1));
    }
}
