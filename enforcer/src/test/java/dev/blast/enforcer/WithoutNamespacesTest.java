package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.plan.FakeKernels;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.Ladder;
import dev.blast.enforcer.plan.Launch;
import dev.blast.enforcer.plan.LayersWanted;
import dev.blast.enforcer.plan.MissingLayer;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Planning;
import dev.blast.enforcer.plan.Problem;
import dev.blast.enforcer.plan.StandIn;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.plan.Step;
import dev.blast.enforcer.text.StandInText;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The step of the ladder below: no namespaces, and everything else in force. Needs Landlock and
 * seccomp.
 */
@Timeout(60)
class WithoutNamespacesTest {
    private static final Set<SandboxLayer> ACCEPTED =
            Set.of(SandboxLayer.USER_NAMESPACE, SandboxLayer.NETWORK);

    @TempDir Path outer;

    private Path project;

    @BeforeEach
    void layOut() throws Exception {
        outer = outer.toRealPath();
        project = Files.createDirectory(outer.resolve("project"));
        Confined.write(outer.resolve("home/.ssh/id_ed25519"), "canary");
        Confined.write(project.resolve("data"), "granted");
    }

    @Test
    void isRefusedUnlessAccepted() {
        Launch launch =
                new Launch(
                        List.of("true"),
                        project,
                        Map.of(),
                        Stdio.inherit(),
                        Set.of(SandboxLayer.NETWORK));
        Planning planning = Confinement.plan(policy().build(), launch, kernel());
        assertThat(planning)
                .isInstanceOfSatisfying(
                        Planning.Missing.class,
                        missing ->
                                assertThat(missing.layers())
                                        .extracting(MissingLayer::layer)
                                        .containsExactly(SandboxLayer.USER_NAMESPACE));
    }

    @Test
    void namesOfWhatIsNotThereCannotBeKept() throws Exception {
        PolicyBuilder protecting =
                policy().grant(Access.READABLE, project + "/.git", project + "/.envrc");
        Confined sandbox = new Confined(project, protecting).on(kernel()).accepting(ACCEPTED);
        Confined.Result result = sandbox.run("true");
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(StandInText.of(result.state().standIns()))
                .contains(
                        "read-only by the rules, and writable all the same: %s/.envrc, %s/.git"
                                .formatted(project, project));
        assertThat(project).isDirectoryNotContaining("glob:**/.{git,envrc}");
    }

    /** What would be a fresh folder is the person's own here, and must not be given. */
    @Test
    void temporaryIsNeverTheRealFolder() throws Exception {
        Path home = outer.resolve("home");
        PolicyBuilder fresh = policy().temporary(home.toString(), 1 << 20).set("HOME", home + "");
        Confined sandbox = new Confined(project, fresh).on(kernel()).accepting(ACCEPTED);
        assertThat(StandInText.of(sandbox.run("true").state().standIns()))
                .contains("not there, since nothing can be mounted: temporary " + home);
        assertThat(sandbox.python("open('" + home + "/.ssh/id_ed25519')"))
                .isEqualTo("PermissionError EACCES");
        assertThat(sandbox.python("open('" + home + "/.ssh/authorized_keys', 'a')"))
                .isEqualTo("PermissionError EACCES");
        assertThat(sandbox.python("os.listdir('" + home + "')")).isIn("PermissionError EACCES", "");
        assertThat(home.resolve(".ssh/authorized_keys")).doesNotExist();
    }

    /** One folder stands in for all; what names them names it, but for what is really there. */
    @Test
    void aPrivateFolderStandsInForWhatIsTemporary() throws Exception {
        Path home = outer.resolve("home");
        Path mine = Files.createDirectory(outer.resolve("private"));
        PolicyBuilder fresh =
                policy().temporary(home.toString(), 1 << 20)
                        .temporary("/tmp", 1 << 20)
                        .grant(Access.READABLE, home + "/lib")
                        .set("HOME", home.toString())
                        .set("TMPDIR", "/tmp")
                        .set("XDG_CACHE_HOME", home + "/.cache")
                        .set("LIB", home + "/lib/x");
        Files.createDirectory(home.resolve("lib"));
        Confined sandbox =
                new Confined(project, fresh).on(kernel()).accepting(ACCEPTED).privately(mine);
        assertThat(StandInText.of(sandbox.run("true").state().standIns()))
                .contains(
                        "one private folder, as large as the disk has room, stands in for temporary /tmp, "
                                + home);
        for (String name : List.of("HOME", "TMPDIR", "XDG_CACHE_HOME", "LIB")) {
            String value =
                    switch (name) {
                        case "XDG_CACHE_HOME" -> mine + "/.cache";
                        case "LIB" -> home + "/lib/x";
                        default -> mine.toString();
                    };
            assertThat(sandbox.python("print(os.environ['%s'])".formatted(name))).isEqualTo(value);
        }
        assertThat(sandbox.python("import tempfile; print(os.path.dirname(tempfile.mkstemp()[1]))"))
                .isEqualTo(mine.toString());
        assertThat(sandbox.python("os.makedirs(os.path.expanduser('~/.cache/x')); print('made')"))
                .isEqualTo("made");
        assertThat(home.resolve(".cache")).doesNotExist();
    }

    @Test
    void socketsOfTheMachineCannotBeConnectedTo() throws Exception {
        Confined sandbox = new Confined(project, policy()).on(kernel()).accepting(ACCEPTED);
        assertThat(sandbox.python("socket.socket(socket.AF_UNIX)"))
                .isEqualTo("OSError EAFNOSUPPORT");
        assertThat(sandbox.python("socket.socketpair(type=socket.SOCK_DGRAM)"))
                .isEqualTo("OSError EAFNOSUPPORT");
        assertThat(sandbox.python("a, b = socket.socketpair(); a.send(b'x'); print(b.recv(1))"))
                .isEqualTo("b'x'");
        assertThat(sandbox.python("os.setpriority(os.PRIO_PROCESS, " + other() + ", 19)"))
                .isEqualTo("PermissionError EPERM");
    }

    private static long other() {
        return ProcessHandle.current().pid();
    }

    @Test
    void landlockAndSeccompHold() throws Exception {
        Confined sandbox = new Confined(project, policy()).on(kernel()).accepting(ACCEPTED);
        Confined.Result result = sandbox.run("true");
        assertThat(result.state().initialized()).isTrue();
        assertThat(result.state().namespacesCreated()).isFalse();
        assertThat(result.state().filesystemConfigured()).isFalse();
        assertThat(result.state().networkConfigured()).isFalse();
        assertThat(result.state().landlockActive()).isTrue();
        assertThat(result.state().seccompActive()).isTrue();
        assertThat(result.state().ladder().title()).isEqualTo("without user-namespace, network");
        assertThat(sandbox.python("print(open('data').read())")).isEqualTo("granted");
        assertThat(sandbox.python("open('made', 'w').write('x'); print('made')")).isEqualTo("made");
        assertThat(sandbox.python("open('" + outer + "/home/.ssh/id_ed25519')"))
                .isEqualTo("PermissionError EACCES");
        assertThat(sandbox.python("open('" + outer + "/made', 'w')"))
                .isEqualTo("PermissionError EACCES");
        assertThat(sandbox.python("open('/usr/made', 'w')")).isEqualTo("PermissionError EACCES");
        assertThat(sandbox.python("open('/proc/" + ProcessHandle.current().pid() + "/environ')"))
                .isEqualTo("PermissionError EACCES");
        assertThat(sandbox.python("os.kill(" + ProcessHandle.current().pid() + ", 0)"))
                .isEqualTo("PermissionError EPERM");
        assertThat(sandbox.python("socket.socket()")).isEqualTo("OSError EAFNOSUPPORT");
        assertThat(sandbox.run("sh", "-c", "exit 7").exitCode()).isEqualTo(7);
    }

    /** Below this step is none: whatever is accepted, Landlock and the filter must be there. */
    @Test
    void landlockAndTheFilterCannotBeDoneWithoutHere() {
        for (MissingLayer gone :
                List.of(
                        new MissingLayer.Landlock("5.10", Errno.ENOSYS.number()),
                        new MissingLayer.Seccomp("5.10"))) {
            List<MissingLayer> all = new ArrayList<>(kernel().missing());
            all.add(gone);
            KernelFeatures poor = FakeKernels.missing(kernel(), all.toArray(MissingLayer[]::new));
            Planning planning =
                    new SandboxPolicyCase(policy())
                            .plan(project, poor, EnumSet.allOf(SandboxLayer.class));
            assertThat(planning).isEqualTo(new Planning.TooLittle(all));
            assertThat(planning.ladder()).isEqualTo(new Ladder.None());
            assertThat(
                            Ladder.of(
                                    poor.layers(),
                                    new LayersWanted(Set.of(), EnumSet.allOf(SandboxLayer.class))))
                    .isEqualTo(new Ladder.None());
        }
    }

    /** Before its version 3, Landlock lets any file be cut off that modes let be written. */
    @ParameterizedTest
    @CsvSource({"1,EPERM", "2,EPERM", "3,EACCES", "9,EACCES"})
    void noFileOutsideIsCutOff(int abi, String stopped) throws Exception {
        assumeTrue(Confined.kernel().landlockAbi() >= 3, "needs Landlock of Linux 6.2 or later");
        Path key = outer.resolve("home/.ssh/id_ed25519");
        Confined sandbox =
                new Confined(project, policy())
                        .on(FakeKernels.withLandlock(kernel(), abi))
                        .accepting(ACCEPTED);
        assertThat(sandbox.python("os.truncate('" + key + "', 0)"))
                .isEqualTo("PermissionError " + stopped);
        assertThat(key).hasContent("canary");
        assertThat(sandbox.python("f = open('data', 'r+'); f.truncate(2); print(f.read())"))
                .isEqualTo("gr");
    }

    /** What no wall does here is said. */
    @ParameterizedTest
    @CsvSource({"5,true", "6,false"})
    void signalsThatGetOutAreSaid(int abi, boolean said) {
        assumeTrue(Confined.kernel().landlockAbi() >= 6, "needs Linux 6.12");
        Plan plan =
                (Plan)
                        new SandboxPolicyCase(policy().grant(Access.WRITABLE, project.toString()))
                                .plan(project, FakeKernels.withLandlock(kernel(), abi), ACCEPTED);
        assertThat(plan.standIns().contains(new StandIn.SignalsOutside())).isEqualTo(said);
    }

    /** Landlock is all that withholds paths here, and is looked at as anywhere. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                Step.DieWithLauncher.class,
                Step.NoNewPrivileges.class,
                Step.Report.class,
                Step.ResourceLimit.class,
                Step.Restrict.class,
                Step.Filter.class,
                Step.WorkingDirectory.class
            })
    void aStepLeftOutStopsTheStart(Class<? extends Step> kind) throws Exception {
        Plan plan =
                new Confined(project, policy())
                        .on(kernel())
                        .accepting(ACCEPTED)
                        .plan(outer.resolve("log"), "true");
        assertThat(plan.has(kind)).isTrue();
        String said = ReadBackTest.refusal(plan, steps -> ReadBackTest.without(steps, kind));
        assertThat(said).matches("(could not|the kernel accepted every step, and) .*");
        if (kind == Step.Restrict.class) {
            assertThat(said)
                    .contains("restrict paths by Landlock: /sys/kernel/uevent_seqnum can still");
        }
    }

    @Test
    void signalsReachTheProgramAndClosingKillsIt() throws Exception {
        Confined sandbox = new Confined(project, policy()).on(kernel()).accepting(ACCEPTED);
        Plan plan =
                sandbox.plan(
                        outer.resolve("log"),
                        "sh",
                        "-c",
                        "trap 'exit 9' TERM; touch ready; while :; do sleep 0.01; done");
        try (Running running = Sandbox.start(plan)) {
            while (!Files.exists(project.resolve("ready"))) {
                Thread.onSpinWait();
            }
            running.signal(15);
            assertThat(running.waitFor()).isEqualTo(9);
        }
        Running running = Sandbox.start(sandbox.plan(outer.resolve("log"), "sleep", "100"));
        List<ProcessHandle> inside =
                ProcessHandle.of(running.pid()).orElseThrow().descendants().toList();
        running.close();
        assertThat(inside).isNotEmpty();
        for (ProcessHandle process : inside) {
            process.onExit().get();
        }
    }

    /** What this user cannot look at anyway need not be covered. */
    @Test
    void whatIsClosedIsHidden() throws Exception {
        assumeTrue(kernel().userId() != 0, "root may open everything");
        Planning planning =
                new SandboxPolicyCase(
                                policy().grant(Access.READABLE, "/").grant(Access.HIDDEN, "/root"))
                        .plan(project, kernel(), ACCEPTED);
        assumeTrue(!Files.isReadable(Path.of("/root")) && !Files.isExecutable(Path.of("/root")));
        assertThat(planning).isInstanceOf(Plan.class);
    }

    @Test
    void whatOnlyMountsCanDoIsSaid() {
        SandboxPolicyCase hides =
                new SandboxPolicyCase(
                        policy().grant(Access.WRITABLE, project.toString())
                                .grant(Access.HIDDEN, project + "/data"));
        assertThat(hides.plan(project, kernel(), ACCEPTED))
                .isEqualTo(
                        new Planning.Invalid(
                                List.of(
                                        new Problem.TakesMounts(
                                                project.resolve("data"), Access.HIDDEN))));
    }

    private static PolicyBuilder policy() {
        return PolicyBuilder.system();
    }

    /** A policy as the planner gets it. */
    private record SandboxPolicyCase(PolicyBuilder policy) {
        Planning plan(Path folder, KernelFeatures kernel, Set<SandboxLayer> accepted) {
            return Confinement.plan(
                    policy.build(),
                    new Launch(List.of("true"), folder, Map.of(), Stdio.inherit(), accepted),
                    kernel);
        }
    }

    private static KernelFeatures kernel() {
        return FakeKernels.withoutNamespaces(Confined.kernel());
    }
}
