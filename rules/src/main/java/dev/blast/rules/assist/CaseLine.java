package dev.blast.rules.assist;

import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a test file, as far as what stands before it on its line tells: a case has a line for
 * each of its keys.
 *
 * @param key of the line; empty where there is none yet
 * @param table whose braces are open around it: {@code ask}, or a fact; empty where none are
 * @param field that a value is given to in those braces; empty where none is yet
 * @param isInText whether it lies between quotes
 * @param word what is written there so far
 */
record CaseLine(String key, String table, String field, boolean isInText, Span word) {
    private static final Pattern PIECE =
            Pattern.compile(
                    "([A-Za-z]+)[ \\t]*=[ \\t]*(\\{?)|[{},]|\"(?:[^\"\\\\]|\\\\.)*(\"?)|'[^']*('?)");

    private static final Pattern WORD = Pattern.compile("[A-Za-z-]*$");

    static CaseLine at(String text, int offset) {
        int start = text.lastIndexOf('\n', offset - 1) + 1;
        String line = text.substring(start, offset);
        String key = "";
        String field = "";
        Deque<String> open = new ArrayDeque<>();
        int quote = -1;
        Matcher pieces = PIECE.matcher(line);
        while (pieces.find()) {
            String piece = pieces.group();
            if (pieces.group(1) != null) {
                key = key.isEmpty() ? pieces.group(1) : key;
                field = pieces.group(1);
                if (!pieces.group(2).isEmpty()) {
                    open.push(pieces.group(1));
                    field = "";
                }
            } else if (piece.equals("{")) {
                open.push(open.isEmpty() ? key : open.element());
                field = "";
            } else if (piece.equals("}")) {
                open.poll();
                field = "";
            } else if (piece.equals(",")) {
                field = open.isEmpty() ? field : "";
            } else if ("".equals(pieces.group(3)) || "".equals(pieces.group(4))) {
                quote = pieces.start() + 1;
            }
        }
        Matcher word = WORD.matcher(line);
        int begin = quote >= 0 ? quote : word.find() ? word.start() : line.length();
        String table = open.isEmpty() ? "" : open.element();
        return new CaseLine(key, table, field, quote >= 0, new Span(start + begin, offset));
    }

    /** The fact whose fields stand in the braces around it. */
    Optional<FactType> fact() {
        return switch (table) {
            case "session" -> Optional.of(Facts.SESSION);
            case "installed" -> Optional.of(Facts.DISTRIBUTION);
            default -> Facts.named(table);
        };
    }
}
