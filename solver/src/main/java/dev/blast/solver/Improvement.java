package dev.blast.solver;

/**
 * A step from one answer to a better one.
 *
 * @param by what found it
 * @param about the package that it began with; empty where it began with none
 */
public record Improvement(Finder by, String about) {

    /** What finds better answers. */
    public enum Finder {
        /** The complete core, asked for an answer in which one package does better. */
        NEIGHBOURHOOD,
        /** Branch and bound over all answers. */
        EXACT,
        /** Timefold's moves of one package after another. */
        MOVES
    }
}
