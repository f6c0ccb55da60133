package dev.blast.solver;

import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the versions that there are of a package.
 *
 * @param runs in ascending order; between two there are versions that are not meant
 * @param all whether these are all that there are
 * @param written what somebody wrote and what lets through just these; null where nobody did, or
 *     one version or all are meant
 */
public record KnownVersions(
        PackagePart of, List<Run> runs, boolean all, @Nullable SpecifierSet written) {

    public KnownVersions {
        runs = List.copyOf(runs);
    }

    /**
     * Neighbours: there is no other version between the first and the last of them.
     *
     * @param count of the versions, 1 where first and last are the same
     */
    public record Run(Version first, Version last, int count) {}

    public int count() {
        return runs.stream().mapToInt(Run::count).sum();
    }
}
