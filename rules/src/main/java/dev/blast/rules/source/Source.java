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

    public Origin origin(int offset) {
        int line = line(offset);
        return new Origin(file.displayPath(), line, offset - lineStarts[line - 1] + 1);
    }

    public Diagnostic error(Span span, String message, String... help) {
        return diagnostic(Severity.ERROR, span, message, help);
    }

    public Diagnostic warning(Span span, String message, String... help) {
        return diagnostic(Severity.WARNING, span, message, help);
    }

    private Diagnostic diagnostic(Severity severity, Span span, String message, String... help) {
        Origin origin = origin(span.start());
        int begin = lineStarts[origin.line() - 1];
        int end =
                origin.line() < lineStarts.length
                        ? lineStarts[origin.line()]
                        : file.text().length();
        while (end > Math.max(begin, span.start())
                && Character.isWhitespace(file.text().charAt(end - 1))) {
            end--;
        }
        Excerpt line = Excerpt.of(file.text(), begin, end, span.start());
        return new Diagnostic(
                file.displayPath(),
                origin.line(),
                origin.column(),
                span.end() - span.start(),
                message,
                line.text(),
                line.mark() + 1,
                List.of(help),
                severity);
    }
}
