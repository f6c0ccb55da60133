package dev.blast.enforcer;

import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.CgroupLimit;
import dev.blast.enforcer.plan.CgroupPlaces;
import dev.blast.enforcer.plan.CgroupShare;
import dev.blast.enforcer.plan.Controller;
import dev.blast.enforcer.plan.GateFiles;
import dev.blast.enforcer.plan.GateWanted;
import dev.blast.enforcer.plan.HostFiles;
import dev.blast.enforcer.plan.Inside;
import dev.blast.enforcer.plan.IoLimit;
import dev.blast.enforcer.plan.Isolation;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.KernelsOwn;
import dev.blast.enforcer.plan.Ladder;
import dev.blast.enforcer.plan.LandlockRule;
import dev.blast.enforcer.plan.Launch;
import dev.blast.enforcer.plan.LayersWanted;
import dev.blast.enforcer.plan.MissingLayer;
import dev.blast.enforcer.plan.NamedProgram;
import dev.blast.enforcer.plan.Namespace;
import dev.blast.enforcer.plan.OneFileMore;
import dev.blast.enforcer.plan.PathDecision;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Planning;
import dev.blast.enforcer.plan.Problem;
import dev.blast.enforcer.plan.Resolution;
import dev.blast.enforcer.plan.Resource;
import dev.blast.enforcer.plan.RootLayout;
import dev.blast.enforcer.plan.SeccompFilter;
import dev.blast.enforcer.plan.Source;
import dev.blast.enforcer.plan.StandIn;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.plan.Step;
import dev.blast.enforcer.plan.TemporaryFolders;
import dev.blast.enforcer.plan.WatchedLimits;
import dev.blast.enforcer.spawn.Assembler;
import dev.blast.enforcer.spawn.RealHostFiles;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.Limits;
import dev.blast.rules.verdict.SandboxPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From what a policy grants and what a kernel can do to the steps that confine one program. All
 * decisions are here; nothing is asked of the kernel, and of the file system only what is at the
 * granted paths.
 */
public final class Confinement {
    private static final Path TERMINALS = Path.of("/dev/pts");
    private static final Path SYSTEMD = Path.of("/run/systemd/system");
    private static final String HOST_NAME = "sandbox";

    /**
     * Zero would still start the machine's own crash handler, outside and as root: core(5). One
     * stops that too.
     */
    private static final long NO_CORE_DUMP = 1;

    /**
     * The user namespaces that a program may make (a second lock), half of the usual inotify
     * instances (a sandbox that uses up its share leaves something to the person's editor), and
     * folders that a development server may watch. Where a user has fewer in all, those hold.
     */
    private static final SortedMap<String, Integer> USER_COUNTERS =
            new TreeMap<>(
                    Map.of(
                            "max_user_namespaces", 0,
                            "max_inotify_instances", 64,
                            "max_inotify_watches", 65_536));

    /**
     * What everybody may read and no program needs: one that Landlock withholds shows that it does.
     */
    private static final List<Path> CANARIES =
            List.of(
                    Path.of("/sys/kernel/uevent_seqnum"),
                    Path.of("/etc/hostname"),
                    Path.of("/etc/profile"),
                    Path.of("/etc/fstab"));

    private final SandboxPolicy policy;
    private final Launch launch;
    private final KernelFeatures kernel;
    private final HostFiles host;
    private final RootLayout layout;
    private final Inside inside;
    private final List<Step> steps = new ArrayList<>();
    private final List<StandIn> standIns = new ArrayList<>();
    private final Map<Resource, Long> resourceLimits = new EnumMap<>(Resource.class);
    private final List<Step.TextFile> gateFiles;

    private Confinement(
            SandboxPolicy policy, Launch launch, KernelFeatures kernel, HostFiles host) {
        this.policy = policy;
        this.launch = launch;
        this.kernel = kernel;
        this.host = host;
        this.layout =
                RootLayout.of(
                        gate() ? GateFiles.without(policy.paths()) : policy.paths(),
                        launch.copy(),
                        host);
        this.inside = new Inside(layout, kernel.has(SandboxLayer.LANDLOCK));
        GateWanted gate = launch.gate();
        this.gateFiles = gate == null || !gate() ? List.of() : GateFiles.of(gate, layout);
    }

    /** The steps for one launch, or why there can be none. */
    public static Planning plan(SandboxPolicy policy, Launch launch, KernelFeatures kernel) {
        return plan(policy, launch, kernel, new RealHostFiles());
    }

    static Planning plan(
            SandboxPolicy policy, Launch launch, KernelFeatures kernel, HostFiles host) {
        return new Confinement(policy, launch, kernel, host).plan();
    }

    /** What would become of a path where a policy is enforced on this machine. */
    public static PathDecision decide(SandboxPolicy policy, KernelFeatures kernel, Path path) {
        return decide(policy, kernel, path, new RealHostFiles());
    }

    /** The same once somebody has made an empty file. */
    public static PathDecision decideOnce(
            Path made, SandboxPolicy policy, KernelFeatures kernel, Path path) {
        return decide(policy, kernel, path, new OneFileMore(new RealHostFiles(), made));
    }

    static PathDecision decide(
            SandboxPolicy policy, KernelFeatures kernel, Path path, HostFiles host) {
        return RootLayout.of(policy.paths(), host)
                .decide(
                        path,
                        kernel.has(SandboxLayer.USER_NAMESPACE),
                        kernel.has(SandboxLayer.LANDLOCK));
    }

    private Planning plan() {
        if (kernel.obstacle().isPresent()) {
            return new Planning.Invalid(
                    List.of(new Problem.NothingStarts(kernel.obstacle().get())));
        }
        if (Ladder.isTooLittle(kernel.layers().missing())) {
            return new Planning.TooLittle(kernel.missing());
        }
        List<MissingLayer> missing =
                kernel.missing().stream()
                        .filter(layer -> !launch.acceptedMissing().contains(layer.layer()))
                        .filter(layer ->
                                launch.gate() != null || layer.layer() != SandboxLayer.EGRESS)
                        .toList();
        if (!missing.isEmpty()) {
            return new Planning.Missing(missing);
        }
        List<Problem> problems = new ArrayList<>();
        Path directory = launch.workingDirectory().normalize();
        if (!inside.reaches(directory)) {
            problems.add(new Problem.WorkingDirectory(directory));
        }
        problems.addAll(layout.temporaryLeftOut());
        if (!namespaces()) {
            problems.addAll(layout.notWithoutMounts());
        }
        if (!problems.isEmpty()) {
            return new Planning.Invalid(problems);
        }
        Map<String, String> environment = environment();
        var named = new NamedProgram(launch, environment.get("PATH"));
        Optional<Path> program = named.in(inside, layout);
        if (program.isEmpty()) {
            return named.notFound();
        }
        steps.addAll(layout.outside());
        cgroups();
        if (namespaces()) {
            enterNamespaces();
        } else {
            withoutNamespaces();
        }
        kernel.missing().stream()
                .filter(layer -> layer.layer() != SandboxLayer.EGRESS || launch.gate() != null)
                .map(StandIn::of)
                .flatMap(Optional::stream)
                .forEach(standIns::add);
        steps.add(new Step.Descriptors(launch.stdio()));
        resourceLimits();
        steps.add(new Step.WorkingDirectory(Resolution.of(directory, host).path()));
        boolean ownBoundingSet = (namespaces() && kernel.userNamespace()) || kernel.mayBound();
        steps.add(new Step.DropCapabilities(ownBoundingSet ? kernel.lastCapability() : -1));
        steps.add(new Step.NoNewPrivileges());
        Path canary = null;
        if (kernel.has(SandboxLayer.LANDLOCK)) {
            List<LandlockRule> rules = layout.rules(namespaces());
            gateFiles.forEach(file ->
                    rules.add(new LandlockRule(file.path(), false, LandlockRule.Reach.READ)));
            if (!namespaces() && launch.privateFolder() != null) {
                rules.add(new LandlockRule(launch.privateFolder(), true, LandlockRule.Reach.WRITE));
            }
            canary = namespaces() ? Assembler.OWN_CANARY : canary(rules);
            if (canary == null) {
                standIns.add(new StandIn.Canary());
            }
            steps.add(new Step.Restrict(kernel.landlockAbi(), rules, !namespaces(), canary));
        }
        steps.add(
                new Step.Report(
                        canary,
                        namespaces() && kernel.userNamespace()
                                ? userCounters().keySet()
                                : Set.of()));
        if (kernel.has(SandboxLayer.SECCOMP)) {
            steps.add(
                    new Step.Filter(
                            SeccompFilter.compile(
                                    policy.syscalls(),
                                    Isolation.by(kernel, gate()),
                                    kernel.processor(),
                                    witnessed()),
                            gate()));
        }
        steps.add(new Step.Execute(program.get(), launch.command(), environment));
        return new Plan(
                kernel,
                steps,
                Ladder.of(
                        kernel.layers(),
                        LayersWanted.of(policy.limits(), launch.acceptedMissing())),
                standIns,
                layout.leftOut(),
                watched());
    }

    private boolean namespaces() {
        return kernel.has(SandboxLayer.USER_NAMESPACE);
    }

    private boolean witnessed() {
        GateWanted wanted = launch.gate();
        return wanted != null && wanted.witnessed() && gate();
    }

    private boolean gate() {
        return launch.gate() != null && Isolation.by(kernel, true).gate();
    }

    /**
     * What a controller enforces is left to it; for the rest something stands in that is said by
     * name.
     */
    private void cgroups() {
        Limits limits = policy.limits();
        List<CgroupLimit> enforced = new ArrayList<>();
        for (Controller controller : Controller.values()) {
            limit(controller, controller.limit(limits), enforced);
        }
        if (!standIns.isEmpty() && enforced.isEmpty()) {
            delegation().map(StandIn.Delegation::new).ifPresent(standIns::add);
        }
        if (limits.diskBytes() != null || limits.files() != null) {
            standIns.add(new StandIn.Disk());
        }
        List<CgroupShare> shares = CgroupShare.of(kernel.cgroups());
        boolean killable = kernel.cgroups().unified() != null;
        if (!enforced.isEmpty() || !shares.isEmpty() || killable) {
            steps.add(new Step.MakeCgroups(kernel.cgroups(), enforced, shares));
        }
    }

    private Optional<StandIn.Delegation.GivenBy> delegation() {
        if (kernel.cgroups().mounted() != CgroupPlaces.Mounted.WRITABLE) {
            return kernel.userId() == 0
                    ? Optional.of(StandIn.Delegation.GivenBy.CONTAINER_RUNTIME)
                    : Optional.empty();
        }
        return kernel.userId() != 0 && host.at(SYSTEMD).isPresent()
                ? Optional.of(StandIn.Delegation.GivenBy.SYSTEMD)
                : Optional.empty();
    }

    private void limit(Controller controller, @Nullable Limit limit, List<CgroupLimit> enforced) {
        if (limit == null) {
            return;
        }
        if (kernel.cgroups().offers(controller)) {
            if (controller == Controller.IO) {
                IoLimit io = IoLimit.of(limit, kernel.cgroups(), layout.bound(), host);
                io.enforced().ifPresent(enforced::add);
                standIns.addAll(io.standIns());
            } else {
                enforced.add(new CgroupLimit(controller, limit));
            }
            return;
        }
        switch (controller) {
            case MEMORY -> {
                resourceLimits.put(Resource.DATA, limit.amount());
                standIns.add(new StandIn.Memory(namespaces()));
            }
            case PIDS -> {
                boolean binds = kernel.userId() != 0;
                if (binds) {
                    resourceLimits.put(Resource.PROCESSES, limit.amount());
                }
                standIns.add(new StandIn.Processes(binds));
            }
            case CPU -> standIns.add(new StandIn.ProcessorTime());
            case IO -> standIns.add(new StandIn.InputAndOutput());
        }
    }

    private void resourceLimits() {
        Limits limits = policy.limits();
        resourceLimits.put(Resource.CORE_SIZE, NO_CORE_DUMP);
        if (limits.openFiles() != null) {
            resourceLimits.put(Resource.OPEN_FILES, limits.openFiles().amount());
        }
        if (limits.fileSizeBytes() != null) {
            resourceLimits.put(Resource.FILE_SIZE, limits.fileSizeBytes().amount());
        }
        resourceLimits.forEach((resource, amount) -> {
            long hard = kernel.hardLimits().getOrDefault(resource, Long.MAX_VALUE);
            steps.add(new Step.ResourceLimit(resource, Math.min(amount, hard)));
        });
    }

    private void enterNamespaces() {
        layout.keptNames().forEach(path -> steps.add(new Step.KeepName(path)));
        if (!layout.places().isEmpty()) {
            steps.add(new Step.WatchPlaces(layout.places(), layout.hiddenAndAbsent()));
        }
        Set<Namespace> namespaces = EnumSet.complementOf(EnumSet.of(Namespace.CGROUP));
        if (!kernel.userNamespace()) {
            namespaces.remove(Namespace.USER);
        }
        steps.add(new Step.Namespaces(namespaces));
        steps.add(new Step.DieWithLauncher());
        if (kernel.userNamespace()) {
            steps.add(new Step.Identity(kernel.userId(), kernel.groupId()));
            if (!userCounters().isEmpty()) {
                steps.add(new Step.UserCounters(userCounters()));
            }
        }
        steps.add(new Step.JoinCgroups());
        // After joining: the root that it shows is where one is at this moment.
        steps.add(new Step.CgroupNamespace());
        steps.add(new Step.PrivateMounts());
        steps.addAll(layout.sources());
        Optional<Source> terminal = terminal();
        terminal.ifPresent(it -> steps.add(new Step.TakeSource(it, true)));
        steps.add(new Step.NewRoot());
        steps.addAll(inside());
        terminal.ifPresent(it -> {
            steps.add(new Step.EmptyFile(Step.Terminal.AT));
            steps.add(new Step.Terminal(it));
        });
        steps.addAll(GateFiles.steps(gateFiles, layout));
        steps.add(new Step.Proc());
        KernelsOwn.files(host).forEach(file -> steps.add(new Step.Hide(file, false)));
        steps.add(new Step.EnterRoot());
        steps.add(new Step.Hostname(HOST_NAME));
        steps.add(new Step.Loopback());
        if (gate()) {
            steps.add(new Step.GateSockets());
        }
    }

    private List<Step> inside() {
        Limits limits = policy.limits();
        Limit memory = limits.memoryBytes();
        List<Step> all =
                memory == null || kernel.cgroups().offers(Controller.MEMORY)
                        ? layout.inside()
                        : TemporaryFolders.within(memory.amount(), layout.inside());
        return TemporaryFolders.within(limits.diskBytes(), limits.files(), all);
    }

    private WatchedLimits watched() {
        return WatchedLimits.of(
                policy.limits(),
                layout.inside(),
                namespaces() ? null : launch.privateFolder(),
                kernel.cgroups());
    }

    /** The first of the standard streams that is one, and is what has its name here. */
    private Optional<Source> terminal() {
        Stdio stdio = launch.stdio();
        return Stream.of(
                        terminal(stdio.input(), 0),
                        terminal(stdio.output(), 1),
                        terminal(stdio.error(), 2))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Source> terminal(@Nullable Path given, int number) {
        if (given != null) {
            return terminal(given);
        }
        Path own = Path.of("/proc/self/fd", Integer.toString(number));
        return host.at(own)
                .flatMap(link -> terminal(link.linkTarget()))
                .filter(it ->
                        host.behind(own)
                                .filter(open -> Source.of(it.path(), open).equals(it))
                                .isPresent());
    }

    private Optional<Source> terminal(Path path) {
        return host.at(path)
                .filter(file -> path.startsWith(TERMINALS) && file.kind() == HostFiles.Kind.SPECIAL)
                .map(file -> Source.of(path, file));
    }

    /** Those that this kernel has. */
    private SortedMap<String, Integer> userCounters() {
        SortedMap<String, Integer> counters = new TreeMap<>(USER_COUNTERS);
        counters.keySet().removeIf(name -> host.at(Path.of("/proc/sys/user", name)).isEmpty());
        return counters;
    }

    private void withoutNamespaces() {
        steps.add(new Step.Namespaces(Set.of()));
        steps.add(new Step.DieWithLauncher());
        steps.add(new Step.JoinCgroups());
        standIns.add(new StandIn.LandlockAlone());
        standIns.add(new StandIn.ModesOfFiles());
        if (!layout.temporary().isEmpty()) {
            standIns.add(
                    new StandIn.TemporaryFolders(
                            layout.temporary(), launch.privateFolder() != null));
        }
        standIns.add(new StandIn.SharedMemory());
        if (!Isolation.by(kernel, false).signals()) {
            standIns.add(new StandIn.SignalsOutside());
        }
        if (!layout.readOnlyByMount().isEmpty()) {
            standIns.add(new StandIn.ReadOnlyPlaces(layout.readOnlyByMount()));
        }
        if (kernel.cgroups().unified() == null && kernel.cgroups().version1().isEmpty()) {
            standIns.add(new StandIn.LeftBehind());
        }
        if (policy.syscalls().of(Syscall.socket.name()).allowed()) {
            standIns.add(new StandIn.Sockets());
        }
    }

    private @Nullable Path canary(List<LandlockRule> rules) {
        for (Path path : CANARIES) {
            if (host.at(path).filter(file -> file.kind() == HostFiles.Kind.FILE).isPresent()
                    && rules.stream()
                            .noneMatch(rule ->
                                    rule.reach() != LandlockRule.Reach.LIST
                                            && path.startsWith(rule.path()))) {
                return path;
            }
        }
        return null;
    }

    /** The variables that the policy passes, and on top of them the ones that it sets. */
    private Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        launch.environment()
                .forEach((name, value) -> {
                    if (policy.passes(name)) {
                        environment.put(name, value);
                    }
                });
        environment.putAll(policy.setVariables());
        Path privateFolder = launch.privateFolder();
        if (!namespaces() && privateFolder != null) {
            environment.replaceAll((_, value) ->
                    TemporaryFolders.moved(
                            value, layout.temporary(), layout.bound(), privateFolder));
        }
        return environment;
    }
}
