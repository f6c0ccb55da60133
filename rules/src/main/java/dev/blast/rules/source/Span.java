package dev.blast.rules.source;

/** A stretch of a file's text: from start, up to but without end. */
public record Span(int start, int end) {
    public Span to(Span last) {
        return new Span(start, last.end);
    }

    /** The place behind it. */
    public Span behind() {
        return new Span(end, end);
    }

    public int length() {
        return end - start;
    }
}
