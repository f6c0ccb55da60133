package dev.blast.enforcer.spawn;

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
 */
public record Ending(int exitCode, List<LimitHit> limitsHit, Optional<Path> changed) {
    public Ending {
        limitsHit = List.copyOf(limitsHit);
    }
}
