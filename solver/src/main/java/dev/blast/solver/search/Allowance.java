package dev.blast.solver.search;

/**
 * How much an attempt may do before it is given up.
 *
 * @param reads versions that may be looked at
 * @param conflicts refusals of versions, and conflicts that something is learned from
 */
public record Allowance(int reads, int conflicts) {

    /** As much as it takes. */
    static final Allowance NONE = reads(Integer.MAX_VALUE);

    /** Any number of conflicts. */
    public static Allowance reads(int reads) {
        return new Allowance(reads, Integer.MAX_VALUE);
    }

    /** The same, but no more reads than so many. */
    Allowance atMost(int reads) {
        return new Allowance(Math.min(this.reads, reads), conflicts);
    }
}
