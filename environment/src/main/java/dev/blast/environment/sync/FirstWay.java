package dev.blast.environment.sync;

import dev.blast.solver.Proof;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.repair.Relaxation;
import dev.blast.solver.repair.Repair;
import dev.blast.solver.repair.RepairListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the time from a proof to the first way out, and tells another listener all it hears. */
final class FirstWay implements RepairListener {
    private final RepairListener other;
    private long proved;
    private @Nullable Duration first;

    FirstWay(RepairListener other) {
        this.other = other;
    }

    /** Empty where there was none. */
    Optional<Duration> time() {
        return Optional.ofNullable(first);
    }

    @Override
    public void proved(Unsolvable unsolvable) {
        proved = System.nanoTime();
        other.proved(unsolvable);
    }

    @Override
    public void proved(Proof beside) {
        other.proved(beside);
    }

    @Override
    public void trying(List<Relaxation> relaxations) {
        other.trying(relaxations);
    }

    @Override
    public void found(Repair repair) {
        if (first == null) {
            first = Duration.ofNanos(System.nanoTime() - proved);
        }
        other.found(repair);
    }
}
