package dev.blast.rules;

import dev.blast.rules.source.Diagnostic;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.List;
import java.util.Map;

/**
 * Reads heavy texts in a process of its own: for each one its name, what came of it, milliseconds,
 * and the most that the heap held beyond the beginning, in KiB.
 */
final class HeavyReader {
    private HeavyReader() {}

    public static void main(String[] only) {
        Policy.load(
                Fixtures.shipped()); // what every loading needs is in place before one is measured
        for (Map.Entry<String, String> text : HeavyTexts.all().entrySet()) {
            if (only.length > 0 && !text.getKey().equals(only[0])) {
                continue;
            }
            System.gc();
            long before = used();
            ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
            long start = System.nanoTime();
            Loading loading = Policy.load(List.of(Fixtures.file(text.getValue())));
            if (loading instanceof Loading.Loaded(Policy loaded)) {
                loaded.warnings();
            }
            long millis = (System.nanoTime() - start) / 1_000_000;
            String outcome =
                    switch (loading) {
                        case Loading.Loaded(Policy policy) -> "loaded " + policy.rules().size();
                        case Loading.Refused(List<Diagnostic> errors) ->
                                "refused %s:%d:%d %s"
                                        .formatted(
                                                errors.getFirst().file(),
                                                errors.getFirst().line(),
                                                errors.getFirst().column(),
                                                errors.getFirst()
                                                        .message()
                                                        .replaceAll("[\n\t]", " "));
                    };
            System.out.println(
                    "%s\t%s\t%d\t%d"
                            .formatted(text.getKey(), outcome, millis, (peak() - before) / 1024));
        }
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /**
     * Garbage counts too: the heap of this process is small enough that little of it lies around.
     */
    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
