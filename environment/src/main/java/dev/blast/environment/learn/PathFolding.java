package dev.blast.environment.learn;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes one folder of three of its names or more, from the deepest up. Pure. */
final class PathFolding {
    private static final int SIBLINGS = 3;
    private static final int OF_A_SYSTEM = 2;

    /** No folder of theirs is one program's, however deep: sockets that services listen on, say. */
    private static final List<Path> OF_SERVICES =
            Stream.of("/run", "/var/run", "/sys").map(Path::of).toList();

    /** What lies in them directly is for many programs, or another person's. */
    private static final Set<Path> LEVELS =
            Set.of(
                    Path.of("/etc"),
                    Path.of("/usr"),
                    Path.of("/usr/local"),
                    Path.of("/var"),
                    Path.of("/home"));

    /** What is in them is run or believed by all. */
    private static final List<Path> OF_SYSTEM =
            Stream.of(
                            "/etc",
                            "/usr",
                            "/boot",
                            "/bin",
                            "/sbin",
                            "/lib",
                            "/lib32",
                            "/lib64",
                            "/libx32",
                            "/run",
                            "/var/run",
                            "/var/spool",
                            "/sys")
                    .map(Path::of)
                    .toList();

    /** Below a home: what belongs to many programs. */
    private static final Set<Path> OF_MANY =
            Set.of(
                    Path.of(""),
                    Path.of(".config"),
                    Path.of(".cache"),
                    Path.of(".local"),
                    Path.of(".local/share"),
                    Path.of(".local/state"),
                    Path.of(".local/lib"),
                    Path.of(".local/bin"));

    private final Path home;
    private final Path project;
    private final Predicate<Path> mayBeOpened;

    /**
     * @param project which no rule has to open, nor what holds it
     * @param mayBeOpened whether a folder may be opened with all that is in it, as far as what is
     *     in it tells
     */
    PathFolding(Path home, Path project, Predicate<Path> mayBeOpened) {
        this.home = home;
        this.project = project;
        this.mayBeOpened = mayBeOpened;
    }

    /** None of them lies in another. */
    SortedSet<Path> fold(Set<Path> paths) {
        SortedSet<Path> folded = withoutInner(paths);
        while (true) {
            Map<Path, Integer> siblings = new HashMap<>();
            for (Path path : folded) {
                if (path.getParent() != null) {
                    siblings.merge(path.getParent(), 1, Integer::sum);
                }
            }
            Path deepest = null;
            for (Map.Entry<Path, Integer> entry : siblings.entrySet()) {
                Path folder = entry.getKey();
                boolean foldable =
                        entry.getValue() >= SIBLINGS
                                && !isBroad(folder)
                                && mayBeOpened.test(folder);
                if (foldable
                        && (deepest == null || folder.getNameCount() > deepest.getNameCount())) {
                    deepest = folder;
                }
            }
            if (deepest == null) {
                return folded;
            }
            folded.add(deepest);
            folded = withoutInner(folded);
        }
    }

    /** Whether so much lies in a folder that no program alone can mean it. */
    boolean isBroad(Path folder) {
        return folder.getNameCount() < OF_A_SYSTEM
                || home.startsWith(folder)
                || project.startsWith(folder)
                || (folder.startsWith(home) && OF_MANY.contains(home.relativize(folder)))
                || OF_SERVICES.stream().anyMatch(folder::startsWith)
                || LEVELS.contains(folder.getParent());
    }

    /** Whether no program of a project's has to write there. */
    static boolean isOfSystem(Path folder) {
        return OF_SYSTEM.stream().anyMatch(folder::startsWith);
    }

    private static SortedSet<Path> withoutInner(Set<Path> paths) {
        SortedSet<Path> outer = new TreeSet<>();
        for (Path path : new TreeSet<>(paths)) { // what is above comes first
            boolean inner = false;
            for (Path at = path.getParent(); at != null; at = at.getParent()) {
                inner |= outer.contains(at);
            }
            if (!inner) {
                outer.add(path);
            }
        }
        return outer;
    }
}
