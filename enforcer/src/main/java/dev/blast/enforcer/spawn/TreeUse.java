package dev.blast.enforcer.spawn;

import static dev.blast.enforcer.kernel.Fcntl.AT_FDCWD;
import static dev.blast.enforcer.kernel.Fcntl.O_CLOEXEC;
import static dev.blast.enforcer.kernel.Fcntl.O_DIRECTORY;
import static dev.blast.enforcer.kernel.Fcntl.O_NOFOLLOW;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * What trees of files take up: blocks on the disk, so that holes count as nothing, and names. Each
 * file counts once, whatever its names; no link is followed. From folder to folder by descriptors,
 * since what a program makes may lie deeper than any path reaches. For one thread.
 */
final class TreeUse {
    /** No project is as deep; a program that digs deeper does not want to be measured. */
    private static final int DEEPEST = 1000;

    private final Kernel kernel;
    private final Use enough;
    private final Set<Inode> leftOut = new HashSet<>();
    private final Set<Inode> linked = new HashSet<>();
    private boolean tooDeep;
    private long bytes;
    private long files;

    /** How much. */
    record Use(long bytes, long files) {
        static final Use NOTHING = new Use(0, 0);
        static final Use WITHOUT_END = new Use(Long.MAX_VALUE, Long.MAX_VALUE);

        Use plus(Use other) {
            return this.equals(WITHOUT_END) || other.equals(WITHOUT_END)
                    ? WITHOUT_END
                    : new Use(bytes + other.bytes, files + other.files);
        }

        /** What came on top of an earlier one; not less than nothing. */
        Use since(Use earlier) {
            return equals(WITHOUT_END)
                    ? this
                    : new Use(
                            Math.max(0, bytes - earlier.bytes), Math.max(0, files - earlier.files));
        }
    }

    /** One file, whatever its name. */
    private record Inode(long device, long number) {}

    private TreeUse(Kernel kernel, Use enough) {
        this.kernel = kernel;
        this.enough = enough;
    }

    /**
     * Measures them together.
     *
     * @return {@link Use#WITHOUT_END} where they are deeper than anybody follows
     * @param except what is left out with all below
     * @param enough where one of the two is exceeded, the rest is not looked at
     */
    static Use of(Collection<Path> trees, Collection<Path> except, Use enough, Kernel kernel) {
        TreeUse use = new TreeUse(kernel, enough);
        try (NativeMemory memory = new NativeMemory()) {
            var stat = new Statx(kernel, memory);
            for (Path path : except) {
                if (stat.look(AT_FDCWD, memory.path(path), Statx.AT_SYMLINK_NOFOLLOW)) {
                    use.leftOut.add(inode(stat));
                }
            }
            for (Path tree : trees) {
                long path = memory.path(tree);
                if (stat.look(AT_FDCWD, path, Statx.AT_SYMLINK_NOFOLLOW) && use.counts(stat)) {
                    use.below(AT_FDCWD, path, 0);
                }
            }
        }
        return use.tooDeep ? Use.WITHOUT_END : new Use(use.bytes, use.files);
    }

    /**
     * What is behind a descriptor of a process, be it without a name.
     *
     * @param link in {@code /proc/PID/fd}
     * @param counted which were already, and after this one of them
     * @param devices the file systems that are asked about
     */
    static long bytesBehind(Path link, Set<Long> counted, LongPredicate devices, Kernel kernel) {
        try (NativeMemory memory = new NativeMemory()) {
            var stat = new Statx(kernel, memory);
            return stat.look(AT_FDCWD, memory.path(link), 0)
                            && devices.test(stat.device())
                            && counted.add(stat.inode())
                    ? stat.held()
                    : 0;
        }
    }

    /** The file system on which each of them lies, as statx(2) has it. */
    static Set<Long> devices(Collection<Path> paths, Kernel kernel) {
        Set<Long> devices = new HashSet<>();
        try (NativeMemory memory = new NativeMemory()) {
            var stat = new Statx(kernel, memory);
            for (Path path : paths) {
                if (stat.look(AT_FDCWD, memory.path(path), 0)) {
                    devices.add(stat.device());
                }
            }
        }
        return devices;
    }

    private static Inode inode(Statx stat) {
        return new Inode(stat.device(), stat.inode());
    }

    /** Counts it, unless it was; whether there may be more below it. */
    private boolean counts(Statx stat) {
        boolean folder = stat.isFolder();
        boolean comesAgain = !folder && stat.links() > 1;
        if ((!leftOut.isEmpty() && leftOut.contains(inode(stat)))
                || (comesAgain && !linked.add(inode(stat)))) {
            return false;
        }
        bytes += stat.held();
        files++;
        return folder;
    }

    private boolean isEnough() {
        return tooDeep || bytes > enough.bytes || files > enough.files;
    }

    private void below(long folder, long name, int depth) {
        long how = O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
        long descriptor = kernel.call(Syscall.openat, folder, name, how, 0);
        tooDeep |= descriptor == -Errno.EMFILE.number() || depth == DEEPEST;
        if (descriptor < 0) {
            return; // gone meanwhile, or closed to this user
        }
        try (NativeMemory memory = new NativeMemory()) {
            for (byte[] below : list(descriptor)) {
                if (isEnough()) {
                    return;
                }
                below(descriptor, memory.bytes(below), depth + 1);
            }
        } finally {
            kernel.call(Syscall.close, descriptor);
        }
    }

    /** Counts what is in a folder; the names of folders in it, each with a NUL behind. */
    private List<byte[]> list(long descriptor) {
        List<byte[]> folders = new ArrayList<>();
        if (isEnough()) {
            return folders;
        }
        try (NativeMemory memory = new NativeMemory()) {
            var stat = new Statx(kernel, memory);
            FolderEntries.of(
                    descriptor,
                    memory,
                    kernel,
                    (address, name) -> {
                        if (stat.look(descriptor, address, Statx.AT_SYMLINK_NOFOLLOW)
                                && counts(stat)) {
                            folders.add(name);
                        }
                        return !isEnough();
                    });
        }
        return folders;
    }
}
