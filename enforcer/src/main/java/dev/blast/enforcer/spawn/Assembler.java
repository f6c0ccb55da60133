package dev.blast.enforcer.spawn;

import static dev.blast.enforcer.kernel.Fcntl.AT_EMPTY_PATH;
import static dev.blast.enforcer.kernel.Fcntl.AT_FDCWD;
import static dev.blast.enforcer.kernel.Fcntl.O_CLOEXEC;
import static dev.blast.enforcer.kernel.Fcntl.O_WRONLY;

import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Processor;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.BpfProgram;
import dev.blast.enforcer.plan.Namespace;
import dev.blast.enforcer.plan.Resource;
import dev.blast.enforcer.plan.Source;
import dev.blast.enforcer.plan.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a plan out as system calls, in the plan's order. Constants are from {@code linux/*.h}; man
 * pages in section 2.
 */
public final class Assembler {
    private static final int STACK_BYTES = 64 * 1024;

    private static final long CLONE_VM_VFORK = 0x100 | 0x4000;
    private static final long CLONE_PIDFD = 0x1000;
    private static final long CLONE_INTO_CGROUP = 0x200000000L;

    /** Of {@code struct clone_args} with its cgroup, as of Linux 5.7. */
    private static final long CLONE_ARGS_BYTES = 88;

    private static final long SIGCHLD = 17;
    private static final long SIG_SETMASK = 2;
    private static final long SIGNAL_SET_BYTES = 8;

    private static final long PR_SET_PDEATHSIG = 1;
    private static final long PR_SET_NO_NEW_PRIVS = 38;
    private static final long SIGKILL = 9;

    private static final long CONTROL = 3; // as InitProgram expects it
    private static final long INIT = 4;
    private static final long CANARY = 5;
    private static final long REPORT = 6;

    /** Of {@link Step.GateSockets}, one after the other; the listener is wherever there is room. */
    private static final int GATE_SOCKETS = 7;

    /** The file of the new root that nobody is to open. */
    public static final Path OWN_CANARY = Path.of("/proc/self/fd/" + CANARY);

    private final NativeMemory memory;
    private final Descriptors descriptors;
    private final SpawnTable table;
    private final MountRows mounts;
    private final RestrictionRows restrictions;
    private final ReportRows report;
    private final NetworkRows network;
    private final long nothing;
    private final long pidfd;
    private List<SpawnTable.Row> gateSockets = List.of();
    private SpawnTable.@Nullable Row listener;

    Assembler(Processor processor, NativeMemory memory, Descriptors descriptors) {
        this.memory = memory;
        this.descriptors = descriptors;
        this.table = new SpawnTable(processor, memory, new Step.Namespaces(Set.of()));
        this.mounts = new MountRows(table, memory);
        this.restrictions = new RestrictionRows(table, memory);
        this.report = new ReportRows(table, memory);
        this.network = new NetworkRows(table, memory);
        this.nothing = memory.text("");
        this.pidfd = memory.allocate(8);
    }

    /** Where the clone puts the child's pidfd. */
    long pidfdAddress() {
        return pidfd;
    }

    /** What the child said about itself, once the table was run. */
    SelfReport report() {
        return report.read();
    }

    /** Which of its descriptors the first process keeps for the gate, once the table was run. */
    Optional<ForGate> forGate() {
        return listener == null
                ? Optional.empty()
                : Optional.of(
                        new ForGate(
                                (int) listener.result(),
                                GATE_SOCKETS,
                                GATE_SOCKETS + 1,
                                GATE_SOCKETS + 2,
                                GATE_SOCKETS + 3));
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
            case Step.MakeFolder _,
                    Step.KeepName _,
                    Step.WatchPlaces _ -> {} // on the machine, before the child exists
            case Step.Namespaces(Set<Namespace> namespaces) -> spawn(namespaces);
            case Step.DieWithLauncher _ ->
                    table.call(Syscall.prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
            case Step.Identity(int userId, int groupId) -> identity(userId, groupId);
            case Step.UserCounters(SortedMap<String, Integer> most) ->
                    most.forEach(this::limitCounter);
            case Step.MakeCgroups _ -> {} // likewise
            case Step.JoinCgroups _ -> joinCgroups();
            case Step.CgroupNamespace _ ->
                    table.call(Syscall.unshare, Namespace.CGROUP.cloneFlag());
            case Step.PrivateMounts _ -> mounts.makePrivate();
            case Step.TakeSource(Source source, boolean writable) -> mounts.take(source, writable);
            case Step.NewRoot _ -> mounts.newRoot();
            case Step.Folder(Path path) -> mounts.folder(path);
            case Step.EmptyFile(Path path) -> mounts.emptyFile(path);
            case Step.Link(Path path, Path target) -> mounts.link(path, target);
            case Step.TextFile text -> mounts.textFile(text);
            case Step.Bind(Source source, boolean _) -> mounts.bind(source);
            case Step.Overlay(Source lower, Source place) -> mounts.overlay(lower, place);
            case Step.BindCopy(Source copy, Path path) -> mounts.bind(copy, path);
            case Step.Pin(Path path) -> mounts.pin(path);
            case Step.Temporary temporary -> mounts.temporary(temporary);
            case Step.Hide(Path path, boolean folder) -> mounts.hide(path, folder);
            case Step.Terminal(Source source) -> mounts.terminal(source);
            case Step.Devices(long sharedMemoryBytes) -> mounts.devices(sharedMemoryBytes);
            case Step.Proc _ -> mounts.proc();
            case Step.EnterRoot _ -> mounts.enterRoot();
            case Step.Hostname(String name) ->
                    table.call(Syscall.sethostname, text(name), name.length());
            case Step.Loopback _ -> network.bringUpLoopback();
            case Step.GateSockets _ -> gateSockets = network.gateSockets();
            case Step.Descriptors _ -> closeDescriptors();
            case Step.ResourceLimit(Resource resource, long amount) ->
                    table.call(
                            Syscall.prlimit64,
                            0,
                            resource.number(),
                            memory.longs(amount, amount),
                            0);
            case Step.WorkingDirectory(Path path) -> table.call(Syscall.chdir, memory.path(path));
            case Step.DropCapabilities(int last) -> restrictions.dropCapabilities(last);
            case Step.NoNewPrivileges _ ->
                    table.call(Syscall.prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
            case Step.Restrict restrict -> restrictions.restrict(restrict);
            case Step.Report(Path canary, Set<String> counters) -> report.add(canary, counters);
            case Step.Filter(BpfProgram program, boolean listened) ->
                    listener = restrictions.filter(program, listened);
            case Step.Leave _ -> table.call(Syscall.exit_group, 0);
            case Step.Execute(
                            Path program,
                            List<String> arguments,
                            Map<String, String> environment) ->
                    execute(program, arguments, environment);
        }
    }

    /**
     * Rows 0 to 2 run in the parent: signals off, a clone, signals as they were. Where nothing is
     * asked for that clone(2) cannot give, it is that: profiles of containers close clone3.
     */
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
        if (flags == (CLONE_VM_VFORK | CLONE_PIDFD)) {
            table.call(Syscall.clone, flags | SIGCHLD, stack + STACK_BYTES, pidfd, 0, 0);
        } else {
            table.call(Syscall.clone3, cloneArguments(flags, stack, cgroup), CLONE_ARGS_BYTES);
        }
        table.call(Syscall.rt_sigprocmask, SIG_SETMASK, before, 0, SIGNAL_SET_BYTES);
    }

    private long cloneArguments(long flags, long stack, @Nullable Integer cgroup) {
        return memory.longs(
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

    /** In a container /proc/sys may be read-only, and a kernel may lack a counter. */
    private void limitCounter(String name, int most) {
        String content = Integer.toString(most);
        SpawnTable.Row file =
                table.call(
                                Syscall.openat,
                                AT_FDCWD,
                                text("/proc/sys/user/" + name),
                                O_WRONLY | O_CLOEXEC,
                                0)
                        .mayFail();
        table.call(Syscall.write, 0, text(content), content.length()).on(file).mayFail();
        table.call(Syscall.close, 0).on(file).mayFail();
    }

    private void joinCgroups() {
        for (int join : descriptors.cgroupJoins()) {
            table.call(Syscall.write, join, text("0"), 1); // 0 is whoever writes
        }
    }

    private void closeDescriptors() {
        for (int i = 0; i < 3; i++) {
            Integer from = descriptors.standard().get(i);
            if (from != null) {
                table.call(Syscall.dup3, from, i, 0);
            }
        }
        SpawnTable.Row canary = mounts.canary();
        if (canary != null) {
            table.call(Syscall.dup3, 0, CANARY, 0).on(canary);
        }
        table.call(Syscall.dup3, descriptors.init(), INIT, O_CLOEXEC);
        table.call(Syscall.dup3, descriptors.control(), CONTROL, 0);
        table.call(Syscall.dup3, descriptors.report(), REPORT, 0);
        long kept = REPORT;
        if (!gateSockets.isEmpty()) {
            kept = GATE_SOCKETS - 1L;
            for (SpawnTable.Row socket : gateSockets) {
                kept++;
                table.call(Syscall.dup3, 0, kept, 0).on(socket);
            }
        }
        table.call(Syscall.close_range, kept + 1, 0xffffffffL, 0);
    }

    private void execute(Path program, List<String> arguments, Map<String, String> environment) {
        List<Long> forInit = new ArrayList<>();
        forInit.add(memory.path(program));
        arguments.forEach(argument -> forInit.add(text(argument)));
        List<String> variables =
                environment.entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList();
        table.call(
                Syscall.execveat,
                INIT,
                nothing,
                memory.pointers(forInit),
                memory.texts(variables),
                AT_EMPTY_PATH);
    }

    private long text(String text) {
        return memory.text(text);
    }
}
