package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import java.util.List;
import java.util.function.Consumer;

/** Looks four times a second at what the kernel counts of a sandbox's limits. */
final class CounterWatch {
    private static final long MILLIS = 250;
    private static final long POLLIN = 1;

    private CounterWatch() {}

    /**
     * Tells of each look, until a process has ended.
     *
     * @param pidfd readable when it has
     */
    static void untilEnd(
            SandboxCgroups cgroups, long pidfd, Kernel kernel, Consumer<List<LimitHit>> told) {
        try (NativeMemory room = new NativeMemory()) {
            long poll = room.longs(pidfd | POLLIN << 32);
            while (true) {
                long result = kernel.call(Syscall.poll, poll, 1, MILLIS);
                if (result == 0) {
                    told.accept(cgroups.hits());
                } else if (result != -Errno.EINTR.number()) {
                    return;
                }
            }
        }
    }
}
