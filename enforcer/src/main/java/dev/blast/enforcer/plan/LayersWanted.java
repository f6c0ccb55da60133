package dev.blast.enforcer.plan;

import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.verdict.Limits;
import java.util.EnumSet;
import java.util.Set;

/**
 * What of the {@link Ladder} is the rules' affair.
 *
 * @param controllers of cgroups that their limits take
 * @param accepted layers that a rule or a person can do without
 */
public record LayersWanted(Set<Controller> controllers, Set<SandboxLayer> accepted) {
    public LayersWanted {
        controllers = Set.copyOf(controllers);
        accepted = Set.copyOf(accepted);
    }

    /** By the limits of a policy. */
    public static LayersWanted of(Limits limits, Set<SandboxLayer> accepted) {
        Set<Controller> controllers = EnumSet.noneOf(Controller.class);
        for (Controller controller : Controller.values()) {
            if (controller.limit(limits) != null) {
                controllers.add(controller);
            }
        }
        return new LayersWanted(controllers, accepted);
    }
}
