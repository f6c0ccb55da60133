package dev.blast.enforcer;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How one launch is confined: steps in the order in which they are applied. Made by {@link
 * Confinement}.
 */
public final class Plan implements Planning {
    private final KernelFeatures kernel;
    private final List<Step> steps;
    private final List<String> substitutes;
    private final List<String> leftOut;
    private final Set<EnforcedLayer> without;

    Plan(
            KernelFeatures kernel,
            List<Step> steps,
            List<String> substitutes,
            List<String> leftOut,
            Set<EnforcedLayer> without) {
        this.kernel = kernel;
        this.steps = List.copyOf(steps);
        this.substitutes = List.copyOf(substitutes);
        this.leftOut = List.copyOf(leftOut);
        this.without = without;
    }

    /** One line for each step, as errors name them. */
    public List<String> steps() {
        return steps.stream().map(Step::describe).toList();
    }

    /** What stands in for a layer that is missing, in sentences. */
    public List<String> substitutes() {
        return substitutes;
    }

    /** Granted paths that the program will not find, and why, in sentences. */
    public List<String> leftOut() {
        return leftOut;
    }

    /**
     * The step of the ladder: {@code full}, or what is missing and was accepted: {@code "without
     * cgroups"}.
     */
    public String ladder() {
        return without.isEmpty()
                ? "full"
                : "without "
                        + without.stream()
                                .map(EnforcedLayer::title)
                                .collect(Collectors.joining(", "));
    }

    boolean accepted(EnforcedLayer layer) {
        return without.contains(layer);
    }

    boolean asksForCgroups() {
        return false;
    }

    KernelFeatures kernel() {
        return kernel;
    }

    List<Step> typedSteps() {
        return steps;
    }

    /** The step of a kind; a plan has one of each of those that are asked for in this way. */
    <S extends Step> Optional<S> step(Class<S> kind) {
        return steps.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
