package dev.blast.rules.source;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong in a policy file. Caught where reading or checking can start afresh, so that the
 * others are found too.
 */
public final class Flaw extends Exception {
    private static final long serialVersionUID = 1L;

    /** Null where this only follows from what was found before. */
    private final transient @Nullable Diagnostic diagnostic;

    public Flaw(Diagnostic diagnostic) {
        super(diagnostic.message(), null, false, false); // a file may hold thousands
        this.diagnostic = diagnostic;
    }

    private Flaw() {
        super("follows from another", null, false, false);
        diagnostic = null;
    }

    /** What cannot be told because of a mistake that was found before: nothing is said about it. */
    public static Flaw echo() {
        return new Flaw();
    }

    @Nullable Diagnostic diagnostic() {
        return diagnostic;
    }

    /** The same, with the change that mends it for certain. */
    public Flaw mendedBy(Correction certain) {
        return diagnostic == null ? this : new Flaw(diagnostic.with(certain));
    }
}
