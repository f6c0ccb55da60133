package dev.blast.solver;

/** The answer to a {@link Request}: versions that fit together, or a proof that there are none. */
public sealed interface Outcome permits Resolution, Unsolvable {
    Statistics statistics();
}
