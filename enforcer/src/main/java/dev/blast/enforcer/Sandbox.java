package dev.blast.enforcer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts what {@link Confinement} planned. */
public final class Sandbox {
    private Sandbox() {}

    /**
     * Applies the plan, verifies it and only then lets the program go. Where a step fails, nothing
     * has run.
     *
     * @throws EnforcerException where the kernel refuses a step, or what it says afterwards is not
     *     what was planned
     */
    public static Running start(Plan plan) throws EnforcerException {
        return start(plan, Kernel.linux());
    }

    static Running start(Plan plan, Kernel kernel) throws EnforcerException {
        for (Step step : plan.typedSteps()) {
            if (step instanceof Step.MakeFolder(Path path)) {
                makeFolder(step, path);
            }
        }
        SandboxProcess process = SandboxProcess.spawn(plan, makeCgroups(plan), kernel);
        try {
            SandboxState state = new StateReading(plan, process.pid()).state(process.cgroups());
            if (!state.initialized()) {
                throw notAsPlanned(state);
            }
            process.release();
            return new Running(process, state);
        } catch (EnforcerException | RuntimeException e) {
            process.kill();
            throw e;
        }
    }

    private static void makeFolder(Step step, Path path) throws EnforcerException {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            String summary =
                    "could not " + step.describe() + ", which a rule grants for writing: " + e;
            throw new EnforcerException(
                    step.describe(), "mkdir", Errno.EACCES.number(), summary, "");
        }
    }

    private static SandboxCgroups makeCgroups(Plan plan) throws EnforcerException {
        Step.MakeCgroups step =
                plan.step(Step.MakeCgroups.class)
                        .orElse(new Step.MakeCgroups(CgroupPlaces.NONE, plan.cgroupLimits()));
        try {
            return SandboxCgroups.make(step.places(), step.limits());
        } catch (IOException e) {
            String summary = "could not " + step.describe() + ": " + e;
            throw new EnforcerException(
                    step.describe(), "write", Errno.EACCES.number(), summary, "");
        }
    }

    private static EnforcerException notAsPlanned(SandboxState state) {
        String summary =
                "every step was accepted, but what the kernel reports is not what was planned: "
                        + state;
        return new EnforcerException("verify", "read", 0, summary, "");
    }
}
