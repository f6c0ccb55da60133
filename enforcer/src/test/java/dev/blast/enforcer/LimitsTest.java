package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.enforcer.plan.CgroupPlaces;
import dev.blast.enforcer.plan.Controller;
import dev.blast.enforcer.plan.FakeKernels;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.Storage;
import dev.blast.enforcer.spawn.LimitHit;
import dev.blast.enforcer.spawn.RealHostFiles;
import dev.blast.enforcer.spawn.SandboxState;
import dev.blast.enforcer.text.StandInText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Limits by cgroups where a controller is delegated to this user (as root it mostly is), else by
 * what stands in.
 */
@Timeout(60)
class LimitsTest {
    private static final String FILL = "x = bytearray(300 << 20); print('filled')";
    private static final String FORK =
            """
            import os, signal
            children = []
            try:
                for i in range(50):
                    child = os.fork()
                    if child == 0:
                        signal.pause()
                    children.append(child)
            except BlockingIOError:
                print('refused at', len(children))
            for child in children:
                os.kill(child, 9)\
            """;

    /** A process whose first thread has ended, and a thread with descriptors of its own. */
    private static final String OVERLOOKED =
            """
            import ctypes, os, threading, time
            libc = ctypes.CDLL(None, use_errno=True)
            def ghost(work):
                threading.Thread(target=work).start()
                libc.syscall(60, 0)
            def thread(work):
                def apart():
                    CLOSE_RANGE_UNSHARE = 2
                    if libc.close_range(9000, 9000, CLOSE_RANGE_UNSHARE) != 0:
                        print('shared still', ctypes.get_errno())
                    work()
                one = threading.Thread(target=apart)
                one.start()
                one.join()
            """;

    @TempDir Path folder;

    @BeforeEach
    void realPath() throws Exception {
        folder = folder.toRealPath();
    }

    /** What lies in a temporary folder is memory that no rlimit counts. */
    @Test
    void withoutAControllerTemporaryFoldersTogetherHoldNoMoreThanTheMemory() throws Exception {
        Confined limited =
                new Confined(
                                folder,
                                PolicyBuilder.system()
                                        .limit("memory", 32 << 20)
                                        .temporary("/tmp", 2L << 30)
                                        .temporary("/var/tmp", 1L << 30)
                                        .temporary("/dev/shm", 0))
                        .on(FakeKernels.with(Confined.kernel(), CgroupPlaces.NONE));
        String held =
                limited.python(
                        """
                        held = 0
                        for place in '/tmp', '/var/tmp', '/dev/shm':
                            with open(place + '/x', 'wb', 0) as f:
                                try:
                                    while True:
                                        held += f.write(bytes(1 << 16))
                                except OSError as e:
                                    assert e.errno == errno.ENOSPC
                        print(held <= 32 << 20 and held > 30 << 20, held)\
                        """);
        assertThat(held).startsWith("True");
    }

    @Test
    void memoryAndProcessesAndProcessorsByController() throws Exception {
        assumeOffered(Controller.MEMORY, Controller.PIDS, Controller.CPU);
        Confined limited =
                new Confined(
                        folder,
                        PolicyBuilder.system()
                                .limit("memory", 64 << 20)
                                .limit("processes", 10)
                                .limit("cpu", 500));
        Confined.Result filled = limited.run("python3", "-I", "-c", FILL);
        assertThat(filled.state().cgroupsConfigured()).isTrue();
        assertThat(filled.state().ladder().title()).isEqualTo("full");
        assertThat(filled.exitCode()).isEqualTo(128 + 9);
        assertThat(filled.hits())
                .singleElement()
                .satisfies(hit -> {
                    assertThat(hit.what()).isEqualTo("memory");
                    assertThat(hit.limit().amount()).isEqualTo(64 << 20);
                    assertThat(hit.times()).isPositive();
                    assertThat(hit.peak()).isBetween(60L << 20, 64L << 20);
                });
        Confined.Result forked = limited.run("python3", "-I", "-c", FORK);
        assertThat(forked.output()).isEqualTo("refused at 9\n"); // Python itself is the tenth
        assertThat(forked.hits()).extracting(LimitHit::what).containsExactly("processes");
        assertThat(LeftCgroupsTest.leftovers()).isEmpty();
        assertThat(limited.run("cat", "/proc/self/cgroup").output().lines())
                .allMatch(line -> line.endsWith(":/"), "sees itself at the root of each hierarchy");
    }

    private static final String FILL_DISK =
            """
            import time
            for i in range(200):
                with open(f'd{i}', 'wb') as f:
                    f.write(bytes(1 << 20))
                time.sleep(.02)
            """;

    /** On the machine's own disk, where only a look from outside tells. */
    @Test
    void whatFillsTheDiskIsEnded() throws Exception {
        Files.write(folder.resolve("before"), new byte[20 << 20]);
        Confined limited = new Confined(folder, PolicyBuilder.system().limit("disk", 10 << 20));
        Confined.Result filled = limited.run("python3", "-I", "-c", FILL_DISK);
        assertThat(filled.exitCode()).isEqualTo(128 + 9);
        assertThat(filled.hits())
                .singleElement()
                .satisfies(hit -> {
                    assertThat(hit.what()).isEqualTo("disk");
                    assertThat(hit.times()).isEqualTo(1);
                    assertThat(hit.peak()).isBetween(10L << 20, 100L << 20);
                });
        assertThat(StandInText.of(filled.state().standIns()))
                .contains("use of the disk is measured from time to time, which is no wall");
        Confined.Result again = limited.run("sh", "-c", "rm d*; head -c 5000000 /dev/zero > x");
        assertThat(again.hits()).as("what was there does not count").isEmpty();
        Confined.Result quick = limited.run("sh", "-c", "head -c 50000000 /dev/zero > y");
        assertThat(quick.hits()).extracting(LimitHit::what).containsExactly("disk");
    }

    /** Also what is held where a look at the process alone does not find it. */
    @ParameterizedTest
    @ValueSource(strings = {"fill()", "ghost(fill)", "thread(fill)"})
    void whatHasNoNameFillsTheDiskToo(String program) throws Exception {
        Confined.Result filled =
                new Confined(folder, PolicyBuilder.system().limit("disk", 10 << 20))
                        .run(
                                "python3",
                                "-I",
                                "-c",
                                OVERLOOKED
                                        + """
                                        def fill():
                                            f = open('x', 'wb', 0)
                                            os.unlink('x')
                                            for i in range(200):
                                                f.write(bytes(1 << 20))
                                                time.sleep(.02)
                                        """
                                        + program);
        assertThat(filled.exitCode()).isEqualTo(128 + 9);
        assertThat(filled.hits()).extracting(LimitHit::what).containsExactly("disk");
    }

    @Test
    void whatMakesManyFilesIsEnded() throws Exception {
        Confined limited =
                new Confined(
                        folder,
                        PolicyBuilder.system().limit("files", 1000).temporary("/tmp", 1 << 20));
        Confined.Result made =
                limited.run(
                        "python3",
                        "-I",
                        "-c",
                        """
                        import os, time
                        for i in range(100000):
                            os.mkdir(f'd{i}')
                            if i % 100 == 0: time.sleep(.05)
                        """);
        assertThat(made.exitCode()).isEqualTo(128 + 9);
        assertThat(made.hits()).extracting(LimitHit::what).containsExactly("files");
        assertThat(
                        limited.python(
                                """
                                made = 0
                                try:
                                    while made < 2000:
                                        open(f'/tmp/{made}', 'x').close()
                                        made += 1
                                except OSError as e:
                                    print(made, errno.errorcode[e.errno])\
                                """))
                .matches("(99\\d|1000) ENOSPC"); // newer kernels keep some for themselves
    }

    @Test
    void temporaryFoldersTogetherHoldNoMoreThanTheDiskMay() throws Exception {
        Confined limited =
                new Confined(
                        folder,
                        PolicyBuilder.system()
                                .limit("disk", 8 << 20)
                                .temporary("/tmp", 1L << 30)
                                .temporary("/var/tmp", 1L << 30));
        assertThat(
                        limited.python(
                                """
                                held = 0
                                for place in '/tmp', '/var/tmp':
                                    with open(place + '/x', 'wb', 0) as f:
                                        try:
                                            while True:
                                                held += f.write(bytes(1 << 16))
                                        except OSError as e:
                                            assert e.errno == errno.ENOSPC
                                print(held)\
                                """))
                .isEqualTo(Integer.toString(8 << 20));
    }

    private static void assumeOffered(Controller... controllers) {
        for (Controller controller : controllers) {
            assumeTrue(
                    Confined.kernel().cgroups().offers(controller),
                    "needs the cgroup controller '"
                            + controller.kernelName()
                            + "' to be delegated to this user");
        }
    }

    /** One with a process more than the other has no more for it. */
    @Test
    void twoBusySandboxesHaveHalfEach() throws Exception {
        assumeOffered(Controller.CPU);
        String busy =
                """
                import os, time
                os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
                end = time.monotonic() + 3
                for i in range(%d):
                    if os.fork() == 0:
                        while time.monotonic() < end: pass
                        os._exit(0)
                for i in range(%d):
                    os.wait()
                print(os.times().children_user + os.times().children_system)
                """;
        Path other = Files.createDirectory(folder.resolve("other"));
        var few = new FutureTask<>(() -> busy(folder, busy.formatted(1, 1)));
        var many = new FutureTask<>(() -> busy(other, busy.formatted(4, 4)));
        Thread.ofPlatform().start(few);
        Thread.ofPlatform().start(many);
        double share = few.get() / (few.get() + many.get());
        assertThat(share).isBetween(.4, .6);
    }

    private static double busy(Path folder, String program) throws Exception {
        return Double.parseDouble(
                new Confined(folder, PolicyBuilder.system())
                        .run("python3", "-I", "-c", program)
                        .output());
    }

    /** Past the memory of files, which version 1 does not count. */
    @Test
    void aRateOfInputAndOutputByController() throws Exception {
        assumeOffered(Controller.IO);
        assumeTrue(
                new RealHostFiles().storage(folder) instanceof Storage.Disk,
                "needs temporary files to lie on a disk");
        Confined limited = new Confined(folder, PolicyBuilder.system().limit("io", 8 << 20));
        String direct =
                """
                import mmap, time
                block = mmap.mmap(-1, 1 << 20)
                f = os.open('x', os.O_RDWR | os.O_CREAT | os.O_DIRECT)
                before = time.monotonic()
                for i in range(%1$d):
                    os.writev(f, [block])
                written = time.monotonic()
                os.lseek(f, 0, 0)
                for i in range(%1$d):
                    os.readv(f, [block])
                print(written - before > 1.5, time.monotonic() - written > 1.5)\
                """
                        .formatted(16);
        assertThat(limited.python(direct)).isEqualTo("True True");
        Confined free = new Confined(folder, PolicyBuilder.system());
        assertThat(free.python(direct)).isEqualTo("False False");
        SandboxState state = limited.run("true").state();
        assertThat(state.cgroupsConfigured()).isTrue();
        assertThat(state.ladder().title()).isEqualTo("full");
        assertThat(StandInText.of(state.standIns()))
                .allMatch(line -> line.contains("but for buffered writes"));
        assertThat(LeftCgroupsTest.leftovers()).isEmpty();
    }

    @Test
    void withoutControllersLimitsAreRlimitsAndSaidSo() throws Exception {
        KernelFeatures real = Confined.kernel();
        KernelFeatures kernel = FakeKernels.with(real, CgroupPlaces.NONE);
        Confined limited =
                new Confined(
                                folder,
                                PolicyBuilder.system()
                                        .limit("memory", 64 << 20)
                                        .limit("processes", 10)
                                        .limit("cpu", 500)
                                        .limit("io", 1 << 20))
                        .on(kernel);
        Confined.Result filled = limited.run("python3", "-I", "-c", FILL);
        assertThat(filled.output()).contains("MemoryError");
        assertThat(filled.state().cgroupsConfigured()).isFalse();
        assertThat(filled.state().initialized()).isTrue();
        assertThat(filled.state().ladder().title()).isEqualTo("without cgroup");
        assertThat(StandInText.of(filled.state().standIns()))
                .hasSize(4)
                .anyMatch(line ->
                        line.startsWith(
                                "memory is limited for each process by itself, for temporary folders together, and for all by measuring from time to time: the cgroup controller"))
                .anyMatch(line ->
                        line.startsWith(
                                "processor time is not limited: the cgroup controller 'cpu' is not"))
                .anyMatch(line ->
                        line.startsWith(
                                "the rate of input and output is not limited: the cgroup controller 'io' is not"));
        if (real.userId() != 0) {
            assertThat(limited.run("python3", "-I", "-c", FORK).output()).startsWith("refused at ");
        }
    }

    /** None of it is data of one process, and so nothing that an rlimit bounds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "held = [os.fork() or fill(40) for i in range(2)]",
                "held = [os.fork() or ghost(lambda: fill(40)) for i in range(2)]",
                "ghost(nameless)",
                "thread(nameless)",
                "f = os.memfd_create('x')\nfor i in range(100): os.write(f, bytes(1 << 20)); time.sleep(.02)",
                "m = mmap.mmap(-1, 100 << 20)\nfor i in range(100): m.write(bytes(1 << 20)); time.sleep(.02)",
                "f = open('/tmp/x', 'wb')\nfor i in range(25): f.write(bytes(1 << 20))\nfill(45)"
            })
    void withoutAControllerAllMemoryTogetherIsMeasured(String program) throws Exception {
        Confined limited =
                new Confined(
                                folder,
                                PolicyBuilder.system()
                                        .limit("memory", 64 << 20)
                                        .temporary("/tmp", 1 << 30))
                        .on(FakeKernels.with(Confined.kernel(), CgroupPlaces.NONE));
        Confined.Result ended =
                limited.run(
                        "python3",
                        "-I",
                        "-c",
                        OVERLOOKED
                                + """
                                import mmap
                                def fill(mib):
                                    x = b'x' * (mib << 20)
                                    time.sleep(20)
                                def nameless():
                                    f = os.memfd_create('x')
                                    for i in range(100):
                                        os.write(f, bytes(1 << 20))
                                        time.sleep(.02)
                                    time.sleep(20)
                                %s
                                time.sleep(20)
                                """
                                        .formatted(program));
        assertThat(ended.output()).isEmpty();
        assertThat(ended.exitCode()).isEqualTo(128 + 9);
        assertThat(ended.hits())
                .singleElement()
                .satisfies(hit -> {
                    assertThat(hit.what()).isEqualTo("memory");
                    assertThat(hit.peak()).isBetween(64L << 20, 160L << 20);
                });
    }

    /** What many map is there once. */
    @Test
    void whatProcessesShareCountsOnce() throws Exception {
        Confined limited =
                new Confined(folder, PolicyBuilder.system().limit("memory", 96 << 20))
                        .on(FakeKernels.with(Confined.kernel(), CgroupPlaces.NONE));
        Confined.Result shared =
                limited.run(
                        "python3",
                        "-I",
                        "-c",
                        """
                        import mmap, os, time
                        m = mmap.mmap(-1, 40 << 20)
                        m.write(b'x' * (40 << 20))
                        for i in range(5):
                            if os.fork() == 0:
                                sum(m[::4096])
                                time.sleep(1.5)
                                os._exit(0)
                        for i in range(5): os.wait()
                        """);
        assertThat(shared.exitCode()).as(shared.output()).isZero();
        assertThat(shared.hits()).isEmpty();
    }

    @Test
    void whatIsSlowedDownIsAHit() throws Exception {
        assumeOffered(Controller.CPU);
        Confined.Result slowed =
                new Confined(folder, PolicyBuilder.system().limit("cpu", 200))
                        .run(
                                "python3",
                                "-I",
                                "-c",
                                "import time\nend = time.monotonic() + 2\nwhile time.monotonic() < end: pass");
        assertThat(slowed.exitCode()).isZero();
        assertThat(slowed.hits())
                .singleElement()
                .satisfies(hit -> {
                    assertThat(hit.what()).isEqualTo("cpu");
                    assertThat(hit.slows()).isTrue();
                    assertThat(hit.times()).isBetween(10L, 40L);
                });
    }
}
