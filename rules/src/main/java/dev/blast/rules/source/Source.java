package dev.blast.rules.source;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A policy file's text with its lines: offsets become places, places become diagnostics. */
public final class Source {
    private final PolicyFile file;

    /** The offset at which each line begins, ascending. */
    private final int[] lineStarts;

    public Source(PolicyFile file) {
        this.file = file;
        String text = file.text();
        lineStarts =
                IntStream.concat(
                                IntStream.of(0),
                                IntStream.range(0, text.length())
                                        .filter(i -> text.charAt(i) == '\n')
                                        .map(i -> i + 1))
                        .toArray();
    }

    public PolicyFile file() {
        return file;
    }

    public String text() {
        return file.text();
    }

    public String text(Span span) {
        return file.text().substring(span.start(), span.end());
    }

    public int line(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /**
     * What stands on a line, without the blanks around it; on the nearest one where there is no
     * such line.
     */
    public Span spanOfLine(int line) {
        int index = Math.clamp(line, 1, lineStarts.length) - 1;
        int start = lineStarts[index];
        int end = index + 1 < lineStarts.length ? lineStarts[index + 1] : text().length();
        String content = text().substring(start, end);
        int indent = content.length() - content.stripLeading().length();
        return new Span(
                start + indent, Math.max(start + indent, start + content.stripTrailing().length()));
    }

    public Position position(int offset) {
        int line = line(offset);
        int start = lineStarts[line - 1];
        return new Position(line, text().codePointCount(start, offset) + 1);
    }

    public Origin origin(int offset) {
        Position position = position(offset);
        return new Origin(file.displayPath(), position.line(), position.column());
    }

    /** What is found at a stretch of the file; whether it is an error is said by its code. */
    public Diagnostic diagnostic(Code code, Span span, String message, String... help) {
        Position begin = position(span.start());
        int from = lineStarts[begin.line() - 1];
        int to = begin.line() < lineStarts.length ? lineStarts[begin.line()] : text().length();
        while (to > Math.max(from, span.start()) && Character.isWhitespace(text().charAt(to - 1))) {
            to--;
        }
        return new Diagnostic(
                code,
                file.displayPath(),
                begin,
                position(span.end()),
                message,
                List.of(help),
                Excerpt.of(text(), from, to, span),
                null);
    }

    /** The change that puts a text in the place of a stretch. */
    public Correction correction(Span span, String text) {
        return new Correction(position(span.start()), position(span.end()), text);
    }
}
