package dev.blast.solver.search;

/** What to do about a node that has to be decided. */
sealed interface Choice {

    /** Try the version of this state. */
    record Try(int state) implements Choice {}

    /** No version that is left can be chosen: what has been learned on the way says so. */
    record Exhausted() implements Choice {}
}
