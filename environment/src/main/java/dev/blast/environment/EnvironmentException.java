package dev.blast.environment;

import dev.blast.packaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * Something that an environment rests on (a file, a disk, another process, an index) did not do
 * what was needed. The message says what was tried, on what, and what came back; a second line,
 * where it helps, says what to do. Unless the message says otherwise, nothing was changed.
 */
public class EnvironmentException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param line what is foreign in it begins no other
     */
    public EnvironmentException(String line) {
        this(Message.line(line), null);
    }

    public EnvironmentException(String line, @Nullable Throwable cause) {
        this(Message.line(line), cause);
    }

    public EnvironmentException(Message message) {
        this(message, null);
    }

    public EnvironmentException(Message message, @Nullable Throwable cause) {
        super(message.text(), cause);
    }
}
