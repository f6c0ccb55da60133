package dev.blast.enforcer.plan;

import dev.blast.rules.verdict.Limit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Folders of a sandbox's own: how much they hold, and where they are if nothing can be mounted. */
public final class TemporaryFolders {
    private static final long PAGE_BYTES = 4096;

    private TemporaryFolders() {}

    /**
     * The same steps with folders that hold no more, all together, than a program may have of
     * memory: where no cgroup counts what lies in them, nothing else does.
     */
    public static List<Step> within(long memoryBytes, List<Step> steps) {
        double all = 0;
        for (Step step : steps) {
            all += wanted(step, memoryBytes);
        }
        double share = Math.min(1, memoryBytes / Math.max(1, all));
        List<Step> sized = new ArrayList<>();
        for (Step step : steps) {
            long pages = (long) (wanted(step, memoryBytes) * share) / PAGE_BYTES;
            long bytes = Math.max(1, pages) * PAGE_BYTES;
            sized.add(
                    step instanceof Step.Temporary(Path path, long _, long files)
                            ? new Step.Temporary(path, bytes, files)
                            : step instanceof Step.Devices ? new Step.Devices(bytes) : step);
        }
        return sized;
    }

    /**
     * The same steps with folders that hold no more, all together, than a program may put on the
     * disk, and no more files each; memory shared by name is no disk.
     *
     * @param bytes null where nothing limits it, as {@code files}
     */
    public static List<Step> within(
            @Nullable Limit bytes, @Nullable Limit files, List<Step> steps) {
        List<Step> folders = steps.stream().filter(Step.Temporary.class::isInstance).toList();
        Iterator<Step> sized =
                (bytes == null ? folders : within(bytes.amount(), folders)).iterator();
        List<Step> all = new ArrayList<>();
        for (Step step : steps) {
            all.add(
                    step instanceof Step.Temporary
                                    && sized.next() instanceof Step.Temporary(var path, var size, _)
                            ? new Step.Temporary(path, size, files == null ? 0 : files.amount())
                            : step);
        }
        return all;
    }

    /** Without a size of its own a folder may take all there is. */
    private static long wanted(Step step, long memoryBytes) {
        long bytes =
                step instanceof Step.Temporary(Path _, long size, long _)
                        ? size
                        : step instanceof Step.Devices(long size) ? size : -1;
        return bytes < 0 ? 0 : bytes == 0 ? memoryBytes : Math.min(bytes, memoryBytes);
    }

    /**
     * A variable's value that names a temporary folder or something in it, as it is where a private
     * folder stands in for all of them; any other value as it is.
     *
     * @param visible what else is to be seen, below them too
     */
    public static String moved(
            String value, List<Path> temporary, List<Path> visible, Path privateFolder) {
        if (visible.stream().anyMatch(path -> isIn(value, path))) {
            return value;
        }
        String longest = "";
        for (Path path : temporary) {
            if (isIn(value, path) && path.toString().length() > longest.length()) {
                longest = path.toString();
            }
        }
        return longest.isEmpty() ? value : privateFolder + value.substring(longest.length());
    }

    /** By text: a variable may be anything, and need be no path. */
    private static boolean isIn(String value, Path path) {
        return value.equals(path.toString()) || value.startsWith(path + "/");
    }
}
