package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.kernel.Processor;
import dev.blast.enforcer.plan.CgroupLimit;
import dev.blast.enforcer.plan.CgroupPlaces;
import dev.blast.enforcer.plan.Controller;
import dev.blast.enforcer.plan.FakeHost;
import dev.blast.enforcer.plan.FakeKernels;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.Launch;
import dev.blast.enforcer.plan.MissingLayer;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Planning;
import dev.blast.enforcer.plan.Problem;
import dev.blast.enforcer.plan.Resource;
import dev.blast.enforcer.plan.StandIn;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.enforcer.plan.Step;
import dev.blast.enforcer.text.PlanningText;
import dev.blast.enforcer.text.StandInText;
import dev.blast.enforcer.text.StepText;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans, without a kernel: a machine as a listing, a policy, and the steps that come out. */
class ConfinementTest {
    private static final FakeHost DEBIAN =
            new FakeHost(
                    """
                    /bin -> usr/bin
                    /lib64 -> usr/lib64
                    /usr/bin/sh*
                    /usr/bin/notes
                    /usr/bin/python3 -> python3.12
                    /usr/bin/python3.12*
                    /usr/lib64/ld.so
                    /etc/resolv.conf -> ../run/resolve/stub.conf
                    /run/resolve/stub.conf
                    /dev/null!
                    /dev/tty!
                    /home -> data/home
                    /data/home/ann/shop/.git/hooks/
                    /data/home/ann/shop/.venv/bin/python -> /usr/bin/python3
                    /data/home/ann/shop/escape -> /data/home/ann/.ssh
                    /data/home/ann/.ssh/id_ed25519
                    /tmp/
                    """);

    private static final Path SHOP = Path.of("/home/ann/shop");

    @Test
    void aFolderForWritingIsMadeWhereNoDriverWouldMakeADevice() {
        Plan plan =
                planned(
                        policy().grant(
                                        Access.WRITABLE,
                                        "/home/ann/shop",
                                        "/home/ann/results",
                                        "/dev/nvidia0",
                                        "/sys/module/nvidia"));
        assertThat(StepText.of(plan.steps()))
                .contains("make the folder /data/home/ann/results")
                .noneMatch(step -> step.contains("nvidia"));
    }

    @Test
    void theWholeOrder() {
        Plan plan =
                planned(
                        policy().grant(
                                        Access.READABLE,
                                        "/etc/resolv.conf",
                                        "/home/ann/shop/.git/hooks",
                                        "/opt/nothing")
                                .grant(Access.WRITABLE, "/home/ann/shop")
                                .grant(Access.HIDDEN, "/home/ann/.ssh", "/home/ann/shop/.venv")
                                .temporary("/tmp", 1 << 20)
                                .limit("openFiles", 100));
        assertThat(String.join("\n", StepText.of(plan.steps())))
                .isEqualTo(
                        """
                        watch what is protected: /data/home/ann/shop/.git, /data/home/ann/shop/.git/hooks, /data/home/ann/shop/.venv
                        start a process in namespaces of its own
                        die with the launcher
                        map user 1000 and group 100
                        join the sandbox's cgroups
                        hide the cgroups above
                        make mounts private
                        open /data/home/ann/shop
                        open /data/home/ann/shop/.git
                        open /data/home/ann/shop/.git/hooks
                        open /dev/null
                        open /dev/tty
                        open /run/resolve/stub.conf
                        open /usr
                        make an empty root
                        make the folder /dev inside
                        fill /dev
                        link /bin to usr/bin
                        make the folder /data inside
                        make the folder /data/home inside
                        make the folder /data/home/ann inside
                        make the folder /data/home/ann/shop inside
                        bind /data/home/ann/shop for writing
                        bind /data/home/ann/shop/.git for writing
                        bind /data/home/ann/shop/.git/hooks read-only
                        make the file /dev/null inside
                        bind /dev/null for writing
                        make the file /dev/tty inside
                        bind /dev/tty for writing
                        make the folder /etc inside
                        link /etc/resolv.conf to ../run/resolve/stub.conf
                        link /home to data/home
                        link /lib64 to usr/lib64
                        make the folder /run inside
                        make the folder /run/resolve inside
                        make the file /run/resolve/stub.conf inside
                        bind /run/resolve/stub.conf read-only
                        make the folder /tmp inside
                        mount a temporary folder at /tmp
                        make the folder /usr inside
                        bind /usr read-only
                        hide /data/home/ann/shop/.venv
                        mount /proc
                        enter the new root
                        set the host name sandbox
                        bring up the loopback
                        close inherited descriptors
                        limit the size of a core dump to 1
                        limit open files to 64
                        change to /data/home/ann/shop
                        drop all capabilities
                        forbid new privileges
                        restrict paths by Landlock
                        read back from inside
                        filter system calls
                        run /usr/bin/sh\
                        """);
        assertThat(plan.ladder().title()).isEqualTo("full");
        assertThat(plan.leftOut()).isEmpty();
    }

    @Test
    void aFolderForWritingThatDoesNotExistIsMade() {
        Plan plan = planned(policy().grant(Access.WRITABLE, "/home/ann/shop", "/var/tmp/scratch"));
        assertThat(StepText.of(plan.steps()))
                .startsWith("make the folder /var/tmp/scratch")
                .contains("bind /var/tmp/scratch for writing");
    }

    @Test
    void aNameThatIsProtectedAndNotThereIsKept() {
        Plan plan =
                planned(
                        policy().grant(Access.WRITABLE, "/home/ann/shop")
                                .grant(
                                        Access.READABLE,
                                        "/home/ann/shop/.git/config",
                                        "/home/ann/shop/.idea/one/file",
                                        "/home/ann/shop/.idea/two",
                                        "/usr/lib32",
                                        "/opt/nothing")
                                .grant(Access.HIDDEN, "/home/ann/shop/.ssh"));
        assertThat(StepText.of(plan.steps()))
                .filteredOn(step -> step.startsWith("keep") || step.startsWith("bind /data"))
                .containsExactly(
                        "keep the name /data/home/ann/shop/.git/config",
                        "keep the name /data/home/ann/shop/.idea",
                        "keep the name /data/home/ann/shop/.ssh",
                        "bind /data/home/ann/shop for writing",
                        "bind /data/home/ann/shop/.git for writing",
                        "bind /data/home/ann/shop/.git/config read-only",
                        "bind /data/home/ann/shop/.idea read-only",
                        "bind /data/home/ann/shop/.ssh read-only");
    }

    @Test
    void aLinkInAWritableFolderDecidesNothing() {
        Plan plan =
                planned(policy().grant(Access.WRITABLE, "/home/ann/shop", "/home/ann/shop/escape"));
        assertThat(StepText.of(plan.steps())).noneMatch(step -> step.contains(".ssh"));
        assertThat(plan.leftOut())
                .singleElement()
                .satisfies(leftOut -> {
                    assertThat(leftOut.grant().path()).isEqualTo(SHOP.resolve("escape"));
                    assertThat(leftOut.link()).isEqualTo(Path.of("/data/home/ann/shop/escape"));
                });
    }

    /** The program would write into what lies there, and take it for its own. */
    @ParameterizedTest
    @ValueSource(strings = {"/home/ann/shop/escape", "/home/ann/shop/escape/cache/deep"})
    void aTemporaryFolderBehindSuchALinkIsRefused(String path) {
        PolicyBuilder policy =
                policy().grant(Access.WRITABLE, SHOP.toString()).temporary(path, 1 << 20);
        Planning planning = plan(policy, kernel(), "sh");
        assertThat(planning).isInstanceOf(Planning.Invalid.class);
        assertThat(PlanningText.of(((Planning.Invalid) planning).problems()))
                .containsExactly(
                        path
                                + ", temporary by "
                                + PolicyBuilder.REASON.origin()
                                + ", leads through /data/home/ann/shop/escape, a symbolic link in a folder granted for writing, which is not followed; name the folder that is meant");
    }

    @Test
    void hiddenWinsOverWhatLiesBelow() {
        Plan plan =
                planned(
                        policy().grant(Access.WRITABLE, "/home/ann/shop")
                                .grant(Access.READABLE, "/home/ann/.ssh/id_ed25519")
                                .grant(Access.HIDDEN, "/home/ann/.ssh"));
        assertThat(StepText.of(plan.steps())).noneMatch(step -> step.contains(".ssh"));
    }

    @Test
    void theRootStandsForWhatIsInIt() {
        Plan plan = planned(new PolicyBuilder().grant(Access.READABLE, "/").set("PATH", "/bin"));
        assertThat(StepText.of(plan.steps()))
                .contains(
                        "bind /usr read-only",
                        "link /bin to usr/bin",
                        "bind /data read-only",
                        "run /bin/sh")
                .doesNotContain("bind /dev read-only", "bind /proc read-only");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    sh                     | /usr/bin/sh
                    python3                | /usr/bin/python3
                    /bin/sh                | /bin/sh
                    ./.venv/bin/python     | /home/ann/shop/./.venv/bin/python
                    """)
    void programsAreFoundAmongWhatIsVisible(String command, String program) {
        Plan plan =
                (Plan) plan(policy().grant(Access.WRITABLE, SHOP.toString()), kernel(), command);
        assertThat(plan.step(Step.Execute.class).orElseThrow().program()).hasToString(program);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    nothing                      | it is in no folder of PATH that a rule makes visible (/usr/bin:/bin)
                    ''                           | no program has an empty name; an unset variable in quotes leaves one
                    ' '                          | it is in no folder of PATH that a rule makes visible (/usr/bin:/bin)
                    notes                        | it is in no folder of PATH that a rule makes visible (/usr/bin:/bin)
                    /home/ann/.ssh/id_ed25519    | no rule makes it visible, or it does not exist
                    """)
    void andNowhereElse(String command, String why) {
        assertThat(plan(policy().grant(Access.WRITABLE, SHOP.toString()), kernel(), command))
                .isInstanceOfSatisfying(
                        Planning.NotFound.class,
                        notFound -> {
                            assertThat(notFound.command()).isEqualTo(command);
                            assertThat(PlanningText.of(notFound.why())).isEqualTo(why);
                        });
    }

    @Test
    void whatCannotBeDoneIsSaid() {
        assertThat(plan(policy(), kernel(), "sh"))
                .isEqualTo(new Planning.Invalid(List.of(new Problem.WorkingDirectory(SHOP))));
    }

    @Test
    void aMissingLayerIsRefusedUnlessAccepted() {
        var landlock = new MissingLayer.Landlock("5.10", 38);
        KernelFeatures old = FakeKernels.missing(kernel(), landlock);
        PolicyBuilder policy = policy().grant(Access.WRITABLE, SHOP.toString());
        assertThat(plan(policy, old, "sh")).isEqualTo(new Planning.Missing(List.of(landlock)));
        Launch accepting =
                new Launch(
                        List.of("sh"),
                        SHOP,
                        Map.of(),
                        Stdio.inherit(),
                        Set.of(SandboxLayer.LANDLOCK));
        Plan plan = (Plan) Confinement.plan(policy.build(), accepting, old, DEBIAN);
        assertThat(plan.ladder().title()).isEqualTo("without landlock");
        assertThat(plan.standIns()).contains(new StandIn.MountsAlone());
        assertThat(StepText.of(plan.steps()))
                .doesNotContain("restrict paths by Landlock")
                .contains("filter system calls");
    }

    @Test
    void limitsGoToControllersThatAreThere() {
        CgroupPlaces memoryOnly =
                new CgroupPlaces(
                        Map.of(Controller.MEMORY, Path.of("/sys/fs/cgroup/memory")),
                        null,
                        List.of());
        PolicyBuilder policy =
                policy().grant(Access.WRITABLE, SHOP.toString())
                        .limit("memory", 1 << 30)
                        .limit("processes", 50);
        Plan plan = (Plan) plan(policy, FakeKernels.with(kernel(), memoryOnly), "sh");
        assertThat(plan.cgroupLimits())
                .extracting(CgroupLimit::controller)
                .containsExactly(Controller.MEMORY);
        assertThat(StepText.of(plan.steps())).contains("make cgroups", "limit processes to 50");
        assertThat(plan.ladder().title()).isEqualTo("without cgroup");
        assertThat(StandInText.of(plan.standIns()))
                .containsExactly(
                        "processes are limited by rlimit: the cgroup controller 'pids' is not delegated to this user");
    }

    /** Only who is nobody special, where systemd can help, and where something is missing. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    /run/systemd/system/, memory, true
                    /run/systemd/system/, disk,   false
                    /run/other/,          memory, false
                    """)
    void howControllersAreDelegatedIsSaid(String listing, String limit, boolean said) {
        FakeHost host = new FakeHost("/usr/bin/sh*\n/bin -> usr/bin\n/home/ann/shop/\n" + listing);
        PolicyBuilder policy =
                policy().grant(Access.WRITABLE, SHOP.toString()).limit(limit, 1 << 30);
        Launch launch = new Launch(List.of("sh"), SHOP, Map.of(), Stdio.inherit(), Set.of());
        Plan plan = (Plan) Confinement.plan(policy.build(), launch, kernel(), host);
        assertThat(
                        plan.standIns()
                                .contains(
                                        new StandIn.Delegation(StandIn.Delegation.GivenBy.SYSTEMD)))
                .isEqualTo(said);
    }

    private static PolicyBuilder policy() {
        return new PolicyBuilder()
                .grant(Access.READABLE, "/usr", "/bin", "/lib64")
                .set("PATH", "/usr/bin:/bin");
    }

    private static Plan planned(PolicyBuilder policy) {
        Planning planning = plan(policy, kernel(), "sh");
        assertThat(planning).isInstanceOf(Plan.class);
        return (Plan) planning;
    }

    private static Planning plan(PolicyBuilder policy, KernelFeatures kernel, String command) {
        Launch launch = new Launch(List.of(command), SHOP, Map.of(), Stdio.inherit(), Set.of());
        return Confinement.plan(policy.build(), launch, kernel, DEBIAN);
    }

    private static KernelFeatures kernel() {
        return new KernelFeatures(
                "6.12",
                Processor.X86_64,
                1000,
                100,
                true,
                7,
                40,
                false,
                Map.of(Resource.OPEN_FILES, 64L),
                CgroupPlaces.NONE,
                List.of(),
                Optional.empty());
    }
}
