package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.enforcer.gate.ConnectionAttempt;
import dev.blast.enforcer.gate.Gatekeeper;
import dev.blast.enforcer.gate.RuledKeeper;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.plan.CgroupPlaces;
import dev.blast.enforcer.plan.Controller;
import dev.blast.enforcer.plan.FakeKernels;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Storage;
import dev.blast.enforcer.spawn.Ending;
import dev.blast.enforcer.spawn.FrozenEnd;
import dev.blast.enforcer.spawn.Overseer;
import dev.blast.enforcer.spawn.Overseer.Consequence;
import dev.blast.enforcer.spawn.Overseer.Done;
import dev.blast.enforcer.spawn.RealHostFiles;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Violation;
import dev.blast.rules.fact.ViolationKind;
import dev.blast.rules.verdict.Judgement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind of violation is caused by, and that what is said about it is done. */
@Timeout(60)
class ViolationsInForceTest {
    private static final int KILL = 9;
    private static final int TERM = 15;
    private static final int KILLED = 128 + KILL;

    /** These limits end a sandbox themselves, whatever rules say. */
    private static final Set<ViolationKind> ENDING =
            EnumSet.of(ViolationKind.DISK, ViolationKind.FILES, ViolationKind.TIME);

    private static final String PRELUDE =
            """
            import mmap, os, signal, socket, time
            def tick(n):
                for i in range(n):
                    print('tick', flush=True)
                    time.sleep(.1)
            """;

    /**
     * What is easily overlooked beside it: a process whose first thread has ended while another
     * prints, and one that waits in the kernel for its child, as after vfork(2), which waits too.
     */
    private static final String BESIDE =
            """
            import ctypes, threading
            def chatter():
                while True:
                    print('ghost', flush=True)
                    time.sleep(.05)
            if os.fork() == 0:
                threading.Thread(target=chatter).start()
                ctypes.CDLL(None).syscall(60, 0)
            os.mkfifo('pipe')
            if os.fork() == 0:
                waiting = [(os.POSIX_SPAWN_OPEN, 0, 'pipe', os.O_RDONLY, 0)]
                os.posix_spawn('/bin/true', ['true'], {}, file_actions=waiting)
            """;

    @TempDir Path folder;

    @BeforeEach
    void realPath() throws Exception {
        folder = folder.toRealPath();
    }

    /**
     * What causes one.
     *
     * @param limit of the policy; empty for none
     * @param controller that keeps it; null where none does
     */
    private record Cause(
            ViolationKind kind,
            String limit,
            long amount,
            @Nullable Controller controller,
            String subject,
            String program) {}

    private static final List<Cause> CAUSES =
            List.of(
                    new Cause(
                            ViolationKind.CONNECT,
                            "",
                            0,
                            null,
                            "192.0.2.1:443",
                            """
                            try: socket.create_connection(('192.0.2.1', 443))
                            except OSError: pass
                            tick(20)
                            """),
                    new Cause(
                            ViolationKind.MEMORY,
                            "memory",
                            64 << 20,
                            Controller.MEMORY,
                            "64 MiB",
                            """
                            if os.fork() == 0: bytearray(300 << 20)
                            os.wait()
                            tick(20)
                            """),
                    new Cause(
                            ViolationKind.PROCESSES,
                            "processes",
                            10,
                            Controller.PIDS,
                            "10",
                            """
                            try:
                                for i in range(50):
                                    if os.fork() == 0:
                                        time.sleep(20)
                                        os._exit(0)
                            except BlockingIOError: pass
                            tick(20)
                            """),
                    new Cause(
                            ViolationKind.CPU,
                            "cpu",
                            200,
                            Controller.CPU,
                            "0.2 cpus",
                            """
                            if os.fork() == 0:
                                end = time.monotonic() + 3
                                while time.monotonic() < end: pass
                                os._exit(0)
                            os.wait()
                            tick(10)
                            """),
                    new Cause(
                            ViolationKind.IO,
                            "io",
                            8 << 20,
                            Controller.IO,
                            "8 MiB/s",
                            """
                            block = mmap.mmap(-1, 1 << 20)
                            f = os.open('x', os.O_RDWR | os.O_CREAT | os.O_DIRECT)
                            for i in range(48): os.writev(f, [block])
                            tick(5)
                            """),
                    new Cause(
                            ViolationKind.DISK,
                            "disk",
                            10 << 20,
                            null,
                            "10 MiB",
                            "open('x', 'wb').write(bytes(20 << 20))\ntick(30)"),
                    new Cause(
                            ViolationKind.FILES,
                            "files",
                            100,
                            null,
                            "100",
                            "for i in range(200): os.mkdir(f'd{i}')\ntick(30)"),
                    new Cause(ViolationKind.TIME, "time", 1, null, "1 s", "tick(40)"));

    static Stream<Arguments> causes() {
        return CAUSES.stream()
                .flatMap(cause ->
                        Stream.of(Consequence.values()).map(it -> Arguments.of(cause.kind(), it)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("causes")
    void whatIsSaidAboutAViolationIsDone(ViolationKind kind, Consequence consequence)
            throws Exception {
        Cause cause = cause(kind);
        assumeItCanBeCaused(cause);
        check(consequence, cause, cause.program(), new Confined(folder, policy(cause)));
    }

    private void assumeItCanBeCaused(Cause cause) {
        Controller controller = cause.controller();
        assumeTrue(
                controller == null || Confined.kernel().cgroups().offers(controller),
                "needs a cgroup controller for " + cause.kind());
        assumeTrue(
                cause.kind() != ViolationKind.IO
                        || new RealHostFiles().storage(folder) instanceof Storage.Disk,
                "needs temporary files to lie on a disk");
    }

    /** Where there is no cgroup, each process is stopped. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("withoutControllers")
    void withoutCgroupsAllIsFrozenToo(ViolationKind kind) throws Exception {
        Cause cause = cause(kind);
        check(
                Consequence.FREEZE,
                cause,
                BESIDE + cause.program(),
                new Confined(folder, policy(cause))
                        .on(FakeKernels.with(Confined.kernel(), CgroupPlaces.NONE)));
    }

    /** What ends it is heard of while nothing of it runs. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("ends")
    void whatIsFrozenCanBeEnded(ViolationKind kind, String how, boolean byGroup) throws Exception {
        Cause cause = cause(kind);
        Confined confined = new Confined(folder, policy(cause));
        if (!byGroup) {
            confined.on(FakeKernels.with(Confined.kernel(), CgroupPlaces.NONE));
        }
        assumeItCanBeCaused(cause);
        var overseer = new ScriptedOverseer(kind, Consequence.FREEZE);
        var keeper = new TellingKeeper();
        try (Started started = start(cause.program(), confined, overseer, keeper)) {
            awaitThat(started.running()::isFrozen);
            switch (how) {
                case "killed" -> started.running().signal(KILL);
                case "asked" -> started.running().signal(TERM);
                case "closed" -> started.running().close();
                default -> throw new IllegalArgumentException(how);
            }
            assertThat(started.running().ending().exitCode()).isEqualTo(KILLED);
            assertThat(started.output()).doesNotContain("end");
            assertThat(overseer.done()).containsExactly(Done.FROZEN);
            assertThat(overseer.ends())
                    .containsExactly(
                            how.equals("asked")
                                    ? new FrozenEnd.Asked(TERM)
                                    : new FrozenEnd.Ended(KILLED));
        }
    }

    static Stream<Arguments> ends() {
        return Stream.of(true, false)
                .flatMap(byGroup ->
                        CAUSES.stream()
                                .filter(cause -> byGroup || cause.controller() == null)
                                .flatMap(cause ->
                                        Stream.of("killed", "asked", "closed")
                                                .map(how ->
                                                        Arguments.of(cause.kind(), how, byGroup))));
    }

    static Stream<Arguments> withoutControllers() {
        return CAUSES.stream()
                .filter(cause -> cause.controller() == null)
                .map(cause -> Arguments.of(cause.kind()));
    }

    /** Nobody would oversee it from then on. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("withoutControllers")
    void whereTheOverseerFailsItIsEnded(ViolationKind kind) throws Exception {
        Cause cause = cause(kind);
        Overseer failing =
                violation -> {
                    throw new IllegalStateException("no answer about " + violation.kind());
                };
        try (Started started =
                start(
                        cause.program() + "\ntime.sleep(50)",
                        new Confined(folder, policy(cause)),
                        failing,
                        new TellingKeeper())) {
            assertThatThrownBy(() -> started.running().ending())
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("no answer about " + kind);
            assertThat(started.output()).doesNotContain("end");
        }
    }

    private static Cause cause(ViolationKind kind) {
        return CAUSES.stream().filter(it -> it.kind() == kind).findFirst().orElseThrow();
    }

    private static PolicyBuilder policy(Cause cause) {
        PolicyBuilder policy = PolicyBuilder.system();
        return cause.limit().isEmpty() ? policy : policy.limit(cause.limit(), cause.amount());
    }

    /** Closes both. */
    private record Started(Running running, Path log) implements AutoCloseable {
        String output() throws IOException {
            return Files.readString(log);
        }

        @Override
        public void close() throws IOException {
            running.close();
            Files.delete(log);
        }
    }

    private static Started start(
            String program, Confined confined, Overseer overseer, TellingKeeper keeper)
            throws Exception {
        Path log = Files.createTempFile("violations", ".log");
        Plan plan =
                confined.gate(keeper)
                        .plan(log, "python3", "-I", "-c", PRELUDE + program + "\nprint('end')");
        return new Started(
                Sandbox.start(
                        plan,
                        plan,
                        false,
                        keeper,
                        overseer,
                        it -> keeper.running = it,
                        Kernel.linux()),
                log);
    }

    private void check(Consequence consequence, Cause cause, String program, Confined confined)
            throws Exception {
        var overseer = new ScriptedOverseer(cause.kind(), consequence);
        try (Started started = start(program, confined, overseer, new TellingKeeper())) {
            Running running = started.running();
            if (consequence == Consequence.FREEZE) {
                awaitThat(running::isFrozen);
                long before = Files.size(started.log());
                Thread.sleep(Duration.ofMillis(500));
                assertThat(Files.size(started.log())).as("nothing runs").isEqualTo(before);
                assertThat(running.thaw()).isTrue();
            }
            Ending ending = running.ending();
            boolean isEnded = consequence == Consequence.STOP || ENDING.contains(cause.kind());
            String output = started.output();
            assertThat(ending.exitCode()).as(output).isEqualTo(isEnded ? KILLED : 0);
            assertThat(output.contains("end")).isEqualTo(!isEnded);
            assertThat(overseer.told())
                    .extracting(Violation::kind, Violation::subject)
                    .contains(tuple(cause.kind(), cause.subject()));
            assertThat(overseer.done())
                    .containsExactlyElementsOf(
                            switch (consequence) {
                                case NONE -> List.of();
                                case FREEZE -> List.of(Done.FROZEN);
                                case STOP -> List.of(Done.STOPPED);
                            });
        }
    }

    private static void awaitThat(BooleanSupplier holds) throws InterruptedException {
        long deadline = System.nanoTime() + 15_000_000_000L;
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("frozen in time").isLessThan(deadline);
            Thread.sleep(Duration.ofMillis(20));
        }
    }

    /** Refuses everything and counts it, as a session does. */
    private static final class TellingKeeper implements Gatekeeper {
        private final RuledKeeper rules = RuledKeeper.allowing("port == 1");
        private volatile @Nullable Running running;

        @Override
        public Judgement judge(Connection asked) {
            return rules.judge(asked);
        }

        @Override
        public Judgement lookUp(String name) {
            return rules.lookUp(name);
        }

        @Override
        public void attempted(ConnectionAttempt attempt) {
            Running session = running;
            if (session != null && attempt.result() == ConnectionAttempt.Result.REFUSED) {
                session.violated(
                        ViolationKind.CONNECT,
                        attempt.asked().host() + ":" + attempt.asked().port());
            }
        }

        @Override
        public void carried(ConnectionAttempt.Traffic traffic) {}
    }
}
