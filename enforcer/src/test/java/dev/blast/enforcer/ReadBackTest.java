package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.enforcer.gate.RuledKeeper;
import dev.blast.enforcer.kernel.AnsweringKernel;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.Namespace;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.plan.Step;
import dev.blast.enforcer.plan.WatchedLimits;
import dev.blast.enforcer.spawn.Overseer;
import dev.blast.enforcer.spawn.StateReading;
import dev.blast.enforcer.text.StartFailureText;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A step that is left out is noticed before the program's first instruction, and named. */
@Timeout(60)
public class ReadBackTest {
    /** Each kind of step, and what is said where it is left out. */
    private static final Map<Class<? extends Step>, String> SAID =
            Map.ofEntries(
                    Map.entry(Step.WatchPlaces.class, "they are not watched"),
                    Map.entry(
                            Step.DieWithLauncher.class,
                            "die with the launcher: the signal at the launcher's end is 0 and not 9"),
                    Map.entry(Step.Identity.class, "make the folder /dev inside: mkdirat: "),
                    Map.entry(
                            Step.UserCounters.class,
                            "bound what a user has in all: the kernel counts to {max_"),
                    Map.entry(Step.MakeCgroups.class, "make cgroups: not all of them are there"),
                    Map.entry(
                            Step.JoinCgroups.class,
                            "join the sandbox's cgroups: the first process is not in /"),
                    Map.entry(
                            Step.CgroupNamespace.class,
                            "hide the cgroups above: the cgroup namespace is not its own"),
                    Map.entry(Step.PrivateMounts.class, " is shared with the machine"),
                    Map.entry(Step.Bind.class, "/secret: openat2: there is no such file"),
                    Map.entry(
                            Step.Temporary.class,
                            "mount a temporary folder at /tmp: nothing is mounted at /tmp"),
                    Map.entry(Step.Hide.class, "/secret: nothing is mounted at "),
                    Map.entry(Step.Devices.class, "enter the new root: mount_setattr: "),
                    Map.entry(
                            Step.Terminal.class,
                            " a name inside: nothing is mounted at /dev/console"),
                    Map.entry(Step.Proc.class, "hide /proc/"),
                    Map.entry(
                            Step.EnterRoot.class,
                            "the kernel accepted every step, and this is not in force all the same"),
                    Map.entry(Step.Hostname.class, "and not sandbox"),
                    Map.entry(
                            Step.Loopback.class,
                            "make the sockets of the gate: recvfrom: the network is down"),
                    Map.entry(
                            Step.GateSockets.class,
                            "make the sockets of the gate: nothing answers for names"),
                    Map.entry(
                            Step.TextFile.class,
                            "restrict paths by Landlock: openat: there is no such file"),
                    Map.entry(
                            Step.ResourceLimit.class, "limit the size of a core dump to 1: it is "),
                    Map.entry(Step.WorkingDirectory.class, "the working directory is / and not /"),
                    Map.entry(Step.DropCapabilities.class, "drop all capabilities: Cap"),
                    Map.entry(
                            Step.NoNewPrivileges.class,
                            "restrict paths by Landlock: landlock_restrict_self: not permitted"),
                    Map.entry(
                            Step.Restrict.class,
                            "restrict paths by Landlock: /proc/self/fd/5 can still be opened"),
                    Map.entry(Step.Report.class, "read back from inside: nothing came"),
                    Map.entry(Step.Filter.class, "filter system calls: "),
                    Map.entry(Step.MakeFolder.class, "/made: openat2: "),
                    Map.entry(Step.KeepName.class, "/.git: openat2: "),
                    Map.entry(Step.Folder.class, "fill /dev: openat2: "),
                    Map.entry(Step.EmptyFile.class, " for writing: openat2: "),
                    Map.entry(Step.TakeSource.class, " was not taken"),
                    Map.entry(Step.NewRoot.class, "no new root for "));

    private static final RuledKeeper NOBODY = RuledKeeper.allowing("port == 1");

    @TempDir Path outer;

    private final PseudoTerminal terminal = new PseudoTerminal();
    private Path project;

    @AfterEach
    void hangUp() {
        terminal.close();
    }

    @BeforeEach
    void layOut() throws Exception {
        project = Files.createDirectory(outer.toRealPath().resolve("project"));
        Files.createDirectory(project.resolve("secret"));
        Files.writeString(outer.toRealPath().resolve("file"), "granted");
    }

    static Stream<Class<? extends Step>> kinds() {
        return SAID.keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void aStepLeftOutStopsTheStart(Class<? extends Step> kind) throws Exception {
        Plan plan = plan();
        assumeTrue(
                kind != Step.PrivateMounts.class
                        || Lines.of(Path.of("/proc/self/mountinfo")).stream()
                                .anyMatch(line -> line.contains(" shared:")),
                "nothing is shared here, so that all mounts are private already");
        assumeTrue(
                (kind != Step.MakeCgroups.class && kind != Step.JoinCgroups.class)
                        || !plan.kernel().cgroups().version1().isEmpty(),
                "no cgroup of version 1 is this user's, which it would join by itself");
        assertThat(plan.has(kind)).as("the plan has it").isTrue();
        assertThat(refusal(plan, steps -> without(steps, kind))).contains(SAID.get(kind));
    }

    /** A kind that nobody has decided on is neither here nor there. */
    @Test
    void eachKindIsNoticedOrIsSaidNotToBe() {
        Set<Class<?>> decided = new HashSet<>(SAID.keySet());
        // one by one, and by what closes the descriptors: both below
        decided.addAll(List.of(Step.Namespaces.class, Step.Descriptors.class));
        // of a throwaway copy, see ThrowawayCopyTest
        decided.addAll(List.of(Step.Overlay.class, Step.BindCopy.class, Step.Pin.class));
        decided.addAll(List.of(Step.Link.class, Step.Leave.class, Step.Execute.class));
        assertThat(decided).containsExactlyInAnyOrder(Step.class.getPermittedSubclasses());
        assertThat(StateReading.NOT_READ_BACK)
                .contains(Step.Link.class, Step.Leave.class, Step.Execute.class);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CGROUP")
    void aNamespaceLeftOutStopsTheStart(Namespace namespace) throws Exception {
        String said =
                refusal(
                        plan(),
                        steps ->
                                steps.stream()
                                        .map(step ->
                                                step instanceof Step.Namespaces(Set<Namespace> all)
                                                        ? new Step.Namespaces(all(all, namespace))
                                                        : step)
                                        .toList());
        assertThat(said)
                .isNotEmpty(); // without some of them a later step fails, and is what is said
    }

    private static Set<Namespace> all(Set<Namespace> namespaces, Namespace but) {
        Set<Namespace> rest = EnumSet.copyOf(namespaces);
        rest.remove(but);
        return rest;
    }

    /**
     * What a container runtime or a tracer may do: a call is answered and not done. The first and
     * the last of each kind of call are tried; what is left out here changes nothing that protects.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "close_range",
                "fsmount",
                "fsopen",
                "landlock_create_ruleset",
                "landlock_restrict_self",
                "mount_setattr",
                "move_mount",
                "open_tree",
                "pivot_root",
                "prctl",
                "prlimit64",
                "seccomp",
                "sethostname",
                "statx",
                "umask",
                "umount2",
                "unshare",
                "write"
            })
    void aCallThatIsOnlyAnsweredStopsTheStart(String name) throws Exception {
        Plan plan = plan();
        for (boolean last : new boolean[] {false, true}) {
            Kernel kernel = new AnsweringKernel(Syscall.valueOf(name), last);
            Throwable thrown =
                    catchThrowable(() ->
                            Sandbox.start(
                                            plan,
                                            plan,
                                            false,
                                            NOBODY,
                                            Overseer.NOBODY,
                                            _ -> {},
                                            kernel)
                                    .close());
            assertThat(thrown)
                    .as("%s of the calls", last ? "last" : "first")
                    .isInstanceOf(EnforcerException.class);
        }
    }

    @Test
    void theWholePlanIsInForce() throws Exception {
        Plan plan = plan();
        try (Running running = Sandbox.start(plan, NOBODY)) {
            assertThat(running.waitFor()).isZero();
        }
    }

    /** What is said where the second plan is wanted and the first is carried out. */
    public static String refusal(Plan plan, UnaryOperator<List<Step>> change) {
        Plan changed =
                new Plan(
                        plan.kernel(),
                        change.apply(plan.steps()),
                        plan.ladder(),
                        plan.standIns(),
                        plan.leftOut(),
                        WatchedLimits.NOTHING);
        Throwable thrown =
                catchThrowable(() ->
                        Sandbox.start(
                                        changed,
                                        plan,
                                        false,
                                        NOBODY,
                                        Overseer.NOBODY,
                                        _ -> {},
                                        Kernel.linux())
                                .close());
        assertThat(thrown).as("the start").isNotNull();
        assertThat(thrown).isInstanceOfAny(EnforcerException.class, IllegalStateException.class);
        Throwable cause = thrown.getCause() instanceof IllegalStateException why ? why : thrown;
        return cause instanceof EnforcerException refused
                ? StartFailureText.summary(refused.failure())
                : String.valueOf(cause.getMessage());
    }

    public static List<Step> without(List<Step> steps, Class<? extends Step> kind) {
        return steps.stream().filter(step -> !kind.isInstance(step)).toList();
    }

    private Plan plan() throws Exception {
        PolicyBuilder policy =
                PolicyBuilder.system()
                        .grant(Access.READABLE, project + "/.git", outer.toRealPath() + "/file")
                        .grant(Access.HIDDEN, project + "/secret")
                        .grant(Access.WRITABLE, project.toString(), outer.toRealPath() + "/made")
                        .temporary("/tmp", 1 << 20)
                        .limit("openFiles", 100)
                        .limit("memory", 256 << 20)
                        .limit("processes", 50);
        Path log = outer.resolve("log");
        return Confined.planWithGate(
                policy.build(), project, new Stdio(terminal.path(), log, log), "true");
    }
}
