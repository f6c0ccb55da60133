package dev.blast.solver.search;

/**
 * How much an attempt may do before it is given up.
 *
 * @param reads versions that may be looked at
 * @param conflicts refusals of versions, and conflicts that something is learned from
 */
public record Limits(int reads, int conflicts) {

    /** As much as it takes. */
    static final Limits NONE = reads(Integer.MAX_VALUE);

    /** Any number of conflicts. */
    public static Limits reads(int reads) {
        return new Limits(reads, Integer.MAX_VALUE);
    }

    /** The same, but no more reads than so many. */
    Limits atMost(int reads) {
        return new Limits(Math.min(this.reads, reads), conflicts);
    }
}
