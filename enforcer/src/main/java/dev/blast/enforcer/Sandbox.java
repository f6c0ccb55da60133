package dev.blast.enforcer;

/** Starts what {@link Confinement} planned. */
public final class Sandbox {
    private Sandbox() {}

    /**
     * Applies the plan, verifies it and only then lets the program go. Where a step fails, nothing
     * has run.
     */
    public static Running start(Plan plan) throws EnforcerException {
        throw new EnforcerException(plan.steps().getFirst(), "clone3", 38, "not built yet");
    }
}
