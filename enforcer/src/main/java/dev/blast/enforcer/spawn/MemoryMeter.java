package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.MemoryBudget;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The memory that the processes of a sandbox have, as {@code smaps_rollup} counts it (proc(5)): a
 * page that several map is a part of each. What is shared counts by its maps, or by what lies in
 * temporary folders and in files without a name in memory (memfd_create(2)), whichever is more: a
 * page can be both. For one thread at a time.
 */
final class MemoryMeter {
    private static final int STATFS_BYTES = 120;
    private static final int F_BSIZE = 8;
    private static final int F_BLOCKS = 16;
    private static final int F_BFREE = 24;
    private static final long KIBIBYTE = 1024;
    private static final long PAGE_BYTES = 4096;
    private static final Path MEMINFO = Path.of("/proc/meminfo");

    private final MemoryBudget budget;
    private final Kernel kernel;

    MemoryMeter(MemoryBudget budget, Kernel kernel) {
        this.budget = budget;
        this.kernel = kernel;
    }

    /** Whether it is more than the limit. */
    Optional<LimitHit> excess(long first) {
        List<Path> all = InsideProcesses.of(first);
        List<Path> processes = all.stream().map(InsideProcesses::living).toList();
        long resident =
                processes.stream()
                        .mapToLong(it -> residentPages(Lines.of(it.resolve("statm"))))
                        .sum();
        if (resident * PAGE_BYTES + machine(Lines.of(MEMINFO)) <= budget.bytes().amount()) {
            return Optional.empty(); // counting exactly walks through all maps of a process
        }
        Held held = Held.NONE;
        for (Path process : InsideProcesses.byMemory(processes, kernel)) {
            held = held.plus(Held.of(process));
        }
        long bytes =
                held.own() * KIBIBYTE
                        + Math.max(held.shared() * KIBIBYTE, folders(processes) + nameless(all));
        return bytes > budget.bytes().amount()
                ? Optional.of(new LimitHit("memory", budget.bytes(), 1, bytes))
                : Optional.empty();
    }

    /**
     * What a process maps, in KiB.
     *
     * @param own without files, be it in memory or in the swap
     * @param shared in memory that it can share
     */
    record Held(long own, long shared) {
        static final Held NONE = new Held(0, 0);

        /**
         * Its part of it. One that has closed itself to its own user (PR_SET_DUMPABLE) says only
         * what it maps in all.
         */
        static Held of(Path process) {
            List<String> rollup = Lines.of(process.resolve("smaps_rollup"));
            if (rollup.isEmpty()) {
                List<String> status = Lines.of(process.resolve("status"));
                return new Held(
                        kibibytes(status, "RssAnon:") + kibibytes(status, "VmSwap:"),
                        kibibytes(status, "RssShmem:"));
            }
            return new Held(
                    kibibytes(rollup, "Pss_Anon:") + kibibytes(rollup, "SwapPss:"),
                    kibibytes(rollup, "Pss_Shmem:"));
        }

        Held plus(Held other) {
            return new Held(own + other.own, shared + other.shared);
        }
    }

    /** The second number of {@code statm}: also what others map, and files. */
    static long residentPages(List<String> statm) {
        return statm.isEmpty() ? 0 : Long.parseLong(statm.getFirst().split(" ", -1)[1]);
    }

    /** What the whole machine has of shared memory and in its swap: no sandbox has more. */
    static long machine(List<String> meminfo) {
        return KIBIBYTE
                * (kibibytes(meminfo, "Shmem:")
                        + kibibytes(meminfo, "SwapTotal:")
                        - kibibytes(meminfo, "SwapFree:"));
    }

    static long kibibytes(List<String> lines, String field) {
        return lines.stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /** As one of the processes sees them that can be looked at: the first one cannot. */
    private long folders(List<Path> processes) {
        for (Path process : processes) {
            long bytes = 0;
            int seen = 0;
            for (Path folder : budget.folders()) {
                long used = used(process.resolve("root").resolve(folder.toString().substring(1)));
                bytes += Math.max(0, used);
                seen += used < 0 ? 0 : 1;
            }
            if (seen > 0) {
                return bytes;
            }
        }
        return 0;
    }

    /** Of a file system; -1 where it cannot be asked. */
    private long used(Path path) {
        try (NativeMemory memory = new NativeMemory()) {
            long answer = memory.allocate(STATFS_BYTES);
            return kernel.call(Syscall.statfs, memory.path(path), answer) == 0
                    ? (memory.getLong(answer + F_BLOCKS) - memory.getLong(answer + F_BFREE))
                            * memory.getLong(answer + F_BSIZE)
                    : -1;
        }
    }

    private long nameless(List<Path> processes) {
        long bytes = 0;
        Set<Long> counted = new HashSet<>();
        for (Path process : processes) {
            for (Path link : InsideProcesses.descriptors(process, kernel)) {
                if (InsideProcesses.target(link).startsWith("/memfd:")) {
                    bytes += TreeUse.bytesBehind(link, counted, _ -> true, kernel);
                }
            }
        }
        return bytes;
    }
}
