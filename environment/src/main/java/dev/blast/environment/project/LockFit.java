package dev.blast.environment.project;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.Pin;
import dev.blast.solver.RootRequirement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a lock fits what is asked for.
 *
 * @param pins the locked versions
 * @param complete whether the lock says which extras of them it covers
 */
public record LockFit(Map<PackageName, Pin> pins, boolean complete, MarkerEnvironment markers) {

    /** What is asked for and not settled, a clause each, in the order in which it is asked for. */
    public List<String> faults(Collection<RootRequirement> asked) {
        var faults = new ArrayList<String>();
        for (RootRequirement root : asked) {
            Requirement requirement = root.requirement();
            Pin pin = pins.get(requirement.name());
            boolean matters =
                    requirement.appliesTo(markers, Set.of()) && !(pin == null && root.constraint());
            if (!matters) {
                continue;
            }
            if (pin == null) {
                faults.add(
                        "%s asks for %s, which is not locked"
                                .formatted(root.origin(), requirement.name()));
            } else if (!requirement.specifier().contains(pin.version(), true)) {
                faults.add(
                        "%s %s %s%s, %s is locked"
                                .formatted(
                                        root.origin(),
                                        root.constraint() ? "allows only" : "asks for",
                                        requirement.name(),
                                        requirement.specifier(),
                                        pin.version()));
            } else if (complete && !root.constraint()) {
                var missing = new TreeSet<ExtraName>(requirement.extras());
                missing.removeAll(pin.extras());
                if (!missing.isEmpty()) {
                    faults.add(
                            "%s asks for %s, which is locked without its extra %s"
                                    .formatted(
                                            root.origin(),
                                            requirement.name(),
                                            missing.iterator().next()));
                }
            }
        }
        return faults;
    }

    /** The locked packages that are asked for, or needed by one of them. */
    public Set<PackageName> reachable(Collection<RootRequirement> asked) {
        var reached = new HashSet<PackageName>();
        var open = new ArrayDeque<PackageName>();
        asked.forEach(root -> open.add(root.requirement().name()));
        while (!open.isEmpty()) {
            PackageName name = open.remove();
            Pin pin = pins.get(name);
            if (pin != null && reached.add(name)) {
                pin.dependencies().forEach(needed -> open.add(needed.name()));
            }
        }
        return reached;
    }
}
