package dev.blast.environment.project;

import dev.blast.environment.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The way upwards from a folder to the project it belongs to. It ends at the top of a checkout, at
 * a home, where another owner begins, and where anybody may write: what stands beyond is somebody
 * else's, and would decide what is installed here.
 */
final class ProjectSearch {
    private static final int SHARED = 01002; // sticky, or writable by everybody

    private final Path home;

    /**
     * @param home a project only to those who stand in it
     */
    ProjectSearch(Path home) {
        this.home = home;
    }

    /** The nearest folder from this one upwards that is a project; else this one. */
    Path from(Path start) {
        for (Path folder = start; folder != null; folder = above(folder, start)) {
            if (isProject(folder)) {
                return folder;
            }
            if (home.equals(folder.getParent())) {
                break;
            }
        }
        return start;
    }

    private static boolean isProject(Path folder) {
        return Project.isThere(folder.resolve(Project.PYPROJECT))
                || Project.isThere(folder.resolve(Project.REQUIREMENTS))
                || Environment.in(folder).folderExists();
    }

    /**
     * The next folder that may say something about {@code start}; null where the way ends, other
     * than at a home.
     */
    static @Nullable Path above(Path folder, Path start) {
        Path parent = folder.getParent();
        boolean ends =
                parent == null
                        || Files.exists(folder.resolve(".git"), LinkOption.NOFOLLOW_LINKS)
                        || isStrange(parent, start);
        return ends ? null : parent;
    }

    private static boolean isStrange(Path parent, Path start) {
        try {
            Map<String, Object> above = Files.readAttributes(parent, "unix:uid,mode");
            return ((int) Objects.requireNonNull(above.get("mode")) & SHARED) != 0
                    || !Objects.equals(above.get("uid"), Files.getAttribute(start, "unix:uid"));
        } catch (IOException _) {
            return true;
        }
    }
}
