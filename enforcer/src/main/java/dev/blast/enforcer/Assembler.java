package dev.blast.enforcer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a plan out as system calls, in the plan's order. Until the new root is entered, relative
 * paths begin in it: the working directory of the child is there as soon as it exists. Constants
 * are from {@code linux/*.h}; man pages in section 2.
 */
final class Assembler {
    private static final int STACK_BYTES = 64 * 1024;
    private static final long AT_FDCWD = -100;
    private static final long AT_EMPTY_PATH = 0x1000;
    private static final long AT_RECURSIVE = 0x8000;
    private static final long O_PATH = 010000000;
    private static final long O_NOFOLLOW = 0400000;
    private static final long O_CLOEXEC = 02000000;
    private static final long O_WRONLY = 1;
    private static final long S_IFREG = 0100000;

    private static final long CLONE_VM_VFORK = 0x100 | 0x4000;
    private static final long CLONE_PIDFD = 0x1000;
    private static final long CLONE_INTO_CGROUP = 0x200000000L;
    private static final long SIGCHLD = 17;
    private static final long SIG_SETMASK = 2;
    private static final long SIGNAL_SET_BYTES = 8;

    private static final long PR_SET_PDEATHSIG = 1;
    private static final long PR_CAPBSET_DROP = 24;
    private static final long PR_SET_SECUREBITS = 28;
    private static final long PR_SET_NO_NEW_PRIVS = 38;
    private static final long PR_CAP_AMBIENT = 47;
    private static final long PR_CAP_AMBIENT_CLEAR_ALL = 4;

    /** NOROOT, NO_SETUID_FIXUP, NO_CAP_AMBIENT_RAISE, each locked, and KEEP_CAPS locked off. */
    private static final long SECUREBITS = 0xEF;

    private static final long LINUX_CAPABILITY_VERSION_3 = 0x20080522;
    private static final long SIGKILL = 9;

    private static final long RESOLVE_NO_MAGICLINKS = 0x02;
    private static final long RESOLVE_NO_SYMLINKS = 0x04;
    private static final long RESOLVE_BENEATH = 0x08;
    private static final int OPEN_HOW_BYTES = 24;
    private static final long STATX_INO = 0x100;
    private static final int STATX_BYTES = 256;
    private static final int STATX_INODE_AT = 32;
    private static final int STATX_DEVICE_AT = 136;

    private static final long OPEN_TREE_CLONE = 1;
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
    private static final long MNT_DETACH = 2;
    private static final long FSCONFIG_SET_STRING = 1;
    private static final long FSCONFIG_CMD_CREATE = 6;

    private static final long LANDLOCK_RULE_PATH_BENEATH = 1;
    private static final long SECCOMP_SET_MODE_FILTER = 1;

    /**
     * Covered by the new root while it is filled. It exists everywhere, and what is in it is taken
     * before.
     */
    private static final String ROOT_AT = "/usr";

    private static final String HIDDEN_FILE = ".hidden";
    private static final String CANARY_FILE = ".canary";
    private static final long CONTROL = 3; // as InitProgram expects it
    private static final long INIT = 4;
    private static final long CANARY = 5;

    private final NativeMemory memory;
    private final Descriptors descriptors;
    private final SpawnTable table;
    private final Map<Path, SpawnTable.Row> taken = new HashMap<>();
    private final long nothing;
    private final long pidfd;
    private SpawnTable.@Nullable Row umask;
    private SpawnTable.@Nullable Row canary;

    Assembler(Processor processor, NativeMemory memory, Descriptors descriptors) {
        this.memory = memory;
        this.descriptors = descriptors;
        this.table = new SpawnTable(processor, memory, new Step.Namespaces(Set.of()));
        this.nothing = memory.text("");
        this.pidfd = memory.allocate(8);
    }

    /** Where the clone puts the child's pidfd. */
    long pidfdAddress() {
        return pidfd;
    }

    SpawnTable assemble(List<Step> steps) {
        for (Step step : steps) {
            table.begin(step);
            add(step);
        }
        return table;
    }

    private void add(Step step) {
        switch (step) {
            case Step.MakeFolder _ -> {} // on the machine, before the child exists
            case Step.Namespaces(Set<Namespace> namespaces) -> spawn(namespaces);
            case Step.DieWithLauncher _ ->
                    table.call(Syscall.prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
            case Step.Identity(int userId, int groupId) -> identity(userId, groupId);
            case Step.MakeCgroups _ -> {} // likewise
            case Step.JoinCgroups _ -> joinCgroups();
            case Step.CgroupNamespace _ ->
                    table.call(Syscall.unshare, Namespace.CGROUP.cloneFlag());
            case Step.PrivateMounts _ ->
                    table.call(Syscall.mount, 0, text("/"), 0, MS_REC_PRIVATE, 0);
            case Step.TakeSource(Source source, boolean writable) -> take(source, writable);
            case Step.NewRoot _ -> newRoot();
            case Step.Folder(Path path) -> table.call(Syscall.mkdir, relative(path), 0755);
            case Step.EmptyFile(Path path) ->
                    table.call(Syscall.mknod, relative(path), S_IFREG | 0644, 0);
            case Step.Link(Path path, Path target) ->
                    table.call(Syscall.symlink, text(target.toString()), relative(path));
            case Step.Bind(Source source, boolean _) ->
                    mount(Objects.requireNonNull(taken.get(source.path())), source.path());
            case Step.Temporary(Path path, long size) -> mount(tmpfs(size, "1777", 0), path);
            case Step.Hide(Path path, boolean folder) -> hide(path, folder);
            case Step.Devices(long sharedMemoryBytes) -> devices(sharedMemoryBytes);
            case Step.Proc _ -> proc();
            case Step.EnterRoot _ -> enterRoot();
            case Step.Hostname(String name) ->
                    table.call(Syscall.sethostname, text(name), name.length());
            case Step.Descriptors _ -> closeDescriptors();
            case Step.ResourceLimit(Resource resource, long amount) ->
                    table.call(
                            Syscall.prlimit64,
                            0,
                            resource.number(),
                            memory.longs(amount, amount),
                            0);
            case Step.WorkingDirectory(Path path) ->
                    table.call(Syscall.chdir, text(path.toString()));
            case Step.DropCapabilities(int last) -> dropCapabilities(last);
            case Step.NoNewPrivileges _ ->
                    table.call(Syscall.prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
            case Step.Restrict(int abi, List<LandlockRule> rules) -> restrict(abi, rules);
            case Step.Filter(BpfProgram program) -> filter(program);
            case Step.Leave _ -> table.call(Syscall.exit_group, 0);
            case Step.Execute(
                            Path program,
                            List<String> arguments,
                            Map<String, String> environment) ->
                    execute(program, arguments, environment);
        }
    }

    /** Rows 0 to 2 run in the parent: signals off, clone3, signals as they were. */
    private void spawn(Set<Namespace> namespaces) {
        long before = memory.allocate(SIGNAL_SET_BYTES);
        table.call(Syscall.rt_sigprocmask, SIG_SETMASK, memory.longs(-1), before, SIGNAL_SET_BYTES);
        long flags = CLONE_VM_VFORK | CLONE_PIDFD;
        for (Namespace namespace : namespaces) {
            flags |= namespace.cloneFlag();
        }
        Integer cgroup = descriptors.cgroup();
        if (cgroup != null) {
            flags |= CLONE_INTO_CGROUP;
        }
        long stack = memory.allocate(STACK_BYTES);
        long arguments =
                memory.longs(
                        flags,
                        pidfd,
                        0,
                        0,
                        SIGCHLD,
                        stack,
                        STACK_BYTES,
                        0,
                        0,
                        0,
                        cgroup == null ? 0 : cgroup);
        table.call(Syscall.clone3, arguments, 88);
        table.call(Syscall.rt_sigprocmask, SIG_SETMASK, before, 0, SIGNAL_SET_BYTES);
    }

    /**
     * setgroups must be given up before an ordinary user may map a group, see user_namespaces(7).
     */
    private void identity(int userId, int groupId) {
        writeTo("/proc/self/setgroups", "deny");
        writeTo("/proc/self/uid_map", userId + " " + userId + " 1");
        writeTo("/proc/self/gid_map", groupId + " " + groupId + " 1");
    }

    private void writeTo(String path, String content) {
        SpawnTable.Row file =
                table.call(Syscall.openat, AT_FDCWD, text(path), O_WRONLY | O_CLOEXEC, 0);
        table.call(Syscall.write, 0, text(content), content.length()).on(file);
        table.call(Syscall.close, 0).on(file);
    }

    private void joinCgroups() {
        for (int join : descriptors.cgroupJoins()) {
            table.call(Syscall.write, join, text("0"), 1); // 0 is whoever writes
        }
    }

    private void take(Source source, boolean writable) {
        long how =
                memory.longs(
                        O_PATH | O_NOFOLLOW | O_CLOEXEC,
                        0,
                        RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS);
        SpawnTable.Row file =
                table.call(
                        Syscall.openat2,
                        AT_FDCWD,
                        text(source.path().toString()),
                        how,
                        OPEN_HOW_BYTES);
        if (source.known()) {
            long stat = memory.allocate(STATX_BYTES);
            table.call(Syscall.statx, 0, nothing, AT_EMPTY_PATH, STATX_INO, stat).on(file);
            table.expect(stat + STATX_INODE_AT, source.inode());
            table.expect(stat + STATX_DEVICE_AT, source.deviceWord());
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

    private void newRoot() {
        table.call(
                Syscall.mount,
                text("tmpfs"),
                text(ROOT_AT),
                text("tmpfs"),
                MS_NOSUID | MS_NODEV,
                text("mode=755"));
        table.call(Syscall.chdir, text(ROOT_AT));
        umask = table.call(Syscall.umask, 0);
    }

    /** A mounted file system that hangs nowhere yet. */
    private SpawnTable.Row tmpfs(long sizeBytes, String mode, long attributes) {
        SpawnTable.Row fs = table.call(Syscall.fsopen, text("tmpfs"), 1);
        if (sizeBytes > 0) {
            table.call(
                            Syscall.fsconfig,
                            0,
                            FSCONFIG_SET_STRING,
                            text("size"),
                            text(Long.toString(sizeBytes)),
                            0)
                    .on(fs);
        }
        table.call(Syscall.fsconfig, 0, FSCONFIG_SET_STRING, text("mode"), text(mode), 0).on(fs);
        table.call(Syscall.fsconfig, 0, FSCONFIG_CMD_CREATE, 0, 0, 0).on(fs);
        return table.call(Syscall.fsmount, 0, 1, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | attributes)
                .on(fs);
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

    private void hide(Path path, boolean folder) {
        if (folder) {
            mount(tmpfs(4096, "0", MOUNT_ATTR_RDONLY), path);
            return;
        }
        table.call(Syscall.mknod, text(HIDDEN_FILE), S_IFREG, 0).mayFail();
        SpawnTable.Row tree =
                table.call(
                        Syscall.open_tree,
                        AT_FDCWD,
                        text(HIDDEN_FILE),
                        OPEN_TREE_CLONE | O_CLOEXEC);
        mount(tree, path);
    }

    private void devices(long sharedMemoryBytes) {
        mount(tmpfs(0, "755", MOUNT_ATTR_NOEXEC), Path.of("/dev"));
        table.call(Syscall.mkdir, text("dev/pts"), 0755);
        String options = "newinstance,ptmxmode=0666,mode=620";
        table.call(
                Syscall.mount,
                text("devpts"),
                text("dev/pts"),
                text("devpts"),
                MS_NOSUID | MS_NOEXEC,
                text(options));
        table.call(Syscall.mkdir, text("dev/shm"), 01777);
        mount(tmpfs(sharedMemoryBytes, "1777", 0), Path.of("/dev/shm"));
        link("dev/ptmx", "pts/ptmx");
        link("dev/fd", "/proc/self/fd");
        link("dev/stdin", "/proc/self/fd/0");
        link("dev/stdout", "/proc/self/fd/1");
        link("dev/stderr", "/proc/self/fd/2");
    }

    private void link(String path, String target) {
        table.call(Syscall.symlink, text(target), text(path));
    }

    private void proc() {
        table.call(Syscall.mkdir, text("proc"), 0555);
        long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY;
        table.call(Syscall.mount, text("proc"), text("proc"), text("proc"), flags, 0);
    }

    /**
     * pivot_root(2), "pivot_root(".", ".")": the old root lies over the new one, and is taken off.
     */
    private void enterRoot() {
        table.call(Syscall.unlink, text(HIDDEN_FILE)).mayFail();
        table.call(Syscall.mknod, text(CANARY_FILE), S_IFREG | 0444, 0);
        canary = table.call(Syscall.openat, AT_FDCWD, text(CANARY_FILE), O_PATH | O_CLOEXEC, 0);
        table.call(Syscall.unlink, text(CANARY_FILE));
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

    private void closeDescriptors() {
        for (int i = 0; i < 3; i++) {
            Integer from = descriptors.standard().get(i);
            if (from != null) {
                table.call(Syscall.dup3, from, i, 0);
            }
        }
        if (canary != null) {
            table.call(Syscall.dup3, 0, CANARY, O_CLOEXEC).on(canary);
        }
        table.call(Syscall.dup3, descriptors.init(), INIT, O_CLOEXEC);
        table.call(Syscall.dup3, descriptors.control(), CONTROL, 0);
        table.call(Syscall.close_range, canary == null ? CANARY : CANARY + 1, 0xffffffffL, 0);
    }

    /**
     * The bounding set first, which takes CAP_SETPCAP; then the ways back are locked; then the
     * other sets.
     */
    private void dropCapabilities(int last) {
        for (int capability = 0; capability <= last; capability++) {
            table.call(Syscall.prctl, PR_CAPBSET_DROP, capability, 0, 0, 0);
        }
        if (last >= 0) {
            table.call(Syscall.prctl, PR_SET_SECUREBITS, SECUREBITS, 0, 0, 0);
        }
        table.call(Syscall.prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
        table.call(Syscall.capset, memory.longs(LINUX_CAPABILITY_VERSION_3), memory.longs(0, 0, 0));
    }

    /**
     * With a canary before and after: a file that can be opened, and that Landlock alone then
     * withholds.
     */
    private void restrict(int abi, List<LandlockRule> rules) {
        if (canary != null) {
            SpawnTable.Row open = openCanary();
            table.call(Syscall.close, 0).on(open);
        }
        long attributes =
                memory.longs(
                        Landlock.handledFiles(abi),
                        Landlock.handledNetwork(abi),
                        Landlock.scoped(abi));
        SpawnTable.Row ruleset =
                table.call(
                        Syscall.landlock_create_ruleset,
                        attributes,
                        Landlock.attributeBytes(abi),
                        0);
        for (LandlockRule rule : rules) {
            long beneath =
                    memory.longs(
                            Landlock.rights(rule, abi),
                            0); // the rights, then a packed 32-bit descriptor
            SpawnTable.Row path =
                    table.call(
                                    Syscall.openat,
                                    AT_FDCWD,
                                    text(rule.path().toString()),
                                    O_PATH | O_CLOEXEC,
                                    0)
                            .storedAt(beneath + 8);
            table.call(Syscall.landlock_add_rule, 0, LANDLOCK_RULE_PATH_BENEATH, beneath, 0)
                    .on(ruleset);
            table.call(Syscall.close, 0).on(path);
        }
        for (int standard = 0;
                standard < 3;
                standard++) { // what they lead to may be opened again, as /dev/stdout
            long beneath =
                    memory.longs(
                            (Landlock.READ_FILE
                                            | Landlock.WRITE_FILE
                                            | Landlock.TRUNCATE
                                            | Landlock.IOCTL_DEV)
                                    & Landlock.handledFiles(abi),
                            standard);
            table.call(Syscall.landlock_add_rule, 0, LANDLOCK_RULE_PATH_BENEATH, beneath, 0)
                    .on(ruleset)
                    .mayFail(); // pipes and sockets take no rule and need none
        }
        table.call(Syscall.landlock_restrict_self, 0, 0).on(ruleset);
        table.call(Syscall.close, 0).on(ruleset);
        if (canary != null) {
            table.expect(openCanary().mayFail(), -Errno.EACCES.number());
        }
    }

    private SpawnTable.Row openCanary() {
        return table.call(Syscall.openat, AT_FDCWD, text("/proc/self/fd/" + CANARY), O_CLOEXEC, 0);
    }

    private void filter(BpfProgram program) {
        long instructions = memory.bytes(program.bytes());
        long header = memory.longs(program.instructions().size(), instructions);
        table.call(Syscall.seccomp, SECCOMP_SET_MODE_FILTER, 0, header);
    }

    private void execute(Path program, List<String> arguments, Map<String, String> environment) {
        List<String> forInit = new ArrayList<>();
        forInit.add(program.toString());
        forInit.addAll(arguments);
        List<String> variables =
                environment.entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList();
        table.call(
                Syscall.execveat,
                INIT,
                nothing,
                memory.texts(forInit),
                memory.texts(variables),
                AT_EMPTY_PATH);
    }

    private long attributes(long set) {
        return memory.longs(set, 0, 0, 0);
    }

    private long relative(Path path) {
        return text(path.toString().substring(1));
    }

    private long text(String text) {
        return memory.text(text);
    }
}
