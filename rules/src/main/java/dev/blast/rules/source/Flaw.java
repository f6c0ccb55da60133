package dev.blast.rules.source;

/**
 * One thing wrong in a policy file. Caught where reading or checking can start afresh, so that the
 * others are found too.
 */
public final class Flaw extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    public Flaw(Diagnostic diagnostic) {
        super(diagnostic.message(), null, false, false); // a file may hold thousands
        this.diagnostic = diagnostic;
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }

    /** The same, with the change that mends it for certain. */
    public Flaw mendedBy(Correction certain) {
        return new Flaw(diagnostic.with(certain));
    }
}
