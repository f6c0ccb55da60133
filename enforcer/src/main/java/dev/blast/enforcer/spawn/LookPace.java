package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;

/**
 * How long to wait from one look to the next: looking takes no more than a twentieth of a
 * processor. What counts is the time for which the thread itself ran: a machine that is busy, which
 * a program can see to, would put off the next look by much more than that. For one thread.
 */
public final class LookPace {
    /** {@code CLOCK_THREAD_CPUTIME_ID} of clock_gettime(2). */
    private static final int OF_THIS_THREAD = 3;

    private static final int TIMESPEC_BYTES = 16;
    private static final long NANOS = 1_000_000_000;
    private static final int SHARE = 20;
    private static final long LONGEST_MILLIS = 30_000;

    private final Kernel kernel;
    private long began;

    public LookPace(Kernel kernel) {
        this.kernel = kernel;
    }

    /** A look begins. */
    public void begin() {
        began = ran();
    }

    /**
     * It is over.
     *
     * @param shortest milliseconds
     * @return milliseconds until the next one
     */
    public long pause(long shortest) {
        return pause(ran() - began, shortest);
    }

    static long pause(long nanos, long shortest) {
        return Math.clamp(nanos / 1_000_000 * SHARE, shortest, LONGEST_MILLIS);
    }

    /** Nanoseconds; no look is put off where the kernel does not say. */
    private long ran() {
        try (NativeMemory memory = new NativeMemory()) {
            long time = memory.allocate(TIMESPEC_BYTES);
            return kernel.call(Syscall.clock_gettime, OF_THIS_THREAD, time) == 0
                    ? memory.getLong(time) * NANOS + memory.getLong(time + Long.BYTES)
                    : 0;
        }
    }
}
