package dev.blast.solver.repair;

/** What letting go of something costs: nothing is worse than doing without. */
final class Prices {
    static final int UNPIN = 5;
    static final int UNHOLD = 20;
    static final int PRERELEASE = 30;
    static final int DROP = 100;

    /** Less than {@link #DROP} together, however far away the versions are. */
    private static final int WIDEN = 10;

    private static final int FURTHEST = 80;

    private Prices() {}

    static int widening(int distance) {
        return WIDEN + Math.min(distance, FURTHEST);
    }
}
