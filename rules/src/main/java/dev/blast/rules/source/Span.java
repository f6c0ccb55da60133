package dev.blast.rules.source;

/** A stretch of a file's text: from start, up to but without end. */
public record Span(int start, int end) {
    public Span to(Span last) {
        return new Span(start, last.end);
    }
}
