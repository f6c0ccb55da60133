package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.plan.CgroupPlaces;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.StartFailure;
import dev.blast.enforcer.plan.Step;
import java.io.IOException;
import java.util.List;

/**
 * What a sandbox has on the machine around it: made before it starts, gone after it has ended, also
 * where it never starts. Whoever has one closes it, once.
 *
 * @param watch over what is protected
 * @param cgroups with the limits in them
 * @param use over limits that nothing else keeps
 */
public record Surroundings(
        KeptNames keptNames, PlaceWatch watch, SandboxCgroups cgroups, UseWatch use)
        implements AutoCloseable {

    /** Makes what the plan names. Where that fails, nothing is left. */
    public static Surroundings of(Plan plan, Kernel kernel) throws EnforcerException {
        KeptNames keptNames = KeptNames.take(plan, kernel);
        try {
            return of(plan, keptNames, PlaceWatch.open(plan, kernel), kernel);
        } catch (EnforcerException e) {
            keptNames.release();
            throw e;
        }
    }

    private static Surroundings of(Plan plan, KeptNames keptNames, PlaceWatch watch, Kernel kernel)
            throws EnforcerException {
        Step.MakeCgroups step =
                plan.step(Step.MakeCgroups.class)
                        .orElse(new Step.MakeCgroups(CgroupPlaces.NONE, List.of(), List.of()));
        try {
            return new Surroundings(
                    keptNames,
                    watch,
                    SandboxCgroups.make(step, kernel),
                    UseWatch.begin(plan, kernel));
        } catch (IOException e) {
            watch.close();
            throw new EnforcerException(new StartFailure.Failed(step, e));
        }
    }

    /** Its processes have ended. */
    @Override
    public void close() {
        cgroups.remove();
        keptNames.release();
        watch.close();
    }
}
