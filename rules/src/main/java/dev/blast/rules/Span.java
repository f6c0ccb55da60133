package dev.blast.rules;

/** A stretch of a file's text: from start, up to but without end. */
record Span(int start, int end) {
    Span to(Span last) {
        return new Span(start, last.end);
    }
}
