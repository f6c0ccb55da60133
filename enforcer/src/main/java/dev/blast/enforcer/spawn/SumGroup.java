package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.plan.CgroupLimit.Setting;
import dev.blast.enforcer.plan.CgroupSum;
import dev.blast.enforcer.plan.Controller;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * The group above those of all sandboxes of one user: it bounds their sum, and they share equally
 * in it. The first sandbox makes it, the last one removes it; there is one for each hierarchy.
 */
final class SumGroup {
    private static final String PREFIX = "blast-sandboxes-";
    private static final Path KERNEL = Path.of("/proc/sys/kernel");

    private final CgroupTree tree;
    private final long userId;
    private final CgroupSum sum;

    SumGroup(long userId, CgroupTree tree) {
        this.userId = userId;
        this.tree = tree;
        this.sum =
                CgroupSum.of(
                        Lines.of(Path.of("/proc/meminfo")),
                        Lines.of(KERNEL.resolve("pid_max")),
                        Lines.of(KERNEL.resolve("threads-max")));
    }

    CgroupSum sum() {
        return sum;
    }

    /** Where it is, there or not. */
    Path in(Path place) {
        return place.resolve(PREFIX + userId);
    }

    /**
     * Makes it if it is not there. Whoever ended last may remove it again at any time: what is made
     * in it then fails, and all is done once more.
     */
    Path make(Path place, boolean unified, Collection<Controller> controllers) throws IOException {
        Path group = in(place);
        try {
            tree.make(group);
        } catch (FileAlreadyExistsException _) {
            // of another sandbox, with the same in it
        }
        if (unified && !controllers.isEmpty()) {
            tree.write(
                    group.resolve("cgroup.subtree_control"),
                    controllers.stream()
                            .map(controller -> "+" + controller.kernelName())
                            .sorted()
                            .collect(Collectors.joining(" ")));
        }
        for (Controller controller : controllers) {
            for (Setting setting : sum.settings(controller, unified)) {
                Path file = group.resolve(setting.file());
                if ((!setting.mayBeAbsent() || Files.exists(file))
                        && !setting.isIn(Lines.of(file))) {
                    tree.write(file, setting.value());
                }
            }
        }
        return group;
    }

    /** Where it is the last one's. */
    void removeIfEmpty(Path place) {
        try {
            tree.remove(in(place));
        } catch (IOException _) {
            // others are in it
        }
    }
}
