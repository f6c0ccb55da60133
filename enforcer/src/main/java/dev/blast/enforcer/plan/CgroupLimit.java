package dev.blast.enforcer.plan;

import dev.blast.rules.verdict.Limit;
import java.util.ArrayList;
import java.util.List;

/**
 * A limit of a policy that a controller enforces. The amount is in bytes, processes, thousandths of
 * a processor, or bytes in a second.
 *
 * @param devices for {@link Controller#IO} the disks that it is about, each by itself
 */
public record CgroupLimit(Controller controller, Limit limit, List<BlockDevice> devices) {
    public CgroupLimit {
        devices = List.copyOf(devices);
    }

    public CgroupLimit(Controller controller, Limit limit) {
        this(controller, limit, List.of());
    }

    private static final long CPU_PERIOD_MICROS = 100_000;

    /** The sandbox's own first process counts, and is not the program's. */
    private static final long FIRST_PROCESS = 1;

    /** One file of the kernel's and what goes into it. */
    public record Setting(String file, String value, boolean mayBeAbsent) {
        /** The kernel's own rounding of what is counted in pages. */
        private static final long PAGES_BYTES = 65536;

        /**
         * Whether the file says so now. One with a line for each device says more on it than was
         * written.
         *
         * @param lines of the file; none where there is no such file
         */
        public boolean isIn(List<String> lines) {
            if (lines.isEmpty()) {
                return mayBeAbsent;
            }
            if (lines.stream().anyMatch(it -> it.equals(value) || it.startsWith(value + " "))) {
                return true;
            }
            String read = lines.getFirst();
            return read.matches("\\d+")
                    && value.matches("\\d+")
                    && Long.parseLong(read) <= Long.parseLong(value)
                    && Long.parseLong(read) > Long.parseLong(value) - PAGES_BYTES;
        }
    }

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
            case IO -> {
                List<Setting> settings = new ArrayList<>();
                for (BlockDevice device : devices) {
                    if (unified) {
                        String rates = "rbps=%d wbps=%d".formatted(amount, amount);
                        settings.add(new Setting("io.max", device + " " + rates, false));
                    } else {
                        String rate = device + " " + amount;
                        settings.add(new Setting("blkio.throttle.read_bps_device", rate, false));
                        settings.add(new Setting("blkio.throttle.write_bps_device", rate, false));
                    }
                }
                yield settings;
            }
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
