package dev.blast.rules;

/**
 * One thing wrong in a policy file. Caught where reading or checking can start afresh, so that the
 * others are found too.
 */
final class Flaw extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    Flaw(Diagnostic diagnostic) {
        super(diagnostic.message(), null, false, false); // a file may hold thousands
        this.diagnostic = diagnostic;
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }
}
