package dev.blast.enforcer.spawn;

import dev.blast.enforcer.plan.Wall;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a program ended.
 *
 * @param exitCode its own, or 128 and the number of the signal that ended it
 * @param limitsHit the limits it ran into on the way
 * @param changed what somebody outside moved, replaced or made, so that the program was ended: it
 *     is protected, and what is there now would have been open to the program
 * @param lost the wall of its sandbox that did not stand any more, so that it was ended
 */
public record Ending(
        int exitCode, List<LimitHit> limitsHit, Optional<Path> changed, Optional<Wall> lost) {
    public Ending {
        limitsHit = List.copyOf(limitsHit);
    }
}
