package dev.blast.enforcer.plan;

import dev.blast.enforcer.plan.CgroupLimit.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * What a sandbox has of something that others want at the same time: as much as each other sandbox,
 * whatever the number of its processes. Nothing where nobody else wants it.
 */
public record CgroupShare(Controller controller) {

    /** Those that can be had. In version 1 io has weights only where one of its schedulers runs. */
    public static List<CgroupShare> of(CgroupPlaces places) {
        List<CgroupShare> shares = new ArrayList<>();
        if (places.offers(Controller.CPU)) {
            shares.add(new CgroupShare(Controller.CPU));
        }
        if (!places.version1().containsKey(Controller.IO) && places.offers(Controller.IO)) {
            shares.add(new CgroupShare(Controller.IO));
        }
        return shares;
    }

    /** The kernel's own defaults, said so that they are equal whoever was here before. */
    public List<Setting> settings(boolean unified) {
        return switch (controller) {
            case CPU ->
                    List.of(
                            unified
                                    ? new Setting("cpu.weight", "100", false)
                                    : new Setting("cpu.shares", "1024", false));
            case IO -> List.of(new Setting("io.weight", "default 100", true));
            case MEMORY, PIDS -> List.of();
        };
    }
}
