package dev.blast.environment.install;

import dev.blast.packaging.Visible;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A file, archive or environment is not as it has to be. The message says what was tried, on what,
 * and what came back; it is fit to be shown. It is an IOException so that callers treat a failing
 * disk and a failing archive alike.
 */
public class InstallException extends IOException {
    private static final long serialVersionUID = 1;

    public InstallException(String message) {
        super(Visible.of(message));
    }

    public InstallException(String message, @Nullable Throwable cause) {
        super(Visible.of(message), cause);
    }
}
