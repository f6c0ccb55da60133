package dev.blast.environment.install;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Paths that two distributions want to fill differently. The same content twice is no collision:
 * namespace packages do that.
 */
public final class Collisions {
    private Collisions() {}

    private record Owned(InstallPlan plan, InstallEntry entry) {}

    /** Those among plans that are to be carried out together, in the order of the plans. */
    public static List<Collision> among(Collection<InstallPlan> plans) {
        List<Collision> collisions = new ArrayList<>();
        Map<String, Owned> owners = new HashMap<>();
        for (InstallPlan plan : plans) {
            for (InstallEntry entry : plan.entries()) {
                Owned first = owners.putIfAbsent(entry.target(), new Owned(plan, entry));
                if (first != null && !first.entry.sameContent(entry)) {
                    collisions.add(new Collision(entry.target(), first.plan.name(), plan.name()));
                }
            }
        }
        return collisions;
    }
}
