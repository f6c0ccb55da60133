package dev.blast.environment.sync;

import dev.blast.solver.Proof;
import java.util.List;

/**
 * What a lock is made for besides the interpreter at hand.
 *
 * @param places in words, the interpreter at hand among them
 * @param leftOut for what it could not be made
 */
public record LockedElsewhere(List<String> places, List<LeftOut> leftOut) {
    public LockedElsewhere {
        places = List.copyOf(places);
        leftOut = List.copyOf(leftOut);
    }

    /** A place for which no versions fit together. */
    public record LeftOut(String place, Proof proof) {}
}
