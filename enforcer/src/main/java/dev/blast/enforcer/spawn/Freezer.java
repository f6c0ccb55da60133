package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.kernel.Syscall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Keeps all processes of one sandbox from running, and lets them run again: by the cgroup of
 * version 2 that it was born in, see {@code cgroup.freeze} in the kernel's cgroup-v2.rst; else, in
 * a pid namespace of its own, by SIGSTOP to each, which no program can refuse, until a look finds
 * no thread that runs. For one thread at a time.
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
    private final Kernel kernel;
    private Optional<Seen> first = Optional.empty();
    private boolean byGroup;

    /** What the last look found, where none of it ran. */
    private Optional<List<Seen>> still = Optional.empty();

    private Map<String, Long> pendingBefore = Map.of();

    /** What somebody had stopped before, and nobody else lets go on. */
    private Set<String> suspended = Set.of();

    /**
     * Of one sandbox.
     *
     * @param group the cgroup of version 2 that all of it is in
     * @param hasOwnProcesses whether it has a pid namespace, so that none can leave it
     */
    Freezer(Optional<Path> group, boolean hasOwnProcesses, Kernel kernel) {
        this.group = group.filter(it -> Files.exists(it.resolve("cgroup.freeze")));
        this.hasOwnProcesses = hasOwnProcesses;
        this.kernel = kernel;
    }

    /**
     * Its first process is there, which nobody has waited for.
     *
     * @param pid whose number can be another's when it has ended
     */
    void begin(long pid) {
        first = Optional.of(Seen.of(Path.of("/proc", Long.toString(pid))));
    }

    /** Whether nothing of it runs now. */
    boolean freeze() {
        still = Optional.empty();
        suspended =
                programs().stream()
                        .filter(process -> process.state().equals("T"))
                        .map(Seen::key)
                        .collect(Collectors.toSet());
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
     * The signal by which somebody wants it to end: what is frozen does not hear of it. That is
     * somebody outside, as by Ctrl-C, or a timer that a program had set before.
     */
    OptionalInt askedToEnd() {
        for (Map.Entry<String, Long> one : pending().entrySet()) {
            long asked = one.getValue() & ~pendingBefore.getOrDefault(one.getKey(), 0L) & ENDING;
            if (asked != 0) {
                return OptionalInt.of(Long.numberOfTrailingZeros(asked) + 1);
            }
        }
        return OptionalInt.empty();
    }

    /** Whether it goes on: a group stays frozen in one that is, whatever is written to it. */
    boolean thaw() {
        if (byGroup) {
            return write(group.orElseThrow(), "0") && isThawed(group.orElseThrow());
        }
        boolean goesOn = true;
        for (Seen process : programs()) {
            goesOn &= suspended.contains(process.key()) || signal(process, SIGCONT);
        }
        return goesOn;
    }

    private static boolean isThawed(Path group) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (Lines.of(group.resolve("cgroup.events")).contains("frozen 1")) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
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
     * A process that has not stopped yet can let another go on, or fork and end, so that its child
     * is found nowhere for a moment: so again, until two looks find the same and none that runs.
     */
    private boolean stopAll() {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            List<Seen> found = programs();
            List<Seen> running = found.stream().filter(it -> !it.isHalted()).toList();
            if (running.isEmpty() && still.equals(Optional.of(found))) {
                return true;
            }
            still = running.isEmpty() ? Optional.of(found) : Optional.empty();
            if (System.nanoTime() > deadline) {
                return false;
            }
            running.forEach(process -> signal(process, SIGSTOP));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /**
     * The first process runs on: it does nothing but wait, and says how the sandbox stands. None
     * where that has ended: its number may be another's.
     */
    private List<Seen> programs() {
        if (first.isEmpty()) {
            return List.of();
        }
        Seen init = first.get();
        List<Path> found = InsideProcesses.of(init.pid());
        if (!init.isThere()) {
            return List.of();
        }
        return found.stream()
                .filter(process -> !process.equals(init.path()))
                .map(Seen::of)
                .toList();
    }

    /** Its number may have been given to another since. False where it has not got the signal. */
    private boolean signal(Seen process, int number) {
        long descriptor = kernel.call(Syscall.pidfd_open, process.pid(), 0);
        if (descriptor < 0) {
            return !process.isThere();
        }
        boolean gone = !process.isThere();
        long sent = gone ? 0 : kernel.call(Syscall.pidfd_send_signal, descriptor, number, 0, 0);
        kernel.call(Syscall.close, descriptor);
        return sent == 0 || sent == -Errno.ESRCH.number();
    }

    /** Of the first process too: in a group it is frozen with its program. */
    private Map<String, Long> pending() {
        List<Seen> processes = new ArrayList<>(programs());
        first.ifPresent(processes::add);
        Map<String, Long> pending = new HashMap<>();
        for (Seen process : processes) {
            long signals = signals(process.path(), "SigPnd:") | signals(process.path(), "ShdPnd:");
            pending.put(process.key(), signals);
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

        /** It waits for a disk, or after vfork(2) for its child. */
        private static final String WAITS = "D";

        private static final int STARTED = 19;

        static Seen of(Path path) {
            long pid = Long.parseLong(String.valueOf(path.getFileName()));
            List<String> fields = fields(path);
            return fields.isEmpty()
                    ? new Seen(path, pid, "", "")
                    : new Seen(path, pid, fields.getFirst(), fields.get(STARTED));
        }

        /** What follows the name; empty where it is gone. */
        private static List<String> fields(Path process) {
            String stat = String.join("\n", Lines.of(process.resolve("stat")));
            int name = stat.lastIndexOf(')');
            return name < 0 ? List.of() : List.of(stat.substring(name + 2).split(" ", -1));
        }

        private static String state(Path process) {
            List<String> fields = fields(process);
            return fields.isEmpty() ? "X" : fields.getFirst();
        }

        String key() {
            return pid + " " + began;
        }

        boolean isThere() {
            return !began.isEmpty() && of(path).began().equals(began);
        }

        /**
         * Also its threads: where its first one has ended, the others may run. Not where it has
         * ended meanwhile: it may have left a child behind.
         */
        boolean isHalted() {
            return !began.isEmpty()
                    && InsideProcesses.threads(path).stream().allMatch(this::isHalted);
        }

        private boolean isHalted(Path thread) {
            String state = state(thread);
            return HALTED.contains(state)
                    || (state.equals(WAITS) && isToStop() && waitsForStopped(thread));
        }

        private boolean isToStop() {
            return (signals(path, "ShdPnd:") & 1L << (SIGSTOP - 1)) != 0;
        }

        private static boolean waitsForStopped(Path thread) {
            List<Path> children = InsideProcesses.children(thread);
            return !children.isEmpty()
                    && children.stream().allMatch(child -> HALTED.contains(state(child)));
        }
    }

    /** As bits, the first signal's the lowest. */
    private static long signals(Path process, String field) {
        return Lines.of(process.resolve("status")).stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(
                        line -> Long.parseUnsignedLong(line.substring(field.length()).strip(), 16))
                .findFirst()
                .orElse(0);
    }
}
