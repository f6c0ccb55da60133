package dev.blast.solver;

import java.time.Duration;

/**
 * What an answer cost.
 *
 * @param versionsRead versions whose metadata the search looked at
 * @param pages packages whose versions the search looked at
 * @param decisions versions chosen, extras counted by themselves
 * @param conflicts versions rejected at once, and conflicts that were learned from
 * @param backjumps times that decisions were taken back
 */
public record Statistics(
        int versionsRead,
        int pages,
        int decisions,
        int conflicts,
        int backjumps,
        Duration elapsed) {

    /** The same, when some more time was spent. */
    public Statistics and(Duration more) {
        return new Statistics(
                versionsRead, pages, decisions, conflicts, backjumps, elapsed.plus(more));
    }
}
