package dev.blast.environment.install;

import dev.blast.packaging.Visible;
import java.io.IOException;

/** Files that came from elsewhere are not the installed packages that they should be. */
public final class RefusedFilesException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * See the class.
     *
     * @param why a sentence
     */
    public RefusedFilesException(String why) {
        super(Visible.of(why));
    }
}
