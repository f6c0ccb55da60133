package dev.blast.solver.lock;

import dev.blast.packaging.PackageName;
import dev.blast.solver.Resolution;
import java.util.Map;

/**
 * What is locked for one place.
 *
 * @param scope the extras and groups that the resolution is for
 * @param bound the index of a name that is asked for in one place alone
 */
public record LockAnswer(
        LockPlace place, LockScope scope, Resolution resolution, Map<PackageName, String> bound) {
    public LockAnswer {
        bound = Map.copyOf(bound);
    }
}
