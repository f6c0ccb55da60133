package dev.blast.solver;

/** There is no answer, and why. */
public record Unsolvable(Proof proof, Statistics statistics) implements Outcome {}
