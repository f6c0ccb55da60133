package dev.blast.rules;

/** The reading of one rule, constraint or statement cannot go on here. Caught where reading can start afresh. */
final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    SyntaxException(Diagnostic diagnostic) {
        super(diagnostic.message());
        this.diagnostic = diagnostic;
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }
}
