package dev.blast.enforcer.spawn;

import static dev.blast.enforcer.kernel.Fcntl.AT_FDCWD;
import static dev.blast.enforcer.kernel.Fcntl.O_CLOEXEC;
import static dev.blast.enforcer.kernel.Fcntl.O_DIRECTORY;
import static dev.blast.enforcer.kernel.Fcntl.O_NOFOLLOW;
import static dev.blast.enforcer.kernel.Fcntl.O_PATH;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.NativeText;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.OwnUse;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * The temporary folders of a sandbox, held from its start on: they would be gone with its last
 * process, and what lies in them then is said. Their memory is kept until this is closed. For one
 * thread at a time.
 */
public final class TemporaryRemains implements AutoCloseable {
    private static final int DEEPEST = 30;
    private static final int MOST_NAMES = 20_000;
    private static final long MOST_NANOS = 200_000_000;
    private static final int NAMED = 3;

    private final Kernel kernel;
    private final List<Held> held = new ArrayList<>();

    /**
     * What lies there that a person may have wanted ({@link OwnUse}): files that are not empty.
     *
     * @param files how many, each once, whatever its names
     * @param bytes how long they are together; holes count as nothing
     * @param first the paths of the first ones, bytes that are no text as {@link NativeText} has
     *     them
     * @param all whether all was looked at; else there may be more
     */
    public record Remains(long files, long bytes, List<String> first, boolean all) {
        public Remains {
            first = List.copyOf(first);
        }
    }

    /** A folder: what it is called inside, and a descriptor of it (O_PATH). */
    private record Held(String path, long descriptor) {}

    private TemporaryRemains(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Holds those that a plan has mounted. One that cannot be held is passed over.
     *
     * @param first its first process, which has not let its program go
     */
    public static TemporaryRemains of(Plan plan, long first, Kernel kernel) {
        Path root = Path.of("/proc", Long.toString(first), "root");
        var remains = new TemporaryRemains(kernel);
        for (Step step : plan.steps()) {
            if (step instanceof Step.Temporary(Path path, _, _)) {
                remains.hold(root.resolve(path.toString().substring(1)), path);
            }
        }
        return remains;
    }

    public static TemporaryRemains ofNothing(Kernel kernel) {
        return new TemporaryRemains(kernel);
    }

    /** What lies in a folder of the machine. */
    public static Remains in(Path folder) {
        try (var remains = new TemporaryRemains(Kernel.linux())) {
            remains.hold(folder, folder);
            return remains.list();
        }
    }

    private void hold(Path folder, Path shown) {
        try (var memory = new NativeMemory()) {
            long how = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
            long descriptor = kernel.call(Syscall.openat, AT_FDCWD, memory.path(folder), how, 0);
            if (descriptor >= 0) {
                held.add(new Held(shown.toString(), descriptor));
            }
        }
    }

    /** Looks at what lies there now; nothing runs any more. */
    public Remains list() {
        var look = new Look();
        held.forEach(look::at);
        return new Remains(look.files, look.bytes, look.first, look.all);
    }

    @Override
    public void close() {
        held.forEach(it -> kernel.call(Syscall.close, it.descriptor()));
        held.clear();
    }

    /** One, over all folders. Each is looked at as far as its own file system reaches. */
    private final class Look {
        private final long end = System.nanoTime() + MOST_NANOS;
        private final List<String> first = new ArrayList<>();
        private boolean all = true;
        private int names;
        private long files;
        private long bytes;
        private long device;
        private final Set<Long> inodes = new HashSet<>();

        void at(Held folder) {
            try (var memory = new NativeMemory()) {
                var stat = new Statx(kernel, memory);
                if (stat.look(folder.descriptor(), memory.text("."), Statx.AT_SYMLINK_NOFOLLOW)) {
                    device = stat.device();
                    inodes.clear();
                    below(folder.descriptor(), memory.text("."), folder.path(), 0);
                }
            }
        }

        private void below(long folder, long name, String path, int depth) {
            if (depth == DEEPEST || isEnough()) {
                all = false;
                return;
            }
            long how = O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
            long descriptor = kernel.call(Syscall.openat, folder, name, how, 0);
            if (descriptor < 0) {
                all = false; // its owner closed it
                return;
            }
            try (var memory = new NativeMemory()) {
                for (byte[] each : list(descriptor, path)) {
                    below(descriptor, memory.bytes(each), path + "/" + text(each), depth + 1);
                }
            } finally {
                kernel.call(Syscall.close, descriptor);
            }
        }

        private boolean isEnough() {
            return names >= MOST_NAMES || System.nanoTime() - end > 0;
        }

        /** Notes the files in a folder; the names of folders in it, each with a NUL behind. */
        private List<byte[]> list(long descriptor, String path) {
            var folders = new ArrayList<byte[]>();
            var sizes = new TreeMap<String, Long>();
            try (var memory = new NativeMemory()) {
                var stat = new Statx(kernel, memory);
                FolderEntries.of(
                        descriptor,
                        memory,
                        kernel,
                        (address, name) -> {
                            if (isEnough()) {
                                all = false;
                                return false;
                            }
                            names++;
                            if (!OwnUse.is(text(name))
                                    && stat.look(descriptor, address, Statx.AT_SYMLINK_NOFOLLOW)
                                    && stat.device() == device) {
                                if (stat.isFolder()) {
                                    folders.add(name);
                                } else if (stat.isFile()
                                        && stat.size() > 0
                                        && inodes.add(stat.inode())) {
                                    sizes.put(text(name), Math.min(stat.size(), stat.held()));
                                }
                            }
                            return true;
                        });
            }
            sizes.forEach((name, size) -> note(path + "/" + name, size));
            folders.sort(Arrays::compare);
            return folders;
        }

        private void note(String path, long size) {
            files++;
            bytes += size;
            if (first.size() < NAMED) {
                first.add(path);
            }
        }

        private static String text(byte[] name) {
            int length = 0;
            while (name[length] != 0) {
                length++;
            }
            return NativeText.of(Arrays.copyOf(name, length));
        }
    }
}
