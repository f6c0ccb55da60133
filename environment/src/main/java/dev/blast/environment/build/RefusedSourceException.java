package dev.blast.environment.build;

import dev.blast.packaging.Visible;
import java.io.IOException;

/** A source is not one that can be laid out safely, or not what its name says. */
public final class RefusedSourceException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * See the class.
     *
     * @param why a sentence about "it"
     */
    public RefusedSourceException(String why) {
        super(Visible.of(why));
    }
}
