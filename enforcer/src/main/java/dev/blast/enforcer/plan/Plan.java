package dev.blast.enforcer.plan;

import dev.blast.rules.verdict.Limit;
import java.util.List;
import java.util.Optional;

/**
 * How one launch is confined: steps in the order in which they are applied. Made by {@link
 * Confinement}.
 */
public final class Plan implements Planning {
    private final KernelFeatures kernel;
    private final List<Step> steps;
    private final Ladder ladder;
    private final List<StandIn> standIns;
    private final List<LeftOut> leftOut;
    private final WatchedLimits watched;

    public Plan(
            KernelFeatures kernel,
            List<Step> steps,
            Ladder ladder,
            List<StandIn> standIns,
            List<LeftOut> leftOut,
            WatchedLimits watched) {
        this.kernel = kernel;
        this.steps = List.copyOf(steps);
        this.ladder = ladder;
        this.standIns = List.copyOf(standIns);
        this.leftOut = List.copyOf(leftOut);
        this.watched = watched;
    }

    @Override
    public Ladder ladder() {
        return ladder;
    }

    /** What stands in for what is missing. */
    public List<StandIn> standIns() {
        return standIns;
    }

    /** Granted paths that exist and that the program will not find. */
    public List<LeftOut> leftOut() {
        return leftOut;
    }

    public KernelFeatures kernel() {
        return kernel;
    }

    public List<Step> steps() {
        return steps;
    }

    /** How long the program may run, in seconds. */
    public Optional<Limit> timeSeconds() {
        return watched.timeSeconds();
    }

    /** Limits that nothing in the kernel keeps. */
    public WatchedLimits watched() {
        return watched;
    }

    public List<CgroupLimit> cgroupLimits() {
        return step(Step.MakeCgroups.class).map(Step.MakeCgroups::limits).orElse(List.of());
    }

    public boolean has(Class<? extends Step> kind) {
        return steps.stream().anyMatch(kind::isInstance);
    }

    /** The first step of a kind. */
    public <S extends Step> Optional<S> step(Class<S> kind) {
        return steps.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
