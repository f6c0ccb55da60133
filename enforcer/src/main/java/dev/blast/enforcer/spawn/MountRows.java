package dev.blast.enforcer.spawn;

import static dev.blast.enforcer.kernel.Fcntl.AT_EMPTY_PATH;
import static dev.blast.enforcer.kernel.Fcntl.AT_FDCWD;
import static dev.blast.enforcer.kernel.Fcntl.AT_RECURSIVE;
import static dev.blast.enforcer.kernel.Fcntl.OPEN_HOW_BYTES;
import static dev.blast.enforcer.kernel.Fcntl.O_CLOEXEC;
import static dev.blast.enforcer.kernel.Fcntl.O_CREAT;
import static dev.blast.enforcer.kernel.Fcntl.O_DIRECTORY;
import static dev.blast.enforcer.kernel.Fcntl.O_NOFOLLOW;
import static dev.blast.enforcer.kernel.Fcntl.O_PATH;
import static dev.blast.enforcer.kernel.Fcntl.O_WRONLY;
import static dev.blast.enforcer.kernel.Fcntl.RESOLVE_BENEATH;
import static dev.blast.enforcer.kernel.Fcntl.RESOLVE_NO_MAGICLINKS;
import static dev.blast.enforcer.kernel.Fcntl.RESOLVE_NO_SYMLINKS;

import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.Source;
import dev.blast.enforcer.plan.Step;
import dev.blast.enforcer.plan.ThrowawayCopy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that build a root: sources taken while the machine's root is still there, an empty root,
 * what goes into it, and the change into it. Until then relative paths begin in the new root: the
 * child's working directory is there as soon as it exists.
 */
final class MountRows {
    private static final long S_IFREG = 0100000;
    private static final long OPEN_TREE_CLONE = 1;
    private static final long MOVE_MOUNT_FROM_EMPTY_PATH = 0x04;
    private static final long MOVE_MOUNT_EMPTY_PATHS = 0x44;
    private static final int MOUNT_ATTR_BYTES = 32;
    private static final long MOUNT_ATTR_RDONLY = 1;
    private static final long MOUNT_ATTR_NOSUID = 2;
    private static final long MOUNT_ATTR_NODEV = 4;
    private static final long MOUNT_ATTR_NOEXEC = 8;
    private static final long MS_RDONLY = 1;
    private static final long MS_NOSUID = 2;
    private static final long MS_NODEV = 4;
    private static final long MS_NOEXEC = 8;
    private static final long MS_REC_PRIVATE = 0x4000 | 0x40000;

    /** The root of a file system is a file of it. */
    static final long OWN_FOLDER = 1;

    private static final long AT_REMOVEDIR = 0x200;
    private static final long MNT_DETACH = 2;
    private static final long FSOPEN_CLOEXEC = 1;
    private static final long FSMOUNT_CLOEXEC = 1;
    private static final long FSCONFIG_SET_FLAG = 0;
    private static final long FSCONFIG_SET_STRING = 1;
    private static final long FSCONFIG_CMD_CREATE = 6;

    /**
     * Covered by the new root while it is filled. It exists everywhere, and what is in it is taken
     * before.
     */
    private static final String ROOT_AT = "/usr";

    static final String HIDDEN_FILE = ".hidden";
    private static final String CANARY_FILE = ".canary";
    private static final String TEXT_FILE = ".text";
    private static final String LOWER = ".lower";
    private static final String LAYER = ".layer";

    private final SpawnTable table;
    private final NativeMemory memory;
    private final long nothing;
    private final Map<Path, SpawnTable.Row> taken = new HashMap<>();
    private SpawnTable.@Nullable Row umask;
    private SpawnTable.@Nullable Row canary;

    MountRows(SpawnTable table, NativeMemory memory) {
        this.table = table;
        this.memory = memory;
        this.nothing = memory.text("");
    }

    /** The row that opens a file without a name in the new root; null before there is one. */
    SpawnTable.@Nullable Row canary() {
        return canary;
    }

    void makePrivate() {
        table.call(Syscall.mount, 0, text("/"), 0, MS_REC_PRIVATE, 0);
    }

    void take(Source source, boolean writable) {
        long how =
                memory.longs(
                        O_PATH | O_NOFOLLOW | O_CLOEXEC | (source.known() ? 0 : O_DIRECTORY),
                        0,
                        RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS);
        SpawnTable.Row file =
                table.call(
                        Syscall.openat2, AT_FDCWD, memory.path(source.path()), how, OPEN_HOW_BYTES);
        if (source.known()) {
            long stat = memory.allocate(Statx.BYTES);
            table.call(Syscall.statx, 0, nothing, AT_EMPTY_PATH, Statx.INODE, stat).on(file);
            table.expect(stat + Statx.INODE_AT, source.inode());
            table.expect(stat + Statx.DEVICE_AT, source.deviceWord());
        }
        long cloneFlags = OPEN_TREE_CLONE | O_CLOEXEC | AT_EMPTY_PATH | AT_RECURSIVE;
        SpawnTable.Row tree = table.call(Syscall.open_tree, 0, nothing, cloneFlags).on(file);
        long attributes =
                MOUNT_ATTR_NOSUID
                        | (source.device() ? 0 : MOUNT_ATTR_NODEV)
                        | (writable ? 0 : MOUNT_ATTR_RDONLY);
        table.call(
                        Syscall.mount_setattr,
                        0,
                        nothing,
                        AT_EMPTY_PATH | AT_RECURSIVE,
                        attributes(attributes),
                        MOUNT_ATTR_BYTES)
                .on(tree);
        table.call(Syscall.close, 0).on(file);
        taken.put(source.path(), tree);
    }

    void newRoot() {
        SpawnTable.Row root = tmpfs(0, "755", 0);
        table.call(
                        Syscall.move_mount,
                        0,
                        nothing,
                        AT_FDCWD,
                        text(ROOT_AT),
                        MOVE_MOUNT_FROM_EMPTY_PATH)
                .on(root);
        table.call(Syscall.fchdir, 0).on(root); // not by name: what follows is made in there
        table.call(Syscall.close, 0).on(root);
        umask = table.call(Syscall.umask, 0);
    }

    void folder(Path path) {
        table.call(Syscall.mkdirat, AT_FDCWD, relative(path), 0755);
    }

    void emptyFile(Path path) {
        table.call(Syscall.mknodat, AT_FDCWD, relative(path), S_IFREG | 0644, 0);
    }

    void textFile(Step.TextFile step) {
        long name = step.over() ? text(TEXT_FILE) : relative(step.path());
        SpawnTable.Row file =
                table.call(Syscall.openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
        byte[] bytes = step.text().getBytes(StandardCharsets.UTF_8);
        table.call(Syscall.write, 0, memory.bytes(bytes), bytes.length).on(file);
        table.call(Syscall.close, 0).on(file);
        if (step.over()) {
            mount(sealed(TEXT_FILE), step.path());
            table.call(Syscall.unlinkat, AT_FDCWD, name, 0);
        }
    }

    /** A file of the new root as a mount that nobody can write, and that hangs nowhere yet. */
    private SpawnTable.Row sealed(String name) {
        SpawnTable.Row tree =
                table.call(Syscall.open_tree, AT_FDCWD, text(name), OPEN_TREE_CLONE | O_CLOEXEC);
        long attributes = attributes(MOUNT_ATTR_RDONLY);
        table.call(Syscall.mount_setattr, 0, nothing, AT_EMPTY_PATH, attributes, MOUNT_ATTR_BYTES)
                .on(tree);
        return tree;
    }

    void link(Path path, Path target) {
        table.call(Syscall.symlinkat, linkText(target), AT_FDCWD, relative(path));
    }

    void bind(Source source) {
        bind(source, source.path());
    }

    void terminal(Source source) {
        bind(source, Step.Terminal.AT);
    }

    void bind(Source source, Path at) {
        mount(taken(source), at);
    }

    private SpawnTable.Row taken(Source source) {
        SpawnTable.Row tree = taken.get(source.path());
        if (tree == null) {
            throw new IllegalStateException(source.path() + " was not taken");
        }
        return tree;
    }

    /**
     * OverlayFS takes its layers by name. They get one each in the new root for that instant, so
     * that no byte of a path has to be escaped and no path is walked a second time.
     */
    void overlay(Source lower, Source place) {
        beside(LOWER, lower);
        beside(LAYER, place);
        SpawnTable.Row fs = table.call(Syscall.fsopen, text("overlay"), FSOPEN_CLOEXEC);
        table.call(Syscall.fsconfig, 0, FSCONFIG_SET_FLAG, text("userxattr"), 0, 0).on(fs);
        set(fs, "lowerdir", LOWER);
        set(fs, "upperdir", LAYER + "/" + ThrowawayCopy.UPPER);
        set(fs, "workdir", LAYER + "/" + ThrowawayCopy.WORK);
        table.call(Syscall.fsconfig, 0, FSCONFIG_CMD_CREATE, 0, 0, 0).on(fs);
        SpawnTable.Row tree =
                table.call(
                                Syscall.fsmount,
                                0,
                                FSMOUNT_CLOEXEC,
                                MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV)
                        .on(fs);
        table.call(Syscall.close, 0).on(fs);
        mount(tree, lower.path());
        remove(LOWER);
        remove(LAYER);
    }

    private void beside(String name, Source source) {
        table.call(Syscall.mkdirat, AT_FDCWD, text(name), 0700);
        mount(taken(source), Path.of("/", name));
    }

    private void remove(String name) {
        table.call(Syscall.umount2, text(name), MNT_DETACH);
        table.call(Syscall.unlinkat, AT_FDCWD, text(name), AT_REMOVEDIR);
    }

    void pin(Path path) {
        mount(
                table.call(
                        Syscall.open_tree, AT_FDCWD, relative(path), OPEN_TREE_CLONE | O_CLOEXEC),
                path);
    }

    void temporary(Step.Temporary step) {
        mount(tmpfs(step.sizeBytes(), step.files(), "1777", 0), step.path());
    }

    void hide(Path path, boolean folder) {
        if (folder) {
            mount(tmpfs(4096, "0", MOUNT_ATTR_RDONLY), path);
            return;
        }
        table.call(Syscall.mknodat, AT_FDCWD, text(HIDDEN_FILE), S_IFREG, 0).mayFail();
        mount(sealed(HIDDEN_FILE), path);
    }

    void devices(long sharedMemoryBytes) {
        mount(tmpfs(0, "755", MOUNT_ATTR_NOEXEC), Path.of("/dev"));
        table.call(Syscall.mkdirat, AT_FDCWD, text("dev/pts"), 0755);
        String options = "newinstance,ptmxmode=0666,mode=620";
        table.call(
                Syscall.mount,
                text("devpts"),
                text("dev/pts"),
                text("devpts"),
                MS_NOSUID | MS_NOEXEC,
                text(options));
        table.call(Syscall.mkdirat, AT_FDCWD, text("dev/shm"), 01777);
        mount(tmpfs(sharedMemoryBytes, "1777", 0), Path.of("/dev/shm"));
        link("dev/ptmx", "pts/ptmx");
        link("dev/fd", "/proc/self/fd");
        link("dev/stdin", "/proc/self/fd/0");
        link("dev/stdout", "/proc/self/fd/1");
        link("dev/stderr", "/proc/self/fd/2");
    }

    void proc() {
        table.call(Syscall.mkdirat, AT_FDCWD, text("proc"), 0555);
        long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY;
        table.call(Syscall.mount, text("proc"), text("proc"), text("proc"), flags, 0);
    }

    /**
     * pivot_root(2), "pivot_root(".", ".")": the old root lies over the new one, and is taken off.
     */
    void enterRoot() {
        table.call(Syscall.unlinkat, AT_FDCWD, text(HIDDEN_FILE), 0).mayFail();
        table.call(Syscall.mknodat, AT_FDCWD, text(CANARY_FILE), S_IFREG | 0444, 0);
        canary = table.call(Syscall.openat, AT_FDCWD, text(CANARY_FILE), O_PATH | O_CLOEXEC, 0);
        table.call(Syscall.unlinkat, AT_FDCWD, text(CANARY_FILE), 0);
        table.call(Syscall.pivot_root, text("."), text("."));
        table.call(Syscall.umount2, text("."), MNT_DETACH);
        table.call(Syscall.chdir, text("/"));
        if (umask != null) {
            table.call(Syscall.umask, 0).on(umask);
        }
        long sealed = attributes(MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV);
        table.call(Syscall.mount_setattr, AT_FDCWD, text("/"), 0, sealed, MOUNT_ATTR_BYTES);
        table.call(Syscall.mount_setattr, AT_FDCWD, text("/dev"), 0, sealed, MOUNT_ATTR_BYTES);
    }

    /** A mounted file system that hangs nowhere yet. */
    private SpawnTable.Row tmpfs(long sizeBytes, String mode, long attributes) {
        return tmpfs(sizeBytes, 0, mode, attributes);
    }

    private SpawnTable.Row tmpfs(long sizeBytes, long files, String mode, long attributes) {
        SpawnTable.Row fs = table.call(Syscall.fsopen, text("tmpfs"), FSOPEN_CLOEXEC);
        if (sizeBytes > 0) {
            set(fs, "size", Long.toString(sizeBytes));
        }
        if (files > 0) {
            set(fs, "nr_inodes", Long.toString(files + OWN_FOLDER));
        }
        set(fs, "mode", mode);
        table.call(Syscall.fsconfig, 0, FSCONFIG_CMD_CREATE, 0, 0, 0).on(fs);
        return table.call(
                        Syscall.fsmount,
                        0,
                        FSMOUNT_CLOEXEC,
                        MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | attributes)
                .on(fs);
    }

    private void set(SpawnTable.Row fs, String option, String value) {
        table.call(Syscall.fsconfig, 0, FSCONFIG_SET_STRING, text(option), text(value), 0).on(fs);
    }

    /**
     * Hangs a mount at a path of the new root. A link on the way, which a bind may have brought
     * along, is an error.
     */
    private void mount(SpawnTable.Row tree, Path path) {
        long how =
                memory.longs(
                        O_PATH | O_NOFOLLOW | O_CLOEXEC, 0, RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH);
        SpawnTable.Row target =
                table.call(Syscall.openat2, AT_FDCWD, relative(path), how, OPEN_HOW_BYTES);
        SpawnTable.Row move =
                table.call(Syscall.move_mount, 0, nothing, 0, nothing, MOVE_MOUNT_EMPTY_PATHS)
                        .on(tree);
        target.into(move, 2);
        table.call(Syscall.close, 0).on(tree);
    }

    /** What a link says may be relative; such a path has no bytes but its text. */
    private long linkText(Path target) {
        return target.isAbsolute() ? memory.path(target) : text(target.toString());
    }

    private void link(String path, String target) {
        table.call(Syscall.symlinkat, text(target), AT_FDCWD, text(path));
    }

    private long attributes(long set) {
        return memory.longs(set, 0, 0, 0);
    }

    /** Without a new root it would be a path of the machine's. */
    private long relative(Path path) {
        if (umask == null) {
            throw new IllegalStateException("no new root for " + path);
        }
        return memory.path(path) + 1;
    }

    private long text(String text) {
        return memory.text(text);
    }
}
