package dev.blast.enforcer.plan;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Syscall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the first process of a sandbox does again and again to see whether its walls stand: in the
 * same namespaces, root, Landlock domain and filter as its program. Of each wall it does something
 * that is refused, and something that is allowed; what must come of it follows from the plan.
 */
public record Canary(List<Look> looks) {
    /** As many as that process has room for. */
    public static final int MOST_LOOKS = 32;

    private static final long AT_FDCWD = -100;
    private static final long O_CLOEXEC = 02000000;
    private static final long PR_GET_SECUREBITS = 27;
    private static final long PR_CAPBSET_READ = 23;
    private static final long PR_GET_NO_NEW_PRIVS = 39;
    private static final long CAP_SYS_ADMIN = 21;

    /** The first descriptor that is free in that process. */
    private static final long FIRST_FREE = 0;

    private static final Path NULL = Path.of("/dev/null");

    /** About every machine has them, and no rule shows all of them. */
    private static final List<Path> OF_THE_MACHINE =
            List.of(
                    Path.of("/etc/shadow"),
                    Path.of("/boot"),
                    Path.of("/root"),
                    Path.of("/var/log"),
                    Path.of("/sys/kernel"));

    public Canary {
        looks = List.copyOf(looks);
        if (looks.size() > MOST_LOOKS) {
            throw new IllegalArgumentException("too many looks: " + looks.size());
        }
    }

    /**
     * One call, and what must come of it.
     *
     * @param path its second argument; null where it has none
     * @param expected what it returns, an errno negated; null where that says nothing
     */
    public record Look(
            Wall wall,
            Syscall call,
            List<Long> arguments,
            @Nullable Path path,
            @Nullable Long expected) {
        public Look {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * Of what is planned. A call that the filter does not let through says nothing about others.
     */
    public static Canary of(Plan plan) {
        List<Look> looks = new ArrayList<>();
        if (plan.has(Step.EnterRoot.class)) {
            looks.add(call(Wall.PROCESSES, 1, Syscall.getpid));
            OF_THE_MACHINE.stream()
                    .filter(path -> !isThere(path, plan))
                    .forEach(path -> open(looks, Wall.ROOT, path, -Errno.ENOENT.number()));
        }
        Optional<Path> canary =
                plan.step(Step.Restrict.class).flatMap(it -> Optional.ofNullable(it.canary()));
        if (canary.isPresent()) {
            open(looks, Wall.LANDLOCK, canary.get(), -Errno.EACCES.number());
            if (isThere(NULL, plan)) {
                open(looks, Wall.LANDLOCK, NULL, FIRST_FREE);
            }
        }
        if (plan.has(Step.NoNewPrivileges.class)) {
            looks.add(call(Wall.NO_NEW_PRIVILEGES, 1, Syscall.prctl, PR_GET_NO_NEW_PRIVS, 0, 0, 0));
        }
        if (plan.step(Step.DropCapabilities.class).filter(it -> it.last() >= 0).isPresent()) {
            looks.add(
                    call(
                            Wall.CAPABILITIES,
                            Step.DropCapabilities.SECUREBITS,
                            Syscall.prctl,
                            PR_GET_SECUREBITS,
                            0,
                            0,
                            0));
            looks.add(
                    call(
                            Wall.CAPABILITIES,
                            0,
                            Syscall.prctl,
                            PR_CAPBSET_READ,
                            CAP_SYS_ADMIN,
                            0,
                            0));
        }
        Optional<Step.Filter> filter = plan.step(Step.Filter.class);
        if (filter.isEmpty()) {
            return new Canary(looks);
        }
        // Without a filter a kernel that has them says that these structures have no size.
        looks.add(call(Wall.SECCOMP, -Errno.EINVAL.number(), Syscall.clone3, 0, 0));
        looks.add(call(Wall.SECCOMP, -Errno.EINVAL.number(), Syscall.openat2, AT_FDCWD, 0, 0, 0));
        if (plan.has(Step.EnterRoot.class)) {
            looks.add(call(Wall.SECCOMP, 0, Syscall.getppid)); // a parent that is not there
        }
        return new Canary(filtered(looks, filter.get().program(), plan));
    }

    private static Look call(Wall wall, long expected, Syscall call, long... arguments) {
        List<Long> all = new ArrayList<>();
        for (long argument : arguments) {
            all.add(argument);
        }
        return new Look(wall, call, all, null, expected);
    }

    /** What was opened is closed again, so that the next one has the same number. */
    private static void open(List<Look> looks, Wall wall, Path path, long expected) {
        looks.add(
                new Look(
                        wall,
                        Syscall.openat,
                        List.of(AT_FDCWD, 0L, O_CLOEXEC, 0L),
                        path,
                        expected));
        looks.add(new Look(wall, Syscall.close, List.of(FIRST_FREE), null, null));
    }

    /** It may be there: as a part of what is shown, or since something below it is. */
    private static boolean isThere(Path path, Plan plan) {
        for (Step step : plan.steps()) {
            Path place =
                    switch (step) {
                        case Step.Bind(Source source, boolean _) -> source.path();
                        case Step.Overlay(Source lower, Source _) -> lower.path();
                        case Step.BindCopy(Source _, Path copied) -> copied;
                        case Step.Temporary temporary -> temporary.path();
                        case Step.Link(Path link, Path _) -> link;
                        case Step.Folder(Path folder) -> folder;
                        case Step.EmptyFile(Path file) -> file;
                        case Step.TextFile text -> text.path();
                        // what lies below /dev and /proc, or in what is mounted by another step
                        case Step.Devices _,
                                Step.Terminal _,
                                Step.Proc _,
                                Step.Hide _,
                                Step.Pin _ ->
                                null;
                        case Step.MakeFolder _,
                                Step.KeepName _,
                                Step.WatchPlaces _,
                                Step.Namespaces _,
                                Step.DieWithLauncher _,
                                Step.Identity _,
                                Step.UserCounters _,
                                Step.MakeCgroups _,
                                Step.JoinCgroups _,
                                Step.CgroupNamespace _,
                                Step.PrivateMounts _,
                                Step.TakeSource _,
                                Step.NewRoot _,
                                Step.EnterRoot _,
                                Step.Hostname _,
                                Step.Loopback _,
                                Step.GateSockets _,
                                Step.Descriptors _,
                                Step.ResourceLimit _,
                                Step.WorkingDirectory _,
                                Step.DropCapabilities _,
                                Step.NoNewPrivileges _,
                                Step.Restrict _,
                                Step.Report _,
                                Step.Filter _,
                                Step.Leave _,
                                Step.Execute _ ->
                                null;
                    };
            if (place != null
                    && (place.startsWith(path)
                            || (path.startsWith(place) && !(step instanceof Step.Folder)))) {
                return true;
            }
        }
        return false;
    }

    /** With what the filter answers where it does not let a call through. */
    private static List<Look> filtered(List<Look> looks, BpfProgram filter, Plan plan) {
        List<Look> all = new ArrayList<>();
        for (Look look : looks) {
            long[] arguments = new long[6];
            for (int i = 0; i < look.arguments().size(); i++) {
                arguments[i] = look.arguments().get(i);
            }
            int verdict =
                    BpfInterpreter.verdict(
                            filter,
                            plan.kernel().processor().auditArchitecture(),
                            look.call().number(plan.kernel().processor()),
                            arguments);
            if (verdict == SeccompFilter.ALLOW) {
                if (look.wall() != Wall.SECCOMP || look.call() == Syscall.getppid) {
                    all.add(look);
                }
            } else if ((verdict & SeccompFilter.ACTION) == SeccompFilter.ERRNO) {
                long refused = -(verdict & SeccompFilter.DATA);
                all.add(
                        new Look(
                                Wall.SECCOMP, look.call(), look.arguments(), look.path(), refused));
            } // else it would be killed for it, or wait for a gate
        }
        return all;
    }
}
