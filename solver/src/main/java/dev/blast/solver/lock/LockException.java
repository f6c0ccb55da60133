package dev.blast.solver.lock;

import dev.blast.packaging.Message;
import java.io.Serial;

/**
 * A lock file cannot be read or written. The message names the file, the line where there is one,
 * and what is wrong with it.
 */
public final class LockException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    LockException(String line) {
        this(Message.line(line));
    }

    LockException(Message message) {
        super(message.text());
    }
}
