package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.plan.CgroupSum;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which group had no memory left when processes of a sandbox were killed: its own, the one of all
 * sandboxes, or one above that others have limited. In version 2 each counts that for itself, see
 * {@code memory.events.local} in the kernel's cgroup-v2.rst.
 *
 * @param before the group of the sandbox and those above it, the nearest first
 */
record MemoryShortage(List<Counted> before) {
    private static final String COUNTER = "oom ";
    private static final Origin OTHERS = new Origin("not one of Blast's", 0, 0);
    private static final Origin MACHINE = new Origin("this machine has no more", 0, 0);

    /** How often it had none left when the sandbox began. */
    record Counted(Path group, long times) {}

    MemoryShortage {
        before = List.copyOf(before);
    }

    /** Nothing has run in it yet. */
    static MemoryShortage since(Path own) {
        List<Counted> before = new ArrayList<>();
        for (Path group = own;
                group != null && Files.exists(events(group));
                group = group.getParent()) {
            before.add(new Counted(group, times(group)));
        }
        return new MemoryShortage(before);
    }

    /** The nearest that had none left since; empty where that was the whole machine. */
    Optional<Path> group() {
        return before.stream()
                .filter(it -> times(it.group()) > it.times())
                .map(Counted::group)
                .findFirst();
    }

    /**
     * What somebody else has limited, as a limit that a program ran into.
     *
     * @param group whose; empty for all that the machine has
     */
    static Limit foreign(Optional<Path> group, List<String> meminfo) {
        return group.flatMap(it -> maximum(it).map(amount -> limit(amount, it.toString(), OTHERS)))
                .orElseGet(() -> limit(CgroupSum.machineBytes(meminfo), "all memory", MACHINE));
    }

    private static Optional<Long> maximum(Path group) {
        return Lines.of(group.resolve("memory.max")).stream()
                .filter(line -> line.matches("\\d+"))
                .map(Long::valueOf)
                .findFirst();
    }

    private static Limit limit(long amount, String what, Origin origin) {
        return new Limit(amount, new Reason(origin, what, Layer.SHIPPED, "limit", ""));
    }

    private static Path events(Path group) {
        return group.resolve("memory.events.local");
    }

    private static long times(Path group) {
        return Lines.of(events(group)).stream()
                .filter(line -> line.startsWith(COUNTER))
                .mapToLong(line -> Long.parseLong(line.substring(COUNTER.length())))
                .findFirst()
                .orElse(0);
    }
}
