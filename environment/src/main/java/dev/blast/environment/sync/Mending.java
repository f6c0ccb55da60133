package dev.blast.environment.sync;

import dev.blast.environment.change.Repaired;
import dev.blast.environment.project.PlannedEdit;
import java.util.Optional;

/**
 * What a sync does besides, where it is a way out of a conflict or edits the project. A way out was
 * solved with the first answer that was found; the sync takes the one that its strategy puts first.
 *
 * @param edit of the project's files
 * @param repaired for the history, of a way out
 */
record Mending(PlannedEdit edit, Optional<Repaired> repaired) {
    /** An ordinary sync. */
    static final Mending NONE = new Mending(PlannedEdit.NONE, Optional.empty());
}
