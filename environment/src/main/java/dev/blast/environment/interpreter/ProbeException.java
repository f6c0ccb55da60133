package dev.blast.environment.interpreter;

import dev.blast.packaging.Visible;
import java.io.IOException;

/**
 * A file that should be an interpreter does not start, or does not answer as one. The message is
 * the reason alone.
 */
final class ProbeException extends IOException {
    private static final long serialVersionUID = 1;

    ProbeException(String why) {
        super(Visible.of(why));
    }
}
