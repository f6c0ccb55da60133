package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.plan.Canary;
import dev.blast.enforcer.plan.FakeKernels;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Step;
import dev.blast.enforcer.plan.Wall;
import dev.blast.enforcer.spawn.Ending;
import dev.blast.enforcer.spawn.Overseer.Consequence;
import dev.blast.rules.fact.SandboxLayer;
import dev.blast.rules.fact.Violation;
import dev.blast.rules.fact.ViolationKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A wall that one sandbox lacks alone is noticed, at the start or later, and the sandbox ended. */
@Timeout(60)
class WallsTest {
    private static final int KILLED = 128 + 9;

    /** Of a period of five to six seconds, and what a busy machine adds. */
    private static final Duration IN_TIME = Duration.ofSeconds(8);

    @TempDir Path folder;
    private Path log = Path.of("");

    @BeforeEach
    void realPath() throws Exception {
        folder = folder.toRealPath();
        log = Files.createTempFile("walls", ".log");
    }

    private Plan plan(String... command) {
        return new Confined(folder, PolicyBuilder.system().limit("memory", 256 << 20))
                .plan(log, command);
    }

    private static Plan without(Plan plan, List<Class<? extends Step>> left) {
        List<Step> steps = new ArrayList<>(plan.steps());
        steps.removeIf(step -> left.stream().anyMatch(kind -> kind.isInstance(step)));
        return new Plan(
                plan.kernel(),
                steps,
                plan.ladder(),
                plan.standIns(),
                plan.leftOut(),
                plan.watched());
    }

    /** What is left out of the table, and not missed when it is read back. */
    static Stream<Arguments> mutants() {
        return Stream.of(
                Arguments.of(Wall.SECCOMP, List.of(Step.Filter.class)),
                Arguments.of(Wall.LANDLOCK, List.of(Step.Restrict.class)),
                Arguments.of(Wall.CAPABILITIES, List.of(Step.DropCapabilities.class)),
                Arguments.of(
                        Wall.NO_NEW_PRIVILEGES,
                        List.of(
                                Step.NoNewPrivileges.class,
                                Step.DropCapabilities.class,
                                Step.Restrict.class,
                                Step.Filter.class)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void aWallThatWasNeverThereIsNoticedAtOnce(Wall wall, List<Class<? extends Step>> left)
            throws Exception {
        Plan whole = plan("sleep", "30");
        Plan mutant = without(whole, left);
        Canary canary =
                new Canary(
                        Canary.of(whole).looks().stream()
                                .filter(look ->
                                        look.wall() == wall
                                                || look.expected() == null
                                                || left.size() == 1)
                                .toList());
        var overseer = new ScriptedOverseer(ViolationKind.BOUNDARY, Consequence.NONE);
        long began = System.nanoTime();
        try (Running running =
                Sandbox.start(
                        mutant, mutant, canary, false, null, overseer, _ -> {}, Kernel.linux())) {
            assertLost(wall, running.ending(), overseer, began);
        }
    }

    private static void assertLost(
            Wall wall, Ending ending, ScriptedOverseer overseer, long began) {
        assertThat(ending.lost()).contains(wall);
        assertThat(ending.exitCode()).isEqualTo(KILLED);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(IN_TIME);
        assertThat(overseer.told())
                .contains(new Violation(ViolationKind.BOUNDARY, 1, wall.title()));
    }

    /** By who may: root of the machine, from outside. */
    static Stream<Arguments> later() {
        return Stream.of(
                Arguments.of(Wall.MOUNTS, "nsenter -t $PID -m mount -t tmpfs x /usr/lib"),
                Arguments.of(
                        Wall.MOUNTS,
                        "nsenter -t $PID -m --wdns=/ mount -o remount,bind,exec,dev,suid /usr"),
                Arguments.of(Wall.NETWORK, "nsenter -t $PID -n ip link add type veth"),
                Arguments.of(
                        Wall.ROOT,
                        "nsenter -t $PID -m --wdns=/ sh -c 'mount -o remount,rw / && mkdir /boot'"),
                Arguments.of(
                        Wall.CGROUPS,
                        "g=$(grep -l \"^$PID$\" $(find /sys/fs/cgroup -path '*blast-run*' -name cgroup.procs) | head -n 1); echo $PID >$(dirname $(dirname $(dirname $g)))/cgroup.procs"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("later")
    void aWallThatIsTakenAwayLaterIsNoticedInOnePeriod(Wall wall, String script) throws Exception {
        assumeTrue(Confined.kernel().userId() == 0, "needs root of the machine");
        var overseer = new ScriptedOverseer(ViolationKind.BOUNDARY, Consequence.NONE);
        Plan plan = plan("sleep", "30");
        try (Running running =
                Sandbox.start(plan, plan, false, null, overseer, _ -> {}, Kernel.linux())) {
            Thread.sleep(Duration.ofSeconds(1));
            long began = System.nanoTime();
            assumeTrue(isDone(script, running.pid()), "cannot be done here: " + script);
            assertLost(wall, running.ending(), overseer, began);
        }
    }

    private boolean isDone(String script, long pid) throws Exception {
        ProcessBuilder shell =
                new ProcessBuilder("sh", "-ec", script)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("said").toFile());
        shell.environment().putAll(Map.of("PID", Long.toString(pid)));
        return shell.start().waitFor() == 0;
    }

    /** Neither signals nor limits nor priorities keep the first process from saying how it is. */
    @Test
    void noProgramSilencesTheFirstProcess() throws Exception {
        Plan plan =
                plan(
                        "python3",
                        "-I",
                        "-c",
                        """
                        import os, resource, time
                        def tried(what, *arguments):
                            try: what(*arguments)
                            except OSError: pass
                        tried(resource.prlimit, 1, resource.RLIMIT_NOFILE, (0, 0))
                        tried(os.setpriority, os.PRIO_PROCESS, 1, 19)
                        tried(os.sched_setscheduler, 1, os.SCHED_IDLE, os.sched_param(0))
                        tried(open, '/proc/1/mem', 'r+b')
                        tried(os.kill, 1, 9)
                        end = time.monotonic() + 14
                        sent = 0
                        while time.monotonic() < end:
                            for number in (1, 2, 3, 10, 12, 13, 14, 15, 17, 19, 20):
                                os.kill(1, number)
                                sent += 1
                            if os.fork() == 0: os._exit(0)
                            os.wait()
                        print('alive', sent > 1000)
                        """);
        var overseer = new ScriptedOverseer(ViolationKind.BOUNDARY, Consequence.NONE);
        try (Running running =
                Sandbox.start(plan, plan, false, null, overseer, _ -> {}, Kernel.linux())) {
            Ending ending = running.ending();
            assertThat(ending.lost()).isEmpty();
            assertThat(ending.exitCode()).isZero();
            assertThat(Files.readString(log)).isEqualTo("alive True\n");
            assertThat(overseer.told()).isEmpty();
        }
    }

    /** As by a person who stops everything from another terminal. */
    @Test
    void whatIsSuspendedIsNotTakenForSilent() throws Exception {
        Plan plan = plan("sleep", "17");
        var overseer = new ScriptedOverseer(ViolationKind.BOUNDARY, Consequence.NONE);
        try (Running running =
                Sandbox.start(plan, plan, false, null, overseer, _ -> {}, Kernel.linux())) {
            assertThat(isDone("kill -STOP $PID; sleep 14; kill -CONT $PID", running.pid()))
                    .isTrue();
            Ending ending = running.ending();
            assertThat(ending.lost()).isEmpty();
            assertThat(ending.exitCode()).isZero();
        }
    }

    /** Where no pid namespace keeps its program from that. */
    @Test
    void whoIsStoppedFromInsideGoesOn() throws Exception {
        Plan plan =
                new Confined(folder, PolicyBuilder.system())
                        .on(FakeKernels.withoutNamespaces(Confined.kernel()))
                        .accepting(Set.of(SandboxLayer.USER_NAMESPACE, SandboxLayer.NETWORK))
                        .plan(
                                log,
                                "python3",
                                "-I",
                                "-c",
                                "import os, signal; os.kill(os.getppid(), signal.SIGSTOP); os._exit(3)");
        var overseer = new ScriptedOverseer(ViolationKind.BOUNDARY, Consequence.NONE);
        try (Running running =
                Sandbox.start(plan, plan, false, null, overseer, _ -> {}, Kernel.linux())) {
            Ending ending = running.ending();
            assertThat(ending.exitCode()).isEqualTo(3);
            assertThat(ending.lost()).isEmpty();
        }
    }
}
