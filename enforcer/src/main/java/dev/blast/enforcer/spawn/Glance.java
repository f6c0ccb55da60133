package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.plan.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A running sandbox as anybody of its user sees it from outside, who need not have started it: what
 * is in force around all its processes, and what they use. Null is what cannot be seen.
 *
 * @param namespaces whether none of them is in a namespace of mounts, processes, messages or names
 *     of ours
 * @param network whether none of them has an interface but a loopback of its own
 * @param cgroups whether all of them are in the groups that were made for it
 * @param memoryBytes as its group counts, else without what files in temporary folders take
 * @param memoryPeakBytes as its group counts
 * @param cpuMicros processor time of what runs, and of what has ended as far as that was counted
 * @param processes with their threads, without the sandbox's own first one
 * @param ioBytes read from and written to disks, as its group counts, else by what runs now
 */
public record Glance(
        @Nullable Boolean namespaces,
        @Nullable Boolean network,
        @Nullable Boolean seccomp,
        @Nullable Boolean noNewPrivileges,
        @Nullable Boolean cgroups,
        @Nullable Long memoryBytes,
        @Nullable Long memoryPeakBytes,
        @Nullable Long cpuMicros,
        @Nullable Long processes,
        @Nullable Long ioBytes) {
    private static final Path PROC = Path.of("/proc");
    private static final Set<Namespace> OWN =
            Set.of(Namespace.MOUNT, Namespace.PID, Namespace.IPC, Namespace.UTS);

    /** USER_HZ, in which /proc/PID/stat counts on every Linux. */
    private static final long MICROS_OF_TICK = 10_000;

    private static final long KIBIBYTE = 1024;
    private static final long FIRST_PROCESS = 1;

    /** Of /proc/PID/stat, after the name: utime, stime, cutime, cstime. */
    private static final List<Integer> TIMES = List.of(11, 12, 13, 14);

    /**
     * Looks at it now.
     *
     * @param first its first process
     * @param groups that were made for it; some may be gone
     */
    public static Glance of(long first, List<Path> groups) {
        List<Path> processes =
                InsideProcesses.of(first).stream()
                        .filter(process -> !status(process).isEmpty())
                        .toList();
        Counted counted = new Counted(groups);
        return new Glance(
                all(processes, Glance::ownNamespaces),
                all(processes, Glance::ownNetwork),
                all(processes, process -> field(process, "Seccomp", "2")),
                all(processes, process -> field(process, "NoNewPrivs", "1")),
                groups.isEmpty() ? null : all(processes, process -> isIn(groups, process)),
                memory(processes, counted),
                counted.memory("memory.peak", "memory.max_usage_in_bytes").orElse(null),
                cpuMicros(processes, counted),
                processes(processes, first, counted),
                counted.ioBytes().orElseGet(() -> sum(processes, Glance::ioBytes)));
    }

    static @Nullable Long memory(List<Path> processes, Counted counted) {
        return counted.memory("memory.current", "memory.usage_in_bytes")
                .orElseGet(() -> sum(processes, Glance::memory));
    }

    static @Nullable Long cpuMicros(List<Path> processes, Counted counted) {
        return counted.cpuMicros().orElseGet(() -> sum(processes, Glance::cpuMicros));
    }

    static @Nullable Long processes(List<Path> processes, long first, Counted counted) {
        return counted.processes()
                .map(all -> all - FIRST_PROCESS)
                .orElseGet(() -> threads(processes, first));
    }

    /** False where it is not so for one; null where nobody says. */
    private static @Nullable Boolean all(
            List<Path> processes, Function<Path, Optional<Boolean>> what) {
        Boolean all = null;
        for (Path process : processes) {
            Optional<Boolean> one = what.apply(process);
            if (one.isPresent()) {
                all = (all == null || all) && one.get();
            }
        }
        return all;
    }

    private static @Nullable Long sum(List<Path> processes, Function<Path, Optional<Long>> what) {
        Long sum = null;
        for (Path process : processes) {
            Optional<Long> one = what.apply(process);
            if (one.isPresent()) {
                sum = (sum == null ? 0 : sum) + one.get();
            }
        }
        return sum;
    }

    private static Optional<Boolean> ownNamespaces(Path process) {
        boolean own = true;
        for (Namespace namespace : OWN) {
            Optional<Boolean> one = own(process, namespace);
            if (one.isEmpty()) {
                return one;
            }
            own &= one.get();
        }
        return Optional.of(own);
    }

    private static Optional<Boolean> own(Path process, Namespace namespace) {
        Path link = Path.of("ns", namespace.link());
        try {
            Path theirs = Files.readSymbolicLink(process.resolve(link));
            Path ours = Files.readSymbolicLink(PROC.resolve("self").resolve(link));
            return Optional.of(!theirs.equals(ours));
        } catch (IOException _) {
            return Optional.empty(); // not for us to look at, as its first process is
        }
    }

    private static Optional<Boolean> ownNetwork(Path process) {
        List<String> interfaces = Lines.of(process.resolve("net/dev"));
        return interfaces.isEmpty()
                ? Optional.empty()
                : own(process, Namespace.NETWORK)
                        .map(own ->
                                own
                                        && interfaces.stream()
                                                .skip(2)
                                                .allMatch(it -> it.strip().startsWith("lo:")));
    }

    private static Optional<Boolean> field(Path process, String name, String value) {
        return Optional.ofNullable(status(process).get(name)).map(value::equals);
    }

    private static Map<String, String> status(Path process) {
        Map<String, String> fields = new HashMap<>();
        for (String line : Lines.of(process.resolve("status"))) {
            int colon = line.indexOf(':');
            fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return fields;
    }

    private static Optional<Boolean> isIn(List<Path> groups, Path process) {
        List<String> lines = Lines.of(process.resolve("cgroup"));
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        groups.stream()
                                .allMatch(group ->
                                        lines.stream()
                                                .anyMatch(it ->
                                                        it.endsWith("/" + group.getFileName()))));
    }

    private static Optional<Long> memory(Path process) {
        List<String> rollup = Lines.of(InsideProcesses.living(process).resolve("smaps_rollup"));
        return rollup.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        KIBIBYTE
                                * (MemoryMeter.kibibytes(rollup, "Pss_Anon:")
                                        + MemoryMeter.kibibytes(rollup, "Pss_Shmem:")
                                        + MemoryMeter.kibibytes(rollup, "SwapPss:")));
    }

    private static Optional<Long> cpuMicros(Path process) {
        String line = String.join("\n", Lines.of(process.resolve("stat")));
        int name = line.lastIndexOf(')');
        if (name < 0) {
            return Optional.empty();
        }
        String[] fields = line.substring(name + 2).split(" ", -1);
        return Optional.of(
                TIMES.stream().mapToLong(at -> Long.parseLong(fields[at])).sum() * MICROS_OF_TICK);
    }

    private static Optional<Long> ioBytes(Path process) {
        List<String> lines = Lines.of(process.resolve("io"));
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Counted.named(lines, "read_bytes:") + Counted.named(lines, "write_bytes:"));
    }

    private static @Nullable Long threads(List<Path> processes, long first) {
        return sum(
                processes.stream().filter(it -> !it.endsWith(Long.toString(first))).toList(),
                process -> Optional.ofNullable(status(process).get("Threads")).map(Long::valueOf));
    }

    /** What the files of its groups say. */
    record Counted(List<Path> groups) {

        private Optional<List<String>> lines(String file) {
            return groups.stream()
                    .map(group -> Lines.of(group.resolve(file)))
                    .filter(lines -> !lines.isEmpty())
                    .findFirst();
        }

        private Optional<Long> number(String file) {
            return lines(file).map(lines -> Long.valueOf(lines.getFirst().strip()));
        }

        Optional<Long> memory(String unified, String version1) {
            return number(unified).or(() -> number(version1));
        }

        Optional<Long> processes() {
            return number("pids.current");
        }

        Optional<Long> cpuMicros() {
            return groups.stream()
                    .map(group -> Lines.of(group.resolve("cpu.stat")))
                    .filter(lines -> lines.stream().anyMatch(it -> it.startsWith("usage_usec ")))
                    .findFirst() // version 1 says there only how often it was slowed down
                    .map(lines -> named(lines, "usage_usec"));
        }

        /** Reading and writing, of all disks. */
        Optional<Long> ioBytes() {
            return lines("io.stat")
                    .map(Counted::ofDisks)
                    .or(() ->
                            lines("blkio.throttle.io_service_bytes")
                                    .map(lines -> named(lines, "Total")));
        }

        /** {@code 8:0 rbytes=4096 wbytes=8192 rios=1 …}. */
        private static long ofDisks(List<String> lines) {
            long bytes = 0;
            for (String line : lines) {
                for (String word : line.split(" ", -1)) {
                    if (word.startsWith("rbytes=") || word.startsWith("wbytes=")) {
                        bytes += Long.parseLong(word.substring(word.indexOf('=') + 1));
                    }
                }
            }
            return bytes;
        }

        /** The number behind a name at the beginning of a line. */
        static long named(List<String> lines, String name) {
            return lines.stream()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToLong(line -> Long.parseLong(line.substring(name.length()).strip()))
                    .findFirst()
                    .orElse(0);
        }
    }
}
