package dev.blast.solver.lock;

import dev.blast.index.DistributionFile;
import dev.blast.packaging.Version;
import org.jspecify.annotations.Nullable;

/**
 * What is locked and of no known version, or without a file that may be taken.
 *
 * @param what there is instead: {@code a folder}
 * @param place where it would be found out, with {@link #UNKNOWN} as its version; null for nowhere
 */
public record Unpinned(String what, @Nullable DistributionFile place) {
    /** Stands for the version of what nobody has looked at. */
    public static final Version UNKNOWN = Version.parse("0");
}
