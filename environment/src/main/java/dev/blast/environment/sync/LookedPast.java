package dev.blast.environment.sync;

import dev.blast.environment.change.FollowedStrategy;
import dev.blast.packaging.PackageName;
import java.util.List;

/**
 * The lock fits, and something else was decided.
 *
 * @param strategy the first that does not keep what is there
 * @param packages that differ
 */
public record LookedPast(FollowedStrategy strategy, List<PackageName> packages) {
    public LookedPast {
        packages = List.copyOf(packages);
    }
}
