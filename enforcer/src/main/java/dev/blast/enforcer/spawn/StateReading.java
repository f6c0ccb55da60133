package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.kernel.PathBytes;
import dev.blast.enforcer.plan.Gap;
import dev.blast.enforcer.plan.LandlockRule;
import dev.blast.enforcer.plan.Namespace;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Resource;
import dev.blast.enforcer.plan.Source;
import dev.blast.enforcer.plan.StandIn;
import dev.blast.enforcer.plan.StartFailure;
import dev.blast.enforcer.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is in force around the first process of a sandbox, from /proc, from what it said about
 * itself, and from what was made for it outside; and compares each step of the plan with that.
 */
public final class StateReading {
    private static final Path PROC = Path.of("/proc");
    private static final int SIGKILL = 9;

    /** Standard streams, and what the first process takes with it (InitProgram). */
    private static final int LAST_DESCRIPTOR = 6;

    /** The same with a gate's sockets. */
    private static final int LAST_FOR_GATE = 10;

    private static final List<String> CAPABILITY_SETS =
            List.of("CapInh", "CapPrm", "CapEff", "CapAmb");

    /**
     * What is not read back. The first ones cannot be left out without a later step failing, which
     * then is the error; a link opens nothing, and without it a program finds less.
     */
    public static final Set<Class<? extends Step>> NOT_READ_BACK =
            Set.of(
                    Step.MakeFolder.class,
                    Step.KeepName.class,
                    Step.TakeSource.class,
                    Step.NewRoot.class,
                    Step.Folder.class,
                    Step.EmptyFile.class,
                    Step.Execute.class,
                    Step.Link.class,
                    Step.Leave.class);

    private final Plan plan;
    private final Path process;
    private final SelfReport report;
    private final SandboxCgroups cgroups;
    private final PlaceWatch watch;
    private final KeptSockets kept;
    private final MountTable mounts;
    private final Map<String, String> status;
    private final List<String> limits;
    private final List<StartFailure.Unmet> unmet = new ArrayList<>();
    private final Set<Class<? extends Step>> notInForce = new HashSet<>();

    private StateReading(Plan plan, SandboxProcess process) {
        this.plan = plan;
        this.process = PROC.resolve(Long.toString(process.pid()));
        this.report = process.report();
        this.cgroups = process.surroundings().cgroups();
        this.watch = process.surroundings().watch();
        this.kept = process.keptSockets();
        this.mounts = MountTable.of(this.process);
        this.status = fields(this.process);
        this.limits = Lines.of(this.process.resolve("limits"));
    }

    /**
     * Asks the kernel about a process that has just been started.
     *
     * @param plan what must be in force
     */
    public static StateReading of(Plan plan, SandboxProcess process) {
        StateReading reading = new StateReading(plan, process);
        boolean silent = reading.report.equals(SelfReport.NONE);
        for (Step step : plan.steps()) {
            Gap gap = reading.gap(step);
            if (gap != null && (step instanceof Step.Report || !silent)) {
                reading.notInForce.add(step.getClass());
                reading.unmet.add(new StartFailure.Unmet(step, gap));
            }
        }
        return reading;
    }

    /** The steps of the plan that are not in force, in its order. */
    public List<StartFailure.Unmet> unmet() {
        return unmet;
    }

    /** All flags. */
    public SandboxState state() {
        var standIns = new ArrayList<StandIn>(plan.standIns());
        if (report.countersRefused() && !countersHold()) {
            standIns.add(new StandIn.UserCounters());
        }
        return new SandboxState(
                inForce(Step.EnterRoot.class, Step.Namespaces.class, Step.CgroupNamespace.class),
                inForce(Step.MakeCgroups.class, Step.JoinCgroups.class),
                inForce(Step.EnterRoot.class, Step.Namespaces.class, Step.Loopback.class),
                inForce(Step.GateSockets.class, Step.Filter.class),
                inForce(
                        Step.EnterRoot.class,
                        Step.Bind.class,
                        Step.Overlay.class,
                        Step.BindCopy.class,
                        Step.Pin.class,
                        Step.Temporary.class,
                        Step.Hide.class),
                inForce(Step.Filter.class, Step.NoNewPrivileges.class),
                inForce(Step.Restrict.class),
                unmet.isEmpty(),
                plan.ladder(),
                standIns);
    }

    /** Whether the plan has the first of these, and nothing of them is missing. */
    @SafeVarargs
    private boolean inForce(Class<? extends Step>... kinds) {
        boolean all = plan.has(kinds[0]);
        for (Class<? extends Step> kind : kinds) {
            all &= !notInForce.contains(kind);
        }
        return all;
    }

    /** What of the step is not in force; null where all is, or where it is not read back. */
    private @Nullable Gap gap(Step step) {
        return switch (step) {
            case Step.WatchPlaces(Set<Path> places, Set<Path> _) ->
                    watch.holds(places) ? null : new Gap.NotWatched();
            case Step.Namespaces(Set<Namespace> namespaces) -> sharedNamespace(namespaces);
            case Step.DieWithLauncher _ ->
                    wanted(Gap.Subject.DEATH_SIGNAL, SIGKILL, report.deathSignal());
            case Step.Identity(int userId, int groupId) -> identity(userId, groupId);
            case Step.UserCounters _ ->
                    report.countersRefused() || countersHold()
                            ? null
                            : new Gap.Counters(new TreeMap<>(report.counters()));
            case Step.MakeCgroups made -> cgroups.missing(made);
            case Step.JoinCgroups _ -> cgroups.without(Lines.of(process.resolve("cgroup")));
            case Step.CgroupNamespace _ -> sharedNamespace(EnumSet.of(Namespace.CGROUP));
            case Step.PrivateMounts _ -> mounts.propagating();
            case Step.TextFile(Path path, String text, boolean _) -> text(path, text);
            case Step.Bind bind -> mounts.missing(bind);
            case Step.Overlay(Source lower, Source _) -> mounts.missingOverlay(lower.path());
            case Step.BindCopy(Source _, Path path) -> mounts.missingCopy(path);
            case Step.Pin(Path path) -> mounts.missingCopy(path);
            case Step.Terminal _ -> mounts.missingTerminal();
            case Step.Temporary temporary -> mounts.missing(temporary);
            case Step.Hide hide -> mounts.missing(hide);
            case Step.Devices devices -> mounts.missing(devices);
            case Step.Proc _ -> processes();
            case Step.EnterRoot _ -> root();
            case Step.Hostname(String name) ->
                    wanted(Gap.Subject.HOST_NAME, name, report.hostName());
            case Step.Loopback _ -> loopback();
            case Step.GateSockets _ -> gateSockets();
            case Step.Descriptors _ -> openDescriptor();
            case Step.ResourceLimit(Resource resource, long amount) -> limit(resource, amount);
            case Step.WorkingDirectory(Path path) ->
                    wanted(
                            Gap.Subject.WORKING_DIRECTORY,
                            PathBytes.asLatin1(path),
                            report.directory());
            case Step.DropCapabilities(int last) -> capability(last >= 0);
            case Step.NoNewPrivileges _ ->
                    wanted(
                            Gap.Subject.NO_NEW_PRIVILEGES,
                            "1",
                            status.getOrDefault("NoNewPrivs", "?"));
            case Step.Restrict(int _, List<LandlockRule> _, boolean _, Path canary) ->
                    canary == null || report.canary() == -Errno.EACCES.number()
                            ? null
                            : new Gap.StillOpen(canary);
            case Step.Report _ -> report.equals(SelfReport.NONE) ? new Gap.NoReport() : null;
            case Step.Filter _ -> filter();
            case Step.MakeFolder _,
                    Step.KeepName _,
                    Step.TakeSource _,
                    Step.NewRoot _,
                    Step.Folder _,
                    Step.EmptyFile _,
                    Step.Execute _,
                    Step.Link _,
                    Step.Leave _ ->
                    null; // NOT_READ_BACK says why
        };
    }

    private static @Nullable Gap wanted(Gap.Subject subject, Object planned, Object read) {
        return planned.equals(read)
                ? null
                : new Gap.Other(subject, planned.toString(), read.toString());
    }

    private @Nullable Gap sharedNamespace(Set<Namespace> planned) {
        for (Namespace namespace : planned) {
            String ours = link(PROC.resolve("thread-self"), namespace);
            String theirs = link(process, namespace);
            if (ours.isEmpty() || theirs.isEmpty() || ours.equals(theirs)) {
                return new Gap.SharedNamespace(namespace);
            }
        }
        return planned.contains(Namespace.NETWORK) ? openNetwork(process) : null;
    }

    private static String link(Path process, Namespace namespace) {
        try {
            return Files.readSymbolicLink(process.resolve("ns").resolve(namespace.link()))
                    .toString();
        } catch (IOException _) {
            return "";
        }
    }

    /** More than a loopback, or a route that does not end there. */
    static @Nullable Gap openNetwork(Path process) {
        List<String> interfaces = Lines.of(process.resolve("net/dev"));
        for (String line : interfaces.subList(Math.min(2, interfaces.size()), interfaces.size())) {
            if (!line.strip().startsWith("lo:")) {
                return new Gap.NetworkInterface(line.strip().split(":", 2)[0]);
            }
        }
        boolean closed =
                !interfaces.isEmpty()
                        && Lines.of(process.resolve("net/route")).stream()
                                .skip(1) // what the columns are
                                .allMatch(route -> route.startsWith("lo\t"))
                        && Lines.of(process.resolve("net/ipv6_route")).stream()
                                .allMatch(route -> route.endsWith(" lo"));
        return closed ? null : new Gap.OpenNetwork();
    }

    /** It has the addresses that the kernel gives it when it comes up. */
    private @Nullable Gap loopback() {
        return Lines.of(process.resolve("net/fib_trie")).stream()
                        .anyMatch(line -> line.endsWith("-- 127.0.0.1"))
                ? null
                : new Gap.NoLoopback();
    }

    /** Both sockets for names are bound, and what would leave comes by where it is seen. */
    private @Nullable Gap gateSockets() {
        if (!kept.answersNames()) {
            return new Gap.NoNameServer();
        }
        boolean seen =
                kept.seesDatagrams()
                        && Lines.of(process.resolve("net/route")).stream()
                                .anyMatch(route -> route.startsWith("lo\t00000000\t"));
        return seen ? null : new Gap.UnseenDatagrams();
    }

    /** As the first process would read it. */
    private @Nullable Gap text(Path path, String planned) {
        try {
            Path there = process.resolve("root").resolve(Path.of("/").relativize(path));
            return Files.readString(there).equals(planned) ? null : new Gap.OtherText(path);
        } catch (IOException _) {
            return new Gap.OtherText(path);
        }
    }

    private @Nullable Gap identity(int userId, int groupId) {
        String users = onlyNumber(process.resolve("uid_map"));
        String groups = onlyNumber(process.resolve("gid_map"));
        Gap gap = wanted(Gap.Subject.USER, userId + " " + userId + " 1", users);
        return gap != null
                ? gap
                : wanted(Gap.Subject.GROUP, groupId + " " + groupId + " 1", groups);
    }

    private static String onlyNumber(Path map) {
        return String.join(", ", Lines.of(map)).strip().replaceAll(" +", " ");
    }

    private boolean countersHold() {
        Step.UserCounters step = plan.step(Step.UserCounters.class).orElse(null);
        if (step == null) {
            return true;
        }
        for (Map.Entry<String, Integer> most : step.most().entrySet()) {
            Long read = report.counters().get(most.getKey());
            if (read == null || read > most.getValue()) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Gap processes() {
        Gap gap = mounts.missingProcesses();
        return gap != null ? gap : wanted(Gap.Subject.PROCESS_NUMBER, "1", report.processNumber());
    }

    private @Nullable Gap root() {
        Gap gap = mounts.missingRoot();
        if (gap == null) {
            gap = mounts.unplanned(plannedMounts(), binds());
        }
        return gap != null
                ? gap
                : wanted(
                        Gap.Subject.UMASK,
                        fields(PROC.resolve("self")).getOrDefault("Umask", "?"),
                        status.getOrDefault("Umask", "?"));
    }

    private List<Step.Bind> binds() {
        List<Step.Bind> binds = new ArrayList<>();
        for (Step step : plan.steps()) {
            if (step instanceof Step.Bind bind) {
                binds.add(bind);
            }
        }
        return binds;
    }

    private Set<Path> plannedMounts() {
        Set<Path> planned = new HashSet<>();
        for (String own : new String[] {"/", "/proc", "/dev", "/dev/pts", "/dev/shm"}) {
            planned.add(Path.of(own));
        }
        for (Step step : plan.steps()) {
            if (step instanceof Step.Bind bind) {
                planned.add(bind.source().path());
            } else if (step instanceof Step.Overlay overlay) {
                planned.add(overlay.lower().path());
            } else if (step instanceof Step.BindCopy copied) {
                planned.add(copied.path());
            } else if (step instanceof Step.Pin pin) {
                planned.add(pin.path());
            } else if (step instanceof Step.Temporary temporary) {
                planned.add(temporary.path());
            } else if (step instanceof Step.Terminal) {
                planned.add(Step.Terminal.AT);
            } else if (step instanceof Step.Hide hide) {
                planned.add(hide.path());
            } else if (step instanceof Step.TextFile text && text.over()) {
                planned.add(text.path());
            }
        }
        return planned;
    }

    private @Nullable Gap openDescriptor() {
        for (int descriptor : report.descriptors()) {
            if (descriptor > (plan.has(Step.GateSockets.class) ? LAST_FOR_GATE : LAST_DESCRIPTOR)) {
                return new Gap.OpenDescriptor(descriptor);
            }
        }
        return report.descriptors().isEmpty() ? new Gap.DescriptorsNotListed() : null;
    }

    private @Nullable Gap limit(Resource resource, long amount) {
        String planned = Long.toString(amount);
        for (String line : limits) {
            if (line.startsWith(resource.line() + "  ")) {
                String[] both = line.substring(resource.line().length()).strip().split(" +", -1);
                return wanted(
                        Gap.Subject.RESOURCE_LIMIT,
                        planned + ", " + planned,
                        both[0] + ", " + both[1]); // soft, hard
            }
        }
        return new Gap.LimitNotRead();
    }

    private @Nullable Gap capability(boolean bounded) {
        for (String set : CAPABILITY_SETS) {
            Gap gap = emptySet(set);
            if (gap != null) {
                return gap;
            }
        }
        Gap gap = bounded ? emptySet("CapBnd") : null;
        return gap != null || !bounded
                ? gap
                : wanted(
                        Gap.Subject.SECURE_BITS,
                        Step.DropCapabilities.SECUREBITS,
                        report.secureBits());
    }

    private @Nullable Gap emptySet(String set) {
        String read = status.getOrDefault(set, "?");
        return read.replace("0", "").isEmpty() ? null : new Gap.Capabilities(set, read);
    }

    /** A filter that the launcher runs under is there for its children too, and is another. */
    private @Nullable Gap filter() {
        Gap gap = wanted(Gap.Subject.SECCOMP_MODE, "2", status.getOrDefault("Seccomp", "?"));
        String filters = status.get("Seccomp_filters");
        if (gap != null || filters == null) { // counted since Linux 5.10
            return gap;
        }
        int ours =
                Integer.parseInt(fields(PROC.resolve("self")).getOrDefault("Seccomp_filters", "0"));
        return Integer.parseInt(filters) > ours ? null : new Gap.NoFilterOfOwn(ours);
    }

    /** The fields of {@code status} of a process. */
    private static Map<String, String> fields(Path process) {
        Map<String, String> fields = new HashMap<>();
        for (String line : Lines.of(process.resolve("status"))) {
            int colon = line.indexOf(':');
            fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return fields;
    }
}
