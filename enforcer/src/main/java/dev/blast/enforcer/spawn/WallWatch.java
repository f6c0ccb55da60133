package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.Canary;
import dev.blast.enforcer.plan.Wall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Hears what the first process of a sandbox says of its walls, every five seconds, and looks as
 * often at those that are seen better from outside. One thread.
 */
final class WallWatch {
    /** What that process says at once: a word for each look. */
    static final int REPORT_BYTES = Canary.MOST_LOOKS * Long.BYTES;

    private static final long SLICE_MILLIS = 1_000;

    /** In which it has to say something; it does so every five to six seconds. */
    private static final int PATIENCE = 12;

    /** The same where it wants to run and cannot. */
    private static final int LONG_PATIENCE = 60;

    /** A slice that took longer: this process was stopped, or the machine slept. */
    private static final long STOPPED_NANOS = 3 * SLICE_MILLIS * 1_000_000;

    private static final long POLLIN = 1;
    private static final int POLLFD_BYTES = 8;

    private final Canary canary;
    private final OutsideWalls outside;
    private final Path first;
    private final BooleanSupplier frozen;
    private final Kernel kernel;

    /**
     * Of one sandbox.
     *
     * @param frozen whether nothing of it runs, as it was told to
     */
    WallWatch(
            Canary canary,
            OutsideWalls outside,
            Path first,
            BooleanSupplier frozen,
            Kernel kernel) {
        this.canary = canary;
        this.outside = outside;
        this.first = first;
        this.frozen = frozen;
        this.kernel = kernel;
    }

    /**
     * Waits for the first wall that does not stand, or for the end of the sandbox.
     *
     * @param line on which its first process says how it is
     * @param pidfd readable when that has ended
     */
    Optional<Wall> waitForLoss(long line, long pidfd) {
        try (NativeMemory memory = new NativeMemory()) {
            long poll = memory.longs(line | POLLIN << 32, pidfd | POLLIN << 32);
            long report = memory.allocate(REPORT_BYTES);
            int silent = 0;
            while (true) {
                long began = System.nanoTime();
                long ready = kernel.call(Syscall.poll, poll, 2, SLICE_MILLIS);
                if (ready == -Errno.EINTR.number()) {
                    continue;
                }
                if (memory.getLong(poll + POLLFD_BYTES) >>> 48 != 0) {
                    return Optional.empty();
                }
                Optional<Wall> lost;
                if (ready > 0) {
                    long read = kernel.call(Syscall.read, line, report, REPORT_BYTES);
                    if (read <= 0) {
                        return endsSoon(memory, pidfd)
                                ? Optional.empty()
                                : Optional.of(Wall.ANSWER);
                    }
                    lost = lost(canary, words(memory, report));
                    if (lost.isEmpty()) {
                        lost = outside.lost();
                        if (lost.isPresent() && endsSoon(memory, pidfd)) {
                            return Optional.empty(); // who is ending is in no group any more
                        }
                    }
                    silent = 0;
                } else {
                    boolean asleep = System.nanoTime() - began > STOPPED_NANOS;
                    silent = asleep || frozen.getAsBoolean() ? 0 : silent + 1;
                    lost = silent < PATIENCE ? Optional.empty() : silence(silent);
                }
                if (lost.isPresent()) {
                    return lost;
                }
            }
        }
    }

    private static List<Long> words(NativeMemory memory, long report) {
        List<Long> words = new ArrayList<>();
        for (int i = 0; i < Canary.MOST_LOOKS; i++) {
            words.add(memory.getLong(report + (long) Long.BYTES * i));
        }
        return words;
    }

    /** The first wall of which something else came than must. */
    static Optional<Wall> lost(Canary canary, List<Long> results) {
        for (int i = 0; i < canary.looks().size(); i++) {
            Long expected = canary.looks().get(i).expected();
            if (expected != null && !expected.equals(results.get(i))) {
                return Optional.of(canary.looks().get(i).wall());
            }
        }
        return Optional.empty();
    }

    /** It closes its line when it ends, and ends at once. */
    private boolean endsSoon(NativeMemory memory, long pidfd) {
        long poll = memory.longs(pidfd | POLLIN << 32);
        long ready;
        do {
            ready = kernel.call(Syscall.poll, poll, 1, SLICE_MILLIS);
        } while (ready == -Errno.EINTR.number());
        return ready > 0;
    }

    /** Nobody inside can stop it, so whoever did is outside and wants it to go on some time. */
    private Optional<Wall> silence(int seconds) {
        String stat = String.join("\n", Lines.of(first.resolve("stat")));
        int name = stat.lastIndexOf(')');
        char state = name < 0 ? 'X' : stat.charAt(name + 2);
        return switch (state) {
            case 'T', 't', 'X', 'Z' -> Optional.empty();
            case 'R', 'D' -> seconds < LONG_PATIENCE ? Optional.empty() : Optional.of(Wall.ANSWER);
            default -> outside.isFrozen() ? Optional.empty() : Optional.of(Wall.ANSWER);
        };
    }
}
