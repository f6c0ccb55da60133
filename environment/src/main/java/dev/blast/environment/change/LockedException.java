package dev.blast.environment.change;

import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.Message;

/**
 * Another command is changing the environment, and this one may not wait (any longer). Exit code 4.
 */
public final class LockedException extends EnvironmentException {
    private static final long serialVersionUID = 1L;

    private final transient WriterLock.Holder holder;

    LockedException(Message message, WriterLock.Holder holder) {
        super(message);
        this.holder = holder;
    }

    public WriterLock.Holder holder() {
        return holder;
    }
}
