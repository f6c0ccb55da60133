package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.kernel.PathBytes;
import dev.blast.enforcer.plan.CgroupLimit;
import dev.blast.enforcer.plan.CgroupPlaces;
import dev.blast.enforcer.plan.LandlockRule;
import dev.blast.enforcer.plan.Namespace;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Resource;
import dev.blast.enforcer.plan.StandIn;
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
import org.jspecify.annotations.Nullable;

/**
 * Reads what is in force around the first process of a sandbox, from /proc, from what it said about
 * itself, and from what was made for it outside; and compares each step of the plan with that.
 */
public final class StateReading {
    private static final Path PROC = Path.of("/proc");
    private static final int SIGKILL = 9;

    /** Standard streams, and what the first process takes with it and closes (InitProgram). */
    private static final int LAST_DESCRIPTOR = 5;

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
    private final MountTable mounts;
    private final Map<String, String> status;
    private final List<String> limits;
    private final List<String> missing = new ArrayList<>();
    private final Set<Class<? extends Step>> notInForce = new HashSet<>();

    private StateReading(
            Plan plan, long pid, SelfReport report, SandboxCgroups cgroups, PlaceWatch watch) {
        this.plan = plan;
        this.process = PROC.resolve(Long.toString(pid));
        this.report = report;
        this.cgroups = cgroups;
        this.watch = watch;
        this.mounts = MountTable.of(process);
        this.status = fields(process);
        this.limits = Lines.of(process.resolve("limits"));
    }

    /**
     * Asks the kernel about a process that has just been started.
     *
     * @param plan what must be in force
     */
    public static StateReading of(Plan plan, SandboxProcess process) {
        StateReading reading =
                new StateReading(
                        plan,
                        process.pid(),
                        process.report(),
                        process.surroundings().cgroups(),
                        process.surroundings().watch());
        boolean silent = reading.report.equals(SelfReport.NONE);
        for (Step step : plan.typedSteps()) {
            String sentence = reading.missing(step);
            if (sentence != null && (step instanceof Step.Report || !silent)) {
                reading.notInForce.add(step.getClass());
                reading.missing.add(step.describe() + ": " + sentence);
            }
        }
        return reading;
    }

    /** What of the plan is not in force, in sentences. */
    public List<String> missing() {
        return missing;
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
                inForce(Step.EnterRoot.class, Step.Namespaces.class),
                inForce(
                        Step.EnterRoot.class,
                        Step.Bind.class,
                        Step.Temporary.class,
                        Step.Hide.class),
                inForce(Step.Filter.class, Step.NoNewPrivileges.class),
                inForce(Step.Restrict.class),
                missing.isEmpty(),
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
    private @Nullable String missing(Step step) {
        return switch (step) {
            case Step.WatchPlaces(Set<Path> places, Set<Path> _) ->
                    watch.holds(places) ? null : "they are not watched";
            case Step.Namespaces(Set<Namespace> namespaces) -> sharedNamespace(namespaces);
            case Step.DieWithLauncher _ ->
                    wanted("the signal at the launcher's end", SIGKILL, report.deathSignal());
            case Step.Identity(int userId, int groupId) -> identity(userId, groupId);
            case Step.UserCounters _ ->
                    report.countersRefused() || countersHold()
                            ? null
                            : "the kernel counts to " + report.counters();
            case Step.MakeCgroups(CgroupPlaces places, List<CgroupLimit> asked) ->
                    cgroups.missing(places, asked);
            case Step.JoinCgroups _ -> cgroups.without(Lines.of(process.resolve("cgroup")));
            case Step.CgroupNamespace _ -> sharedNamespace(EnumSet.of(Namespace.CGROUP));
            case Step.PrivateMounts _ ->
                    mounts.propagating() == null
                            ? null
                            : mounts.propagating() + " is shared with the machine";
            case Step.Bind bind -> mounts.missing(bind);
            case Step.Temporary temporary -> mounts.missing(temporary);
            case Step.Hide hide -> mounts.missing(hide);
            case Step.Devices devices -> mounts.missing(devices);
            case Step.Proc _ -> processes();
            case Step.EnterRoot _ -> root();
            case Step.Hostname(String name) -> wanted("the host name", name, report.hostName());
            case Step.Descriptors _ -> openDescriptor();
            case Step.ResourceLimit(Resource resource, long amount) -> limit(resource, amount);
            case Step.WorkingDirectory(Path path) ->
                    wanted("the working directory", PathBytes.asLatin1(path), report.directory());
            case Step.DropCapabilities(int last) -> capability(last >= 0);
            case Step.NoNewPrivileges _ ->
                    wanted("NoNewPrivs", "1", status.getOrDefault("NoNewPrivs", "?"));
            case Step.Restrict(int _, List<LandlockRule> _, Path canary) ->
                    canary == null || report.canary() == -Errno.EACCES.number()
                            ? null
                            : canary + " can still be opened";
            case Step.Report _ -> report.equals(SelfReport.NONE) ? "nothing came" : null;
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

    private static @Nullable String wanted(String what, Object planned, Object read) {
        return planned.equals(read) ? null : what + " is " + read + " and not " + planned;
    }

    private @Nullable String sharedNamespace(Set<Namespace> planned) {
        for (Namespace namespace : planned) {
            String ours = link(PROC.resolve("thread-self"), namespace);
            String theirs = link(process, namespace);
            if (ours.isEmpty() || theirs.isEmpty() || ours.equals(theirs)) {
                return "the " + namespace.link() + " namespace is not its own";
            }
        }
        return planned.contains(Namespace.NETWORK) ? openNetwork() : null;
    }

    private static String link(Path process, Namespace namespace) {
        try {
            return Files.readSymbolicLink(process.resolve("ns").resolve(namespace.link()))
                    .toString();
        } catch (IOException _) {
            return "";
        }
    }

    /** More than a loopback without an address, and without a route. */
    private @Nullable String openNetwork() {
        List<String> interfaces = Lines.of(process.resolve("net/dev"));
        for (String line : interfaces.subList(Math.min(2, interfaces.size()), interfaces.size())) {
            if (!line.strip().startsWith("lo:")) {
                return "its network has an interface: " + line.strip().split(":", 2)[0];
            }
        }
        boolean silent =
                !interfaces.isEmpty()
                        && Lines.of(process.resolve("net/if_inet6")).isEmpty()
                        && Lines.of(process.resolve("net/route")).size() <= 1;
        return silent ? null : "its network has an address or a route";
    }

    private @Nullable String identity(int userId, int groupId) {
        String users = onlyNumber(process.resolve("uid_map"));
        String groups = onlyNumber(process.resolve("gid_map"));
        String sentence = wanted("the user inside", userId + " " + userId + " 1", users);
        return sentence != null
                ? sentence
                : wanted("the group inside", groupId + " " + groupId + " 1", groups);
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

    private @Nullable String processes() {
        String sentence = mounts.missingProcesses();
        return sentence != null
                ? sentence
                : wanted("the first process's own number", "1", report.processNumber());
    }

    private @Nullable String root() {
        String sentence = mounts.missingRoot();
        if (sentence == null) {
            sentence = mounts.unplanned(plannedMounts(), binds());
        }
        return sentence != null
                ? sentence
                : wanted(
                        "the umask",
                        fields(PROC.resolve("self")).getOrDefault("Umask", "?"),
                        status.getOrDefault("Umask", "?"));
    }

    private List<Step.Bind> binds() {
        List<Step.Bind> binds = new ArrayList<>();
        for (Step step : plan.typedSteps()) {
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
        for (Step step : plan.typedSteps()) {
            if (step instanceof Step.Bind bind) {
                planned.add(bind.source().path());
            } else if (step instanceof Step.Temporary temporary) {
                planned.add(temporary.path());
            } else if (step instanceof Step.Hide hide) {
                planned.add(hide.path());
            }
        }
        return planned;
    }

    private @Nullable String openDescriptor() {
        for (int descriptor : report.descriptors()) {
            if (descriptor > LAST_DESCRIPTOR) {
                return "descriptor " + descriptor + " is open";
            }
        }
        return report.descriptors().isEmpty() ? "open descriptors could not be listed" : null;
    }

    private @Nullable String limit(Resource resource, long amount) {
        String planned = Long.toString(amount);
        for (String line : limits) {
            if (line.startsWith(resource.line() + "  ")) {
                String[] both = line.substring(resource.line().length()).strip().split(" +", -1);
                return wanted(
                        "it", planned + ", " + planned, both[0] + ", " + both[1]); // soft, hard
            }
        }
        return "it could not be read";
    }

    private @Nullable String capability(boolean bounded) {
        for (String set : CAPABILITY_SETS) {
            String sentence = emptySet(set);
            if (sentence != null) {
                return sentence;
            }
        }
        String sentence = bounded ? emptySet("CapBnd") : null;
        return sentence != null || !bounded
                ? sentence
                : wanted("the ways back", RestrictionRows.SECUREBITS, report.secureBits());
    }

    private @Nullable String emptySet(String set) {
        String read = status.getOrDefault(set, "?");
        return read.replace("0", "").isEmpty() ? null : set + " is " + read;
    }

    /** A filter that the launcher runs under is there for its children too, and is another. */
    private @Nullable String filter() {
        String sentence = wanted("Seccomp", "2", status.getOrDefault("Seccomp", "?"));
        String filters = status.get("Seccomp_filters");
        if (sentence != null || filters == null) { // counted since Linux 5.10
            return sentence;
        }
        String ours = fields(PROC.resolve("self")).getOrDefault("Seccomp_filters", "0");
        return Integer.parseInt(filters) > Integer.parseInt(ours)
                ? null
                : "there is no filter but the " + ours + " of the launcher";
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
