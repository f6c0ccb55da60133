package dev.blast.enforcer;

import java.util.List;

/**
 * How a program ended.
 *
 * @param exitCode its own, or 128 and the number of the signal that ended it
 * @param limitsHit the limits it ran into on the way
 */
public record Ending(int exitCode, List<LimitHit> limitsHit) {
    public Ending {
        limitsHit = List.copyOf(limitsHit);
    }
}
