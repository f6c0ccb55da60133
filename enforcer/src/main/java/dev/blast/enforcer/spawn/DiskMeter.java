package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.DiskBudget;
import dev.blast.enforcer.spawn.TreeUse.Use;
import dev.blast.rules.verdict.Limit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a program has put on the disk since it started: in the trees that it can write, and in files
 * that it holds open and that have no name any more. For one thread at a time.
 */
final class DiskMeter {
    private static final int STATFS_BYTES = 120;
    private static final int F_BFREE = 24;
    private static final int F_FFREE = 48;

    /** Some file systems do not say how many files there are, or do so late. */
    private static final long UNSEEN_NANOS = 5_000_000_000L;

    private final DiskBudget budget;
    private final Kernel kernel;
    private final Use before;
    private final Set<Long> devices;
    private List<Long> free;
    private long walked;

    /** Whether it was beyond a limit when it was looked at last, and may be still. */
    private boolean beyond;

    private DiskMeter(DiskBudget budget, Kernel kernel) {
        this.budget = budget;
        this.kernel = kernel;
        this.free = free();
        this.before = use(Use.WITHOUT_END);
        this.devices = TreeUse.devices(budget.trees(), kernel);
        this.walked = System.nanoTime();
    }

    static DiskMeter begin(DiskBudget budget, Kernel kernel) {
        return new DiskMeter(budget, kernel);
    }

    /** The limit that it has gone beyond; empty where it has not. */
    Optional<LimitHit> excess(long first) {
        List<Long> now = free();
        if (!beyond && now.equals(free) && System.nanoTime() - walked < UNSEEN_NANOS) {
            return Optional.empty(); // nobody has written to these disks
        }
        free = now;
        walked = System.nanoTime();
        Use nameless = new Use(nameless(first), 0);
        Optional<LimitHit> excess = excess(use(enough()).plus(nameless).since(before), 1);
        beyond = excess.isPresent();
        return excess;
    }

    Optional<LimitHit> last() {
        return free().equals(free) ? Optional.empty() : excess(use(enough()).since(before), 0);
    }

    private Optional<LimitHit> excess(Use added, long times) {
        if (added.equals(Use.WITHOUT_END) || before.equals(Use.WITHOUT_END)) {
            return budget.bytes()
                    .map(limit -> new LimitHit("disk", limit, times, limit.amount()))
                    .or(() ->
                            budget.files()
                                    .map(limit ->
                                            new LimitHit("files", limit, times, limit.amount())));
        }
        if (budget.bytes().isPresent() && added.bytes() > budget.bytes().get().amount()) {
            return Optional.of(new LimitHit("disk", budget.bytes().get(), times, added.bytes()));
        }
        if (budget.files().isPresent() && added.files() > budget.files().get().amount()) {
            return Optional.of(new LimitHit("files", budget.files().get(), times, added.files()));
        }
        return Optional.empty();
    }

    private Use use(Use enough) {
        return TreeUse.of(budget.trees(), budget.except(), enough, kernel);
    }

    private Use enough() {
        return new Use(
                before.bytes() + amount(budget.bytes()), before.files() + amount(budget.files()));
    }

    /** Without one there is no end; half of the numbers leaves room to add to. */
    private static long amount(Optional<Limit> limit) {
        return limit.map(Limit::amount).orElse(Long.MAX_VALUE / 2);
    }

    /** Room and names left on the disks; what has not changed need not be counted again. */
    private List<Long> free() {
        List<Long> all = new ArrayList<>();
        try (NativeMemory memory = new NativeMemory()) {
            long answer = memory.allocate(STATFS_BYTES);
            for (Path tree : budget.trees()) {
                if (kernel.call(Syscall.statfs, memory.path(tree), answer) == 0) {
                    all.add(memory.getLong(answer + F_BFREE));
                    all.add(memory.getLong(answer + F_FFREE));
                }
            }
        }
        return all;
    }

    private long nameless(long first) {
        long bytes = 0;
        Set<Long> counted = new HashSet<>();
        for (Path process : InsideProcesses.of(first)) {
            for (Path link : InsideProcesses.descriptors(process, kernel)) {
                if (InsideProcesses.target(link).endsWith(" (deleted)")) {
                    bytes += TreeUse.bytesBehind(link, counted, devices::contains, kernel);
                }
            }
        }
        return bytes;
    }
}
