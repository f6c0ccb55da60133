package dev.blast.solver.search;

/**
 * How far a search may go.
 *
 * @param neighbourhood the answers that it looks at
 * @param reads versions that may be read for it
 * @param patience refusals of a node before the search leaps
 * @param recalls whether versions that others read in vain count as refusals
 */
record Bounds(Neighbourhood neighbourhood, int reads, int patience, boolean recalls) {

    Bounds(Neighbourhood neighbourhood, int reads, int patience) {
        this(neighbourhood, reads, patience, false);
    }

    /** As far as it takes. */
    static final Bounds NONE = reads(Integer.MAX_VALUE);

    static Bounds reads(int reads) {
        return new Bounds(Neighbourhood.EVERYTHING, reads, Leaps.PATIENCE);
    }
}
