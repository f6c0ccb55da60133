package dev.blast.solver;

/** Why there is no answer. */
public final class Proof {
    private final Incompatibility empty;

    Proof(Incompatibility empty) {
        this.empty = empty;
    }

    Incompatibility empty() {
        return empty;
    }
}
