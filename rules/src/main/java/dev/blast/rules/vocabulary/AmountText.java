package dev.blast.rules.vocabulary;

import dev.blast.rules.vocabulary.Answer.Resource;
import java.math.BigDecimal;
import java.util.Map;

/** Amounts of what a session can run out of, as people and as rules write them. */
public final class AmountText {
    private static final Map<Long, String> SIZES =
            Map.of(
                    1L << 40,
                    "TiB",
                    1_000_000_000_000L,
                    "TB",
                    1L << 30,
                    "GiB",
                    1_000_000_000L,
                    "GB",
                    1L << 20,
                    "MiB",
                    1_000_000L,
                    "MB",
                    1L << 10,
                    "KiB",
                    1_000L,
                    "kB",
                    1L,
                    "B");

    private AmountText() {}

    /** With its unit. */
    public static String of(Resource resource, long amount) {
        return switch (resource) {
            case MEMORY, FILE_SIZE, DISK -> size(amount);
            case IO, BANDWIDTH -> size(amount) + "/s";
            case CPU -> {
                String cpus = BigDecimal.valueOf(amount, 3).stripTrailingZeros().toPlainString();
                yield cpus + (cpus.equals("1") ? " cpu" : " cpus");
            }
            case TIME -> time(amount);
            case PROCESSES, OPEN_FILES, FILES -> Long.toString(amount);
        };
    }

    /** As an argument of its verb. */
    public static String literal(Resource resource, long amount) {
        return switch (resource) {
            case PROCESSES, OPEN_FILES, FILES -> of(resource, amount);
            case MEMORY, FILE_SIZE, DISK, IO, BANDWIDTH, CPU, TIME ->
                    '"' + of(resource, amount) + '"';
        };
    }

    public static String verb(Resource resource) {
        return switch (resource) {
            case MEMORY -> "limitMemory";
            case CPU -> "limitCpu";
            case PROCESSES -> "limitProcesses";
            case OPEN_FILES -> "limitOpenFiles";
            case FILE_SIZE -> "limitFileSize";
            case DISK -> "limitDisk";
            case FILES -> "limitFiles";
            case IO -> "limitIo";
            case BANDWIDTH -> "limitBandwidth";
            case TIME -> "limitTime";
        };
    }

    /** In the largest unit that leaves no rest. */
    private static String size(long bytes) {
        long unit =
                SIZES.keySet().stream()
                        .filter(it -> bytes != 0 && bytes % it == 0)
                        .max(Long::compare)
                        .orElse(1L);
        return "%d %s".formatted(bytes / unit, SIZES.get(unit));
    }

    private static String time(long seconds) {
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + " s";
        }
        return seconds % 3_600 == 0 ? seconds / 3_600 + " h" : seconds / 60 + " min";
    }
}
