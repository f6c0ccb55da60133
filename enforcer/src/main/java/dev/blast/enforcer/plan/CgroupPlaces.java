package dev.blast.enforcer.plan;

import dev.blast.enforcer.kernel.Lines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folders under which this process may make cgroups, found by reading where hierarchies are
 * mounted and where this process is in them. A mount alone proves nothing: on a hybrid system the
 * controllers are in version 1 and the version 2 mount is there without them.
 *
 * @param version1 for each controller of version 1, the folder
 * @param unified the folder of version 2, null where there is none to use
 * @param unifiedControllers what may be limited in folders below it
 * @param mounted how hierarchies are there at all
 */
public record CgroupPlaces(
        Map<Controller, Path> version1,
        @Nullable Path unified,
        List<Controller> unifiedControllers,
        Mounted mounted) {
    public static final CgroupPlaces NONE = new CgroupPlaces(Map.of(), null, List.of());

    /** How the file systems of cgroups are mounted. */
    public enum Mounted {
        WRITABLE,
        /** As container runtimes do it. */
        READ_ONLY,
        NOWHERE
    }

    public CgroupPlaces(
            Map<Controller, Path> version1,
            @Nullable Path unified,
            List<Controller> unifiedControllers) {
        this(version1, unified, unifiedControllers, Mounted.WRITABLE);
    }

    public CgroupPlaces {
        version1 = Map.copyOf(version1);
        unifiedControllers = List.copyOf(unifiedControllers);
    }

    public static CgroupPlaces find() {
        return find(
                Lines.of(Path.of("/proc/self/mountinfo")),
                Lines.of(Path.of("/proc/self/cgroup")),
                Path.of("/"));
    }

    /**
     * The same from given texts.
     *
     * @param mounts lines of mountinfo, see proc_pid_mountinfo(5)
     * @param own lines of /proc/self/cgroup, see cgroups(7)
     * @param root what mount points are relative to
     */
    public static CgroupPlaces find(List<String> mounts, List<String> own, Path root) {
        Map<Controller, Path> version1 = new EnumMap<>(Controller.class);
        Path unified = null;
        List<Controller> unifiedControllers = new ArrayList<>();
        Mounted mounted = Mounted.NOWHERE;
        for (String line : mounts) {
            String[] halves = line.split(" - ", 2);
            String[] mount = halves[0].split(" ", -1);
            String[] type = halves[1].split(" ", -1);
            if (type[0].startsWith("cgroup") && mounted != Mounted.WRITABLE) {
                boolean readOnly = List.of(mount[5].split(",", -1)).contains("ro");
                mounted = readOnly ? Mounted.READ_ONLY : Mounted.WRITABLE;
            }
            if (type[0].equals("cgroup2") && unified == null) {
                Optional<Path> folder =
                        ownFolder(own, "", mount[3], root.resolve(mount[4].substring(1)))
                                .flatMap(at -> delegated(at, root.resolve(mount[4].substring(1))));
                if (folder.isPresent()) {
                    unified = folder.get();
                    unifiedControllers.addAll(controllersBelow(unified));
                }
            } else if (type[0].equals("cgroup")) {
                for (Controller controller : Controller.values()) {
                    String name = controller.version1Name();
                    if (List.of(type[2].split(",", -1)).contains(name)) {
                        ownFolder(own, name, mount[3], root.resolve(mount[4].substring(1)))
                                .filter(Files::isWritable)
                                .ifPresent(folder -> version1.putIfAbsent(controller, folder));
                    }
                }
            }
        }
        return new CgroupPlaces(version1, unified, unifiedControllers, mounted);
    }

    /** Whether the controller is to be had in either version. */
    public boolean offers(Controller controller) {
        return version1.containsKey(controller) || unifiedControllers.contains(controller);
    }

    /** This process's folder in the hierarchy of a controller; the name of version 2 is empty. */
    private static Optional<Path> ownFolder(
            List<String> own, String controller, String mountRoot, Path mountPoint) {
        for (String line : own) {
            String[] fields = line.split(":", 3);
            if (List.of(fields[1].split(",", -1)).contains(controller)) {
                Path inHierarchy = Path.of(fields[2]);
                Path mounted = Path.of(mountRoot);
                return inHierarchy.startsWith(mounted)
                        ? Optional.of(
                                mountPoint.resolve(mounted.relativize(inHierarchy)).normalize())
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /**
     * The nearest folder at or above our own in which we may make others and move processes. Our
     * own will do only where it is the root: a folder with processes in it cannot hand controllers
     * on. A process may only be moved by who may write to cgroup.procs of the common ancestor,
     * which is this folder.
     */
    private static Optional<Path> delegated(Path own, Path mountPoint) {
        for (Path folder = own.equals(mountPoint) ? own : own.getParent();
                folder != null && folder.startsWith(mountPoint);
                folder = folder.getParent()) {
            if (Files.isWritable(folder) && Files.isWritable(folder.resolve("cgroup.procs"))) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    private static List<Controller> controllersBelow(Path folder) {
        String handedOn = String.join(" ", Lines.of(folder.resolve("cgroup.subtree_control")));
        List<String> names = List.of(handedOn.split(" ", -1));
        return List.of(Controller.values()).stream()
                .filter(controller -> names.contains(controller.kernelName()))
                .toList();
    }
}
