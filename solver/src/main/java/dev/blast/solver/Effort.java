package dev.blast.solver;

/** Counts what searches do for one request. For one thread. */
final class Effort {
    int decisions;
    int conflicts;
    int backjumps;
}
