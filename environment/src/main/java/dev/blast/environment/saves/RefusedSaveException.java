package dev.blast.environment.saves;

import dev.blast.packaging.Visible;
import java.io.IOException;

/** What was given for a save is none, or not one that can be taken. Nothing of it was kept. */
public final class RefusedSaveException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * See the class.
     *
     * @param why a sentence about "it"
     */
    public RefusedSaveException(String why) {
        super(Visible.of(why));
    }
}
