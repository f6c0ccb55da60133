package dev.blast.solver.logic;

import org.jspecify.annotations.Nullable;

/** An incompatibility as one search watches it. For one thread. */
final class Watched {
    final Incompatibility incompatibility;

    /**
     * A step that contradicted it; while that stands there is nothing to propagate. Kept by {@link
     * PartialSolution}.
     */
    @Nullable Assignment contradictedBy;

    Watched(Incompatibility incompatibility) {
        this.incompatibility = incompatibility;
    }
}
