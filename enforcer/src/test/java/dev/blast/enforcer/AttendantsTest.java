package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.CgroupPlaces;
import dev.blast.enforcer.plan.FakeKernels;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.spawn.Overseer;
import dev.blast.rules.vocabulary.Access;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sandbox does not run on where one of the threads fails that look after it. */
@Timeout(60)
class AttendantsTest {
    @TempDir Path folder;

    /** One that fails on a thread where that would wait, once the program runs. */
    private record Failing(Kernel kernel, String thread, CountDownLatch runs) implements Kernel {
        @Override
        public long call(Syscall syscall, long... arguments) {
            if (syscall == Syscall.poll && Thread.currentThread().getName().equals(thread)) {
                try {
                    runs.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException("nobody interrupts it", e);
                }
                throw new IllegalStateException(thread + " fails");
            }
            return kernel.call(syscall, arguments);
        }

        @Override
        public long spawn(long tableAddress) {
            return kernel.spawn(tableAddress);
        }

        @Override
        public int spawnRefusal() {
            return kernel.spawnRefusal();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sandbox",
                "sandbox walls",
                "sandbox watch",
                "sandbox use",
                "sandbox limits"
            })
    void whereOneFailsAllIsEnded(String thread) throws Exception {
        folder = folder.toRealPath();
        Path log = Files.createTempFile("attendants", ".log");
        Path watched = Files.createDirectory(folder.resolve("watched"));
        PolicyBuilder policy =
                PolicyBuilder.system()
                        .grant(Access.READABLE, watched.toString())
                        .limit("time", 50)
                        .limit("disk", 1 << 30)
                        .limit("processes", 50);
        Confined confined = new Confined(folder, policy);
        if (!thread.equals("sandbox limits")) {
            confined.on(FakeKernels.with(Confined.kernel(), CgroupPlaces.NONE));
        }
        var runs = new CountDownLatch(1);
        Plan plan = confined.plan(log, "sleep", "50");
        try (Running running =
                Sandbox.start(
                        plan,
                        plan,
                        false,
                        null,
                        Overseer.NOBODY,
                        _ -> {},
                        new Failing(Kernel.linux(), thread, runs))) {
            runs.countDown();
            List<ProcessHandle> inside =
                    ProcessHandle.of(running.pid()).stream()
                            .flatMap(ProcessHandle::descendants)
                            .toList();
            assertThatThrownBy(running::ending)
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage(thread + " fails");
            for (ProcessHandle process : inside) {
                process.onExit().get();
            }
        } finally {
            Files.delete(log);
        }
    }
}
