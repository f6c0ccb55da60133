package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.plan.Namespace;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Step;
import dev.blast.enforcer.plan.Wall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The walls of a running sandbox that are seen from outside: its mounts stay as they were when it
 * began, its network has nothing but a loopback, and it is in its cgroups with their limits. One
 * thread.
 */
final class OutsideWalls {
    /** Network file systems whose mounts the kernel itself follows where a path leads into them. */
    private static final Set<String> FOLLOWED = Set.of("nfs", "nfs4", "cifs", "smb3", "afs");

    private final Plan plan;
    private final Path first;
    private final SandboxCgroups cgroups;
    private final Set<Mounted> mounts;

    /** Looks at what there is before the program starts. */
    OutsideWalls(Plan plan, Path first, SandboxCgroups cgroups) {
        this.plan = plan;
        this.first = first;
        this.cgroups = cgroups;
        this.mounts = Mounted.of(Lines.of(first.resolve("mountinfo")));
    }

    /**
     * A mount: what it is, where, and how; see proc_pid_mountinfo(5). What of a file system is
     * mounted is left out, since that has a new name when its folder is renamed outside; so are
     * options of the file system itself.
     *
     * @param options of this mount, as one word
     */
    private record Mounted(String id, String parent, String place, String options, String type) {
        private static final int PARENT = 1;
        private static final int PLACE = 4;
        private static final int OPTIONS = 5;

        static Set<Mounted> of(List<String> mountinfo) {
            return mountinfo.stream().map(Mounted::of).collect(Collectors.toSet());
        }

        private static Mounted of(String line) {
            String[] words = line.split(" ", -1);
            int separator = List.of(words).indexOf("-");
            return new Mounted(
                    words[0], words[PARENT], words[PLACE], words[OPTIONS], words[separator + 1]);
        }

        /** A part of what is there already: as read-only and as closed as that. */
        boolean isFollowedFrom(Set<Mounted> all) {
            return FOLLOWED.contains(type)
                    && all.stream()
                            .anyMatch(it ->
                                    it.id.equals(parent)
                                            && it.type.equals(type)
                                            && it.options.equals(options));
        }
    }

    private boolean mountsStand() {
        Set<Mounted> now = Mounted.of(Lines.of(first.resolve("mountinfo")));
        return !now.isEmpty()
                && now.containsAll(mounts)
                && now.stream().allMatch(it -> mounts.contains(it) || it.isFollowedFrom(now));
    }

    /**
     * The first that does not stand. What cannot be read does not stand either: its process may be
     * ending. None where all of it is hidden from this user ({@code hidepid}, see proc(5)), or
     * gone.
     */
    Optional<Wall> lost() {
        if (!Files.exists(first.resolve("stat"))) {
            return Optional.empty();
        }
        if (plan.has(Step.EnterRoot.class) && !mountsStand()) {
            return Optional.of(Wall.MOUNTS);
        }
        boolean ownNetwork =
                plan.step(Step.Namespaces.class)
                        .filter(it -> it.namespaces().contains(Namespace.NETWORK))
                        .isPresent();
        if (ownNetwork && StateReading.openNetwork(first) != null) {
            return Optional.of(Wall.NETWORK);
        }
        Optional<Step.MakeCgroups> made = plan.step(Step.MakeCgroups.class);
        return made.isPresent()
                        && (cgroups.without(Lines.of(first.resolve("cgroup"))) != null
                                || cgroups.missing(made.get()) != null)
                ? Optional.of(Wall.CGROUPS)
                : Optional.empty();
    }

    /** Whether somebody has frozen its group, or one above it. */
    boolean isFrozen() {
        return cgroups.birthplace().stream()
                .anyMatch(group -> Lines.of(group.resolve("cgroup.events")).contains("frozen 1"));
    }
}
