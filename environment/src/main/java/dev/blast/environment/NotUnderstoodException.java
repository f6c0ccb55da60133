package dev.blast.environment;

import dev.blast.packaging.Message;
import java.io.IOException;

/**
 * A file that a person wrote says something that Blast does not understand; the message has the
 * place. What cannot be read at all is another {@link EnvironmentException}.
 */
public final class NotUnderstoodException extends EnvironmentException {
    private static final long serialVersionUID = 1L;

    private NotUnderstoodException(EnvironmentException e) {
        super(Message.of(e), e);
    }

    /** Something that reads what people write. */
    @FunctionalInterface
    public interface Reading<T> {
        T read() throws EnvironmentException;
    }

    /** Reads it. What the disk does not give is no misunderstanding. */
    public static <T> T in(Reading<T> reading) throws EnvironmentException {
        try {
            return reading.read();
        } catch (NotUnderstoodException e) {
            throw e;
        } catch (EnvironmentException e) {
            throw e.getCause() instanceof IOException ? e : new NotUnderstoodException(e);
        }
    }
}
