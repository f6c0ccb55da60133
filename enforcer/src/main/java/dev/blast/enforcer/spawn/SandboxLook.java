package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Lines;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One look at a running sandbox from outside: which processes there are, and what they use
 * together. Null is what cannot be seen.
 *
 * @param members without the sandbox's own first one, and without those that have ended
 * @param memoryBytes as {@link Glance} has it
 * @param cpuMicros of all that ran until now
 * @param processes with their threads
 */
public record SandboxLook(
        Instant at,
        List<Member> members,
        @Nullable Long memoryBytes,
        @Nullable Long cpuMicros,
        @Nullable Long processes) {
    private static final Path UPTIME = Path.of("/proc/uptime");

    /** USER_HZ, in which /proc/PID/stat counts on every Linux. */
    private static final long MILLIS_OF_TICK = 10;

    /** Of /proc/PID/stat, after the name. */
    private static final int STATE = 0;

    private static final int PARENT = 1;
    private static final int STARTED = 19;

    /**
     * A process, numbered as outside.
     *
     * @param startedTicks clock ticks since boot: with the number it means one process only
     * @param program the name of the file that it executes, never an argument; where that cannot be
     *     seen, what the kernel calls it
     */
    public record Member(
            long pid, long parent, long startedTicks, Instant started, String program) {}

    public SandboxLook {
        members = List.copyOf(members);
    }

    /**
     * Looks at it now.
     *
     * @param first its first process
     * @param groups that were made for it; some may be gone
     */
    public static SandboxLook of(long first, List<Path> groups) {
        Instant at = Instant.now();
        Instant boot = at.minus(sinceBoot());
        List<Path> processes = InsideProcesses.of(first);
        List<Member> members = new ArrayList<>();
        for (Path process : processes) {
            if (!process.endsWith(Long.toString(first))) {
                member(process, boot).ifPresent(members::add);
            }
        }
        var counted = new Glance.Counted(groups);
        return new SandboxLook(
                at,
                members,
                Glance.memory(processes, counted),
                Glance.cpuMicros(processes, counted),
                Glance.processes(processes, first, counted));
    }

    /** {@code 350735.47 234388.90}: the first is in seconds since boot. */
    private static Duration sinceBoot() {
        String line = String.join("", Lines.of(UPTIME));
        return line.isEmpty()
                ? Duration.ZERO
                : Duration.ofMillis(Math.round(1000 * Double.parseDouble(line.split(" ", -1)[0])));
    }

    private static Optional<Member> member(Path process, Instant boot) {
        Path living = InsideProcesses.living(process);
        String file = InsideProcesses.target(living.resolve("exe"));
        String program = file.substring(file.lastIndexOf('/') + 1);
        String stat = String.join("\n", Lines.of(process.resolve("stat")));
        int open = stat.indexOf('(');
        int close = stat.lastIndexOf(')'); // between them may be anything, line ends too
        if (open < 0 || close < 0) {
            return Optional.empty(); // gone meanwhile
        }
        String[] fields = stat.substring(close + 2).split(" ", -1);
        boolean hasEnded = fields[STATE].equals("Z") || fields[STATE].equals("X");
        if (hasEnded && living.equals(process)) {
            return Optional.empty(); // with every thread
        }
        long ticks = Long.parseLong(fields[STARTED]);
        return Optional.of(
                new Member(
                        Long.parseLong(stat.substring(0, open).strip()),
                        Long.parseLong(fields[PARENT]),
                        ticks,
                        boot.plusMillis(ticks * MILLIS_OF_TICK),
                        program.isEmpty() ? stat.substring(open + 1, close) : program));
    }
}
