package dev.blast.solver.search;

import dev.blast.packaging.PackageName;
import java.util.Map;

/**
 * How far a search may go.
 *
 * @param wishes the only states in which these packages may be chosen
 * @param reads versions that may be read for it
 * @param patience refusals of a node before the search leaps
 */
record Bounds(Map<PackageName, Integer> wishes, int reads, int patience) {

    /** As far as it takes. */
    static final Bounds NONE = reads(Integer.MAX_VALUE);

    static Bounds reads(int reads) {
        return new Bounds(Map.of(), reads, Leaps.PATIENCE);
    }
}
