package dev.blast.enforcer;

import java.util.List;

/**
 * How one launch is confined: steps in the order in which they are applied. Made by {@link
 * Confinement}.
 */
public final class Plan implements Planning {
    private final List<String> steps;

    Plan(List<String> steps) {
        this.steps = List.copyOf(steps);
    }

    /** One line for each step, as errors name them. */
    public List<String> steps() {
        return steps;
    }
}
