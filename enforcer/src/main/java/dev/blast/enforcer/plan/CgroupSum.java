package dev.blast.enforcer.plan;

import dev.blast.enforcer.plan.CgroupLimit.Setting;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.Reason;
import java.util.List;
import java.util.Optional;

/**
 * What all sandboxes of a user may have together, whatever each of them may have: so much that the
 * machine can still be used. 0 where nobody knows what the machine has.
 */
public record CgroupSum(long memoryBytes, long processes) {
    private static final Reason REASON =
            Reason.ofBlast(
                    "all sandboxes together", "limit", "the machine can still be used beside them");

    private static final long KIBIBYTE = 1024;
    private static final long MEBIBYTE = 1 << 20;

    /** Seven eighths of the memory, in whole MiB, and half of the processes that there can be. */
    public static CgroupSum of(List<String> meminfo, List<String> pidMax, List<String> threadsMax) {
        return new CgroupSum(
                machineBytes(meminfo) / 8 * 7 / MEBIBYTE * MEBIBYTE,
                Math.min(number(pidMax), number(threadsMax)) / 2);
    }

    /** What the machine has, by the lines of proc_meminfo(5); 0 where they do not say. */
    public static long machineBytes(List<String> meminfo) {
        return meminfo.stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
                .findFirst()
                .orElse(0);
    }

    private static long number(List<String> lines) {
        return lines.isEmpty() ? 0 : Long.parseLong(lines.getFirst().strip());
    }

    public Optional<Limit> limit(Controller controller) {
        long amount =
                switch (controller) {
                    case MEMORY -> memoryBytes;
                    case PIDS -> processes;
                    case CPU, IO -> 0;
                };
        return amount == 0 ? Optional.empty() : Optional.of(new Limit(amount, REASON));
    }

    public List<Setting> settings(Controller controller, boolean unified) {
        return limit(controller)
                .map(limit -> new CgroupLimit(controller, limit).settings(unified))
                .orElse(List.of());
    }
}
