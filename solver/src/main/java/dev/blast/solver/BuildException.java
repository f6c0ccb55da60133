package dev.blast.solver;

import dev.blast.packaging.Message;

/**
 * A source gives no wheel: what was tried, what came back, and where the whole log lies. Nothing
 * else was changed by trying.
 */
public final class BuildException extends Exception {
    private static final long serialVersionUID = 1L;

    /** See the class; the first line is what proofs say of the version, and continues "it". */
    public BuildException(Message message) {
        super(message.text());
    }
}
