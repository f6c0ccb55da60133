package dev.blast.environment;

import org.jspecify.annotations.Nullable;

/**
 * Something that an environment rests on (a file, a disk, another process, an index) did not do
 * what was needed. The message says what was tried, on what, and what came back; a second line,
 * where it helps, says what to do. Unless the message says otherwise, nothing was changed.
 */
public class EnvironmentException extends Exception {
    private static final long serialVersionUID = 1L;

    public EnvironmentException(String message) {
        super(message);
    }

    public EnvironmentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
