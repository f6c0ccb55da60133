package dev.blast.solver.repair;

/** How much is done for one request before the next one has its turn. */
enum Pace {
    /** Until somebody has something to read: what is hard is put off, and nothing is given up. */
    QUICK,
    /** As much as the budget gives. */
    THOROUGH
}
