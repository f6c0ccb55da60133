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

    /** It says something every five to six seconds. */
    private static final int PERIOD = 6;

    /** In which it has to. */
    private static final int PATIENCE = 12;

    /** The same where it wants to run and cannot. */
    private static final int LONG_PATIENCE = 60;

    /** A slice that took longer: this process was stopped, or the machine slept. */
    private static final long STOPPED_NANOS = 3 * SLICE_MILLIS * 1_000_000;

    private static final int SIGCONT = 18;

    /** Of proc_pid_stat(5), after the name. */
    private static final int FLAGS = 6;

    /** Of the flags: it is in do_exit(), from where none comes back. */
    private static final long PF_EXITING = 4;

    private static final long POLLIN = 1;
    private static final int POLLFD_BYTES = 8;

    private final Canary canary;
    private final OutsideWalls outside;
    private final Path first;
    private final boolean isWithinReach;
    private final BooleanSupplier frozen;
    private final Kernel kernel;

    /**
     * Of one sandbox.
     *
     * @param isWithinReach whether its program can stop its first process, which no pid namespace
     *     keeps it from
     * @param frozen whether nothing of it runs, as it was told to
     */
    WallWatch(
            Canary canary,
            OutsideWalls outside,
            Path first,
            boolean isWithinReach,
            BooleanSupplier frozen,
            Kernel kernel) {
        this.canary = canary;
        this.outside = outside;
        this.first = first;
        this.isWithinReach = isWithinReach;
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
            boolean wasLetGoOn = false;
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
                    if (read > 0) {
                        lost = lost(canary, words(memory, report));
                        if (lost.isPresent()) {
                            return lost;
                        }
                    }
                    lost = read > 0 ? outside.lost() : Optional.of(Wall.ANSWER);
                    silent = 0;
                    wasLetGoOn = false;
                } else {
                    boolean asleep = System.nanoTime() - began > STOPPED_NANOS;
                    silent = asleep || frozen.getAsBoolean() ? 0 : silent + 1;
                    lost =
                            silent >= PERIOD && silent % PERIOD == 0
                                    ? outside.lost()
                                    : Optional.empty();
                    if (lost.isEmpty() && silent >= PATIENCE) {
                        lost = silence(silent, wasLetGoOn);
                    }
                    if (lost.isEmpty() && silent >= PATIENCE && isWithinReach && isStopped()) {
                        kernel.call(Syscall.pidfd_send_signal, pidfd, SIGCONT, 0, 0);
                        wasLetGoOn = true;
                        silent = 0;
                    }
                }
                if (lost.isPresent()) {
                    return isEnding(memory, pidfd) ? Optional.empty() : lost;
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

    /**
     * Whether it has ended or is about to: what it had of files and namespaces is gone then, while
     * it waits for the others of its pid namespace.
     */
    private boolean isEnding(NativeMemory memory, long pidfd) {
        List<String> stat = stat();
        if (stat.size() > FLAGS && (Long.parseLong(stat.get(FLAGS)) & PF_EXITING) != 0) {
            return true;
        }
        long poll = memory.longs(pidfd | POLLIN << 32);
        long ready;
        do {
            ready = kernel.call(Syscall.poll, poll, 1, SLICE_MILLIS);
        } while (ready == -Errno.EINTR.number());
        return ready > 0;
    }

    /**
     * Of a process that nobody inside can stop, whoever did is outside and wants it to go on some
     * time; one within reach is let go on once, and has to answer then.
     */
    private Optional<Wall> silence(int seconds, boolean wasLetGoOn) {
        List<String> stat = stat();
        char state = stat.isEmpty() ? 'X' : stat.getFirst().charAt(0);
        return switch (state) {
            case 'T', 't' -> wasLetGoOn ? Optional.of(Wall.ANSWER) : Optional.empty();
            case 'X', 'Z' -> Optional.empty();
            case 'R', 'D' -> seconds < LONG_PATIENCE ? Optional.empty() : Optional.of(Wall.ANSWER);
            default -> outside.isFrozen() ? Optional.empty() : Optional.of(Wall.ANSWER);
        };
    }

    private boolean isStopped() {
        List<String> stat = stat();
        return !stat.isEmpty() && stat.getFirst().equals("T");
    }

    /** What follows the name; empty where there is nothing to be seen. */
    private List<String> stat() {
        String stat = String.join("\n", Lines.of(first.resolve("stat")));
        int name = stat.lastIndexOf(')');
        return name < 0 ? List.of() : List.of(stat.substring(name + 2).split(" ", -1));
    }
}
