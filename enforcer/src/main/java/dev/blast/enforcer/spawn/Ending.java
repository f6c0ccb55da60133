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
    private static final int SIGNALLED = 128;
    private static final int SIGRTMAX = 64;

    public Ending {
        limitsHit = List.copyOf(limitsHit);
    }

    /** What shells make of a signal. */
    static int exitCode(int signal) {
        return SIGNALLED + signal;
    }

    /** The signal that an exit code stands for; 0 where it stands for none. */
    static int signal(int exitCode) {
        int signal = exitCode - SIGNALLED;
        return signal > 0 && signal <= SIGRTMAX ? signal : 0;
    }
}
