package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.kernel.Syscall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Keeps all processes of one sandbox from running, and lets them run again: by the cgroup of
 * version 2 that it was born in, see {@code cgroup.freeze} in the kernel's cgroup-v2.rst; else, in
 * a pid namespace of its own, by SIGSTOP to each, which no program can refuse, until a look finds
 * none that runs. For one thread at a time.
 */
final class Freezer {
    static final long HOLD_MILLIS = 250;

    private static final int SIGSTOP = 19;
    private static final int SIGCONT = 18;
    private static final long PATIENCE_NANOS = 2_000_000_000L;
    private static final long PAUSE_NANOS = 5_000_000;

    /** SIGHUP, SIGINT, SIGQUIT and SIGTERM, as bits. */
    private static final long ENDING = 1 | (1 << 1) | (1 << 2) | (1 << 14);

    private final Optional<Path> group;
    private final boolean hasOwnProcesses;
    private final LongSupplier first;
    private final Kernel kernel;
    private boolean byGroup;
    private Map<String, Long> pendingBefore = Map.of();

    /**
     * Of one sandbox.
     *
     * @param group the cgroup of version 2 that all of it is in
     * @param hasOwnProcesses whether it has a pid namespace, so that none can leave it
     * @param first its first process
     */
    Freezer(Optional<Path> group, boolean hasOwnProcesses, LongSupplier first, Kernel kernel) {
        this.group = group.filter(it -> Files.exists(it.resolve("cgroup.freeze")));
        this.hasOwnProcesses = hasOwnProcesses;
        this.first = first;
        this.kernel = kernel;
    }

    /** Whether nothing of it runs now. */
    boolean freeze() {
        byGroup = group.isPresent() && write(group.get(), "1");
        boolean frozen = byGroup ? isFrozen(group.orElseThrow()) : (hasOwnProcesses && stopAll());
        pendingBefore = pending();
        return frozen;
    }

    /** Once more, where somebody outside may have let it go on. Whether nothing runs. */
    boolean hold() {
        return byGroup || stopAll();
    }

    /**
     * Whether somebody outside wants it to end, as by Ctrl-C: what is frozen does not hear of it,
     * and nobody inside can have sent it.
     */
    boolean isAskedToEnd() {
        for (Map.Entry<String, Long> one : pending().entrySet()) {
            if ((one.getValue() & ~pendingBefore.getOrDefault(one.getKey(), 0L) & ENDING) != 0) {
                return true;
            }
        }
        return false;
    }

    void thaw() {
        if (byGroup) {
            write(group.orElseThrow(), "0");
        } else {
            programs().forEach(process -> signal(process, SIGCONT));
        }
    }

    private static boolean write(Path group, String value) {
        try {
            Files.writeString(group.resolve("cgroup.freeze"), value, StandardOpenOption.WRITE);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** What waits for a disk freezes when it comes back from there, and does nothing before. */
    private static boolean isFrozen(Path group) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!Lines.of(group.resolve("cgroup.events")).contains("frozen 1")) {
            if (System.nanoTime() > deadline) {
                return Lines.of(group.resolve("cgroup.freeze")).contains("1");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    /**
     * A process that has not stopped yet can let another go on, or fork: so again, until in one
     * look none runs.
     */
    private boolean stopAll() {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            List<Seen> running = programs().stream().filter(it -> !it.isHalted()).toList();
            if (running.isEmpty()) {
                return true;
            }
            if (System.nanoTime() > deadline) {
                return false;
            }
            running.forEach(process -> signal(process, SIGSTOP));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** The first process runs on: it does nothing but wait, and says how the sandbox stands. */
    private List<Seen> programs() {
        long init = first.getAsLong();
        return InsideProcesses.of(init).stream()
                .map(Seen::of)
                .filter(it -> it.pid() != init && !it.state().isEmpty())
                .toList();
    }

    /** Its number may have been given to another since. */
    private void signal(Seen process, int number) {
        long descriptor = kernel.call(Syscall.pidfd_open, process.pid(), 0);
        if (descriptor >= 0) {
            if (Seen.of(process.path()).began().equals(process.began())) {
                kernel.call(Syscall.pidfd_send_signal, descriptor, number, 0, 0);
            }
            kernel.call(Syscall.close, descriptor);
        }
    }

    private Map<String, Long> pending() {
        Map<String, Long> pending = new HashMap<>();
        for (Seen process : programs()) {
            long signals = 0;
            for (String line : Lines.of(process.path().resolve("status"))) {
                if (line.startsWith("SigPnd:") || line.startsWith("ShdPnd:")) {
                    signals |= Long.parseUnsignedLong(line.substring(7).strip(), 16);
                }
            }
            pending.put(process.pid() + " " + process.began(), signals);
        }
        return pending;
    }

    /**
     * A process as it was looked at.
     *
     * @param state a letter, see proc_pid_stat(5); empty where it is gone
     * @param began in clock ticks since boot: with the number it means one process only
     */
    private record Seen(Path path, long pid, String state, String began) {
        /** Stopped, traced and stopped, ended. */
        private static final String HALTED = "TtZX";

        private static final int STARTED = 19;

        static Seen of(Path path) {
            long pid = Long.parseLong(String.valueOf(path.getFileName()));
            String stat = String.join("\n", Lines.of(path.resolve("stat")));
            int name = stat.lastIndexOf(')');
            if (name < 0) {
                return new Seen(path, pid, "", "");
            }
            String[] fields = stat.substring(name + 2).split(" ", -1);
            return new Seen(path, pid, fields[0], fields[STARTED]);
        }

        boolean isHalted() {
            return HALTED.contains(state);
        }
    }
}
