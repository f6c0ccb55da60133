package dev.blast.packaging;

import java.io.Serial;

/**
 * A document (TOML or JSON, read by somebody else) that is not what its standard wants. The message
 * says where in the document, what was expected, and what stands there.
 */
public final class InvalidDocumentException extends IllegalArgumentException {
    @Serial private static final long serialVersionUID = 1;

    private final String path;
    private final int line;

    InvalidDocumentException(String path, int line, String message) {
        super(path.isEmpty() ? message : path + ": " + message);
        this.path = path;
        this.line = line;
    }

    /** The place as a dotted path, such as {@code project.dependencies[2]}; empty for the whole. */
    public String path() {
        return path;
    }

    /** The line, from 1; 0 where it is not known. */
    public int line() {
        return line;
    }
}
