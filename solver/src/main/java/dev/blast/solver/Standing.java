package dev.blast.solver;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a chosen version stands among those that there are. Pre-releases count only beside one.
 *
 * @param newest of all; null where no index has the package
 * @param free the newest version that nothing keeps out, with the rest as it is; null where there
 *     is none that is newer
 * @param bonds what keeps newer versions out
 */
public record Standing(
        PackageName name,
        Version chosen,
        @Nullable Version newest,
        @Nullable Version free,
        List<Bond> bonds) {
    public Standing {
        bonds = List.copyOf(bonds);
    }

    /**
     * One thing that keeps newer versions out.
     *
     * @param first the lowest of the newer versions that it keeps out
     * @param last the highest
     * @param count of them
     * @param without the newest version that would be free without it, with all else as it is; null
     *     where others keep out whatever it does
     */
    public record Bond(
            Restraint restraint,
            Version first,
            Version last,
            int count,
            @Nullable Version without) {}

    /** Whether there is a newer one. */
    public boolean isBehind() {
        return newest != null && newest.compareTo(chosen) > 0;
    }

    /** What keeps the newest out; empty where nothing does. */
    public List<Restraint> ofNewest() {
        return bonds.stream()
                .filter(bond -> newest != null && bond.last().equals(newest))
                .map(Bond::restraint)
                .toList();
    }
}
