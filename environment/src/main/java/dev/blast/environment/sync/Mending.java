package dev.blast.environment.sync;

import dev.blast.environment.change.Repaired;
import dev.blast.environment.project.AmendedFile;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.Resolution;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a sync does besides, where it is a way out of a conflict.
 *
 * @param files of the project that are written otherwise
 * @param shown the versions of the way out
 * @param repaired for the history
 */
record Mending(
        List<AmendedFile> files, Map<PackageName, Version> shown, Optional<Repaired> repaired) {
    /** An ordinary sync. */
    static final Mending NONE = new Mending(List.of(), Map.of(), Optional.empty());

    Mending {
        files = List.copyOf(files);
        shown = Map.copyOf(shown);
    }

    static Map<PackageName, Version> versions(Resolution resolution) {
        Map<PackageName, Version> versions = new TreeMap<>();
        resolution.pins().forEach(pin -> versions.put(pin.name(), pin.version()));
        return versions;
    }

    /** Whether an answer is what it would be by this. */
    boolean agreesWith(Resolution resolution) {
        return repaired.isEmpty() || versions(resolution).equals(shown);
    }
}
