package dev.blast.enforcer.plan;

import dev.blast.rules.verdict.Limit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a rate of input and output is kept, and where it is not. The kernel keeps it for each disk by
 * itself, in each direction.
 *
 * @param enforced for the disks that are known; empty where nothing is
 * @param standIns what is said of the rest
 */
public record IoLimit(Optional<CgroupLimit> enforced, List<StandIn> standIns) {
    public IoLimit {
        standIns = List.copyOf(standIns);
    }

    /**
     * The plan for one sandbox, where there is a controller.
     *
     * @param visible what of the machine's is visible inside
     */
    public static IoLimit of(Limit limit, CgroupPlaces places, List<Path> visible, HostFiles host) {
        Set<BlockDevice> disks = new LinkedHashSet<>();
        List<Path> unknown = new ArrayList<>();
        for (Path path : visible) {
            switch (host.storage(path)) {
                case Storage.Disk(BlockDevice device) -> disks.add(device);
                case Storage.Memory() -> {}
                case Storage.Unknown() -> unknown.add(path);
            }
        }
        List<StandIn> standIns = new ArrayList<>();
        if (!unknown.isEmpty()) {
            standIns.add(new StandIn.NoDiskKnown(unknown));
        }
        if (!disks.isEmpty() && !countsBufferedWrites(places)) {
            standIns.add(new StandIn.BufferedWrites());
        }
        return new IoLimit(
                disks.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new CgroupLimit(Controller.IO, limit, List.copyOf(disks))),
                standIns);
    }

    /** Whose pages are written back is known to a group of both controllers of version 2. */
    private static boolean countsBufferedWrites(CgroupPlaces places) {
        return !places.version1().containsKey(Controller.IO)
                && !places.version1().containsKey(Controller.MEMORY)
                && places.unifiedControllers().contains(Controller.MEMORY);
    }
}
