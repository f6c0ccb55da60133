package dev.blast.cli.editor;

import dev.blast.rules.source.Span;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/**
 * A text as an editor counts it: lines from 0, which end with a line feed, a carriage return or
 * both, and columns from 0. Immutable.
 */
final class DocumentText {
    private final String text;
    private final ColumnUnit unit;

    /** The offset at which each line begins, ascending. */
    private final int[] lines;

    DocumentText(String text, ColumnUnit unit) {
        this.text = text;
        this.unit = unit;
        lines =
                IntStream.concat(
                                IntStream.of(0),
                                IntStream.range(0, text.length())
                                        .filter(this::endsLine)
                                        .map(at -> at + 1))
                        .toArray();
    }

    private boolean endsLine(int at) {
        char c = text.charAt(at);
        return c == '\n' || (c == '\r' && !text.startsWith("\n", at + 1));
    }

    String text() {
        return text;
    }

    /** Of a place that is not there the nearest one that is. */
    int offset(Position position) {
        if (position.getLine() >= lines.length) {
            return text.length();
        }
        int line = Math.max(0, position.getLine());
        int at = lines[line];
        int left = position.getCharacter();
        int end = endOfLine(line);
        while (at < end) {
            int c = text.codePointAt(at);
            left -= unit.width(c);
            if (left < 0) {
                break; // within one character
            }
            at += Character.charCount(c);
        }
        return at;
    }

    private int endOfLine(int line) {
        int end = line + 1 < lines.length ? lines[line + 1] : text.length();
        int start = lines[line];
        while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return end;
    }

    Position position(int offset) {
        int found = Arrays.binarySearch(lines, offset);
        int line = found >= 0 ? found : -found - 2;
        int column = text.substring(lines[line], offset).codePoints().map(unit::width).sum();
        return new Position(line, column);
    }

    Range range(Span span) {
        return new Range(position(span.start()), position(span.end()));
    }

    /**
     * Where a place of a policy file is: those count lines by line feeds and columns by characters,
     * from 1.
     */
    int offset(dev.blast.rules.source.Position position) {
        int at = 0;
        for (int line = 1; line < position.line(); line++) {
            int end = text.indexOf('\n', at);
            if (end < 0) {
                return text.length();
            }
            at = end + 1;
        }
        for (int column = 1;
                column < position.column() && at < text.length() && text.charAt(at) != '\n';
                column++) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    /** The same with another text between two places. */
    DocumentText with(Range range, String written) {
        int begin = offset(range.getStart());
        int end = Math.max(begin, offset(range.getEnd()));
        return new DocumentText(text.substring(0, begin) + written + text.substring(end), unit);
    }

    DocumentText with(String whole) {
        return new DocumentText(whole, unit);
    }
}
