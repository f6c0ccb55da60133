package dev.blast.packaging;

import java.io.Serial;

/**
 * A marker that is well formed but says nothing: a comparison that does not exist, a variable that
 * is not there.
 */
public final class UndefinedMarkerException extends IllegalArgumentException {
    @Serial private static final long serialVersionUID = 1;

    /** What is missing. */
    public enum Kind {
        COMPARISON,
        VARIABLE
    }

    private final Kind kind;

    UndefinedMarkerException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
