package dev.blast.solver.logic;

/** Counts what searches do for one request. For one thread. */
public final class Effort {
    public int decisions;
    public int conflicts;
    public int backjumps;
}
