package dev.blast.solver;

import dev.blast.packaging.Message;

/**
 * A source gives no wheel: what was tried, what came back, and where the whole log lies. Nothing
 * else was changed by trying.
 */
public final class BuildException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean forbidden;

    /** See the class; the first line is what proofs say of the version, and continues "it". */
    public BuildException(Message message) {
        this(message, false);
    }

    private BuildException(Message message, boolean forbidden) {
        super(message.text());
        this.forbidden = forbidden;
    }

    /** Nothing was tried, since somebody does not want it; the same line. */
    public static BuildException forbidden(Message message) {
        return new BuildException(message, true);
    }

    /** Whether nothing was tried, since somebody does not want it. */
    public boolean isForbidden() {
        return forbidden;
    }

    /** What proofs say of the version. */
    public String sentence() {
        return String.valueOf(getMessage()).lines().findFirst().orElse("");
    }
}
