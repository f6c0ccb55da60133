package dev.blast.enforcer.plan;

import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.Limits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Limits that nothing in the kernel keeps: a thread outside looks, and ends the program.
 *
 * @param timeSeconds how long the program may run
 * @param disk what it may put on the disk
 * @param memory what all its processes may have together, where no cgroup counts it
 */
public record WatchedLimits(
        Optional<Limit> timeSeconds, Optional<DiskBudget> disk, Optional<MemoryBudget> memory) {
    public static final WatchedLimits NOTHING =
            new WatchedLimits(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * By the limits of a policy.
     *
     * @param inside the steps that fill the new root
     * @param privateFolder what stands in for temporary folders where nothing can be mounted
     */
    public static WatchedLimits of(
            Limits limits, List<Step> inside, @Nullable Path privateFolder, CgroupPlaces cgroups) {
        return new WatchedLimits(
                Optional.ofNullable(limits.timeSeconds()),
                DiskBudget.of(limits, inside, privateFolder),
                Optional.ofNullable(limits.memoryBytes())
                        .filter(_ -> !cgroups.offers(Controller.MEMORY))
                        .map(bytes ->
                                MemoryBudget.of(
                                        bytes, privateFolder == null ? inside : List.of())));
    }
}
