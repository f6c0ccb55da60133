package dev.blast.enforcer.plan;

import dev.blast.rules.verdict.Limit;
import java.util.List;

/**
 * A limit of a policy that a controller enforces. The amount is in bytes, processes, or thousandths
 * of a processor.
 */
public record CgroupLimit(Controller controller, Limit limit) {
    private static final long CPU_PERIOD_MICROS = 100_000;

    /** The sandbox's own first process counts, and is not the program's. */
    private static final long FIRST_PROCESS = 1;

    /** One file of the kernel's and what goes into it. */
    public record Setting(String file, String value, boolean mayBeAbsent) {}

    public List<Setting> settings(boolean unified) {
        long amount = limit.amount();
        return switch (controller) {
            case MEMORY -> {
                String bytes = Long.toString(amount);
                yield unified
                        ? List.of(
                                new Setting("memory.max", bytes, false),
                                new Setting("memory.swap.max", "0", true))
                        : List.of(
                                new Setting("memory.limit_in_bytes", bytes, false),
                                new Setting("memory.memsw.limit_in_bytes", bytes, true));
            }
            case PIDS ->
                    List.of(new Setting("pids.max", Long.toString(amount + FIRST_PROCESS), false));
            case CPU -> {
                long quota =
                        Math.max(
                                1000,
                                amount
                                        * CPU_PERIOD_MICROS
                                        / 1000); // the kernel takes no less than 1 ms
                yield unified
                        ? List.of(new Setting("cpu.max", quota + " " + CPU_PERIOD_MICROS, false))
                        : List.of(
                                new Setting(
                                        "cpu.cfs_period_us",
                                        Long.toString(CPU_PERIOD_MICROS),
                                        false),
                                new Setting("cpu.cfs_quota_us", Long.toString(quota), false));
            }
        };
    }
}
