package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks from time to time at what no part of the kernel keeps within its limit. Begun by the thread
 * that starts the sandbox; then one thread of its own looks until the first excess, or the end.
 */
final class UseWatch {
    /** A disk is filled faster than memory, which an rlimit bounds for each process besides. */
    private static final long DISK_MILLIS = 250;

    private static final long MEMORY_MILLIS = 1_000;

    private static final long POLLIN = 1;

    private final Optional<DiskMeter> disk;
    private final Optional<MemoryMeter> memory;
    private final Kernel kernel;

    private UseWatch(Optional<DiskMeter> disk, Optional<MemoryMeter> memory, Kernel kernel) {
        this.disk = disk;
        this.memory = memory;
        this.kernel = kernel;
    }

    /** Looks at what is there before the program starts. */
    static UseWatch begin(Plan plan, Kernel kernel) {
        return new UseWatch(
                plan.watched().disk().map(budget -> DiskMeter.begin(budget, kernel)),
                plan.watched().memory().map(budget -> new MemoryMeter(budget, kernel)),
                kernel);
    }

    boolean isNeeded() {
        return disk.isPresent() || memory.isPresent();
    }

    /**
     * Waits for the first excess, or for the end of a process.
     *
     * @param first the sandbox's first process
     * @param pidfd readable when it has ended
     */
    Optional<LimitHit> waitForExcess(long first, long pidfd) {
        long shortest = disk.isPresent() ? DISK_MILLIS : MEMORY_MILLIS;
        long pause = shortest;
        var pace = new LookPace(kernel);
        try (NativeMemory room = new NativeMemory()) {
            long poll = room.longs(pidfd | POLLIN << 32);
            while (true) {
                long result = kernel.call(Syscall.poll, poll, 1, pause);
                if (result == -Errno.EINTR.number()) {
                    continue;
                }
                if (result != 0) {
                    return Optional.empty();
                }
                pace.begin();
                Optional<LimitHit> excess =
                        memory.flatMap(meter -> meter.excess(first))
                                .or(() -> disk.flatMap(meter -> meter.excess(first)));
                if (excess.isPresent()) {
                    return excess;
                }
                pause = pace.pause(shortest);
            }
        }
    }

    /** What a program that has ended by itself went beyond before anybody looked. */
    List<LimitHit> last() {
        List<LimitHit> hits = new ArrayList<>();
        disk.flatMap(DiskMeter::last).ifPresent(hits::add);
        return hits;
    }
}
