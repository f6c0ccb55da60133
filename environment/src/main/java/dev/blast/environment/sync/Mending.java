package dev.blast.environment.sync;

import dev.blast.environment.change.Repaired;
import dev.blast.environment.project.AmendedFile;
import java.util.List;
import java.util.Optional;

/**
 * What a sync does besides, where it is a way out of a conflict. The way was solved with the first
 * answer that was found; the sync takes the one that its strategy puts first.
 *
 * @param files of the project that are written otherwise
 * @param repaired for the history
 */
record Mending(List<AmendedFile> files, Optional<Repaired> repaired) {
    /** An ordinary sync. */
    static final Mending NONE = new Mending(List.of(), Optional.empty());

    Mending {
        files = List.copyOf(files);
    }
}
