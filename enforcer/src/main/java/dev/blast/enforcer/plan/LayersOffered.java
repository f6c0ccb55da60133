package dev.blast.enforcer.plan;

import dev.blast.rules.fact.SandboxLayer;
import java.util.Set;

/**
 * What of the {@link Ladder} is the machine's.
 *
 * @param starts whether anything can be started here at all
 * @param missing layers that are not to be had
 * @param controllers of cgroups that this user may use
 */
public record LayersOffered(
        boolean starts, Set<SandboxLayer> missing, Set<Controller> controllers) {
    public LayersOffered {
        missing = Set.copyOf(missing);
        controllers = Set.copyOf(controllers);
    }
}
