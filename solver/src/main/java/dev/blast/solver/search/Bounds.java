package dev.blast.solver.search;

/**
 * How far a search may go.
 *
 * @param neighbourhood the answers that it looks at
 * @param allowance what it may do
 * @param patience refusals of a node before the search leaps
 * @param recalls whether versions that others read in vain count as refusals
 * @param concedes whether the search ends where something has to be conceded to it
 */
record Bounds(
        Neighbourhood neighbourhood,
        Allowance allowance,
        int patience,
        boolean recalls,
        boolean concedes) {

    /** As far as it takes. */
    static final Bounds NONE = reads(Integer.MAX_VALUE);

    Bounds(Neighbourhood neighbourhood, Allowance allowance, int patience) {
        this(neighbourhood, allowance, patience, false, false);
    }

    /** Of any answer. */
    static Bounds everything(Allowance allowance, int patience, boolean concedes) {
        return new Bounds(Neighbourhood.EVERYTHING, allowance, patience, false, concedes);
    }

    /** One that may read so many versions. */
    Bounds(Neighbourhood neighbourhood, int reads, int patience) {
        this(neighbourhood, Allowance.reads(reads), patience);
    }

    static Bounds reads(int reads) {
        return new Bounds(Neighbourhood.EVERYTHING, reads, Leaps.PATIENCE);
    }
}
