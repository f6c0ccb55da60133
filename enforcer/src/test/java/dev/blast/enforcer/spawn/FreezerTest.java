package dev.blast.enforcer.spawn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Lines;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes of this machine, as if their parent were the first of a sandbox. */
@Timeout(60)
class FreezerTest {
    @TempDir Path folder;

    @Test
    void whoWasSuspendedBeforeStaysSo() throws Exception {
        Process first = new ProcessBuilder("sh", "-c", "sleep 99 & sleep 99 & wait").start();
        try {
            await(() -> inside(first).size() == 3);
            String one = inside(first).get(1).getFileName().toString();
            new ProcessBuilder("kill", "-STOP", one).start().waitFor();
            await(() -> states(first).equals("TS"));
            Freezer freezer = freezer(first);
            assertThat(freezer.freeze()).isTrue();
            assertThat(states(first)).isEqualTo("TT");
            assertThat(freezer.thaw()).isTrue();
            await(() -> states(first).equals("TS"));
        } finally {
            end(first);
        }
    }

    private static Freezer freezer(Process first) {
        var freezer = new Freezer(Optional.empty(), true, Kernel.linux());
        freezer.begin(first.pid());
        return freezer;
    }

    /** A child that has not gone through execve yet has its parent's memory. */
    @Test
    void whatSharesItsMemoryCountsOnce() throws Exception {
        Path waits = folder.resolve("waits");
        new ProcessBuilder("mkfifo", waits.toString()).start().waitFor();
        Process first =
                new ProcessBuilder(
                                "python3",
                                "-c",
                                "import os; os.posix_spawn('/bin/true', ['true'], {}, file_actions=[(os.POSIX_SPAWN_OPEN, 1, '%s', os.O_WRONLY, 0)])"
                                        .formatted(waits))
                        .start();
        try {
            await(() ->
                    inside(first).size() == 2
                            && InsideProcesses.byMemory(inside(first), Kernel.linux()).size() == 1);
        } finally {
            end(first);
        }
    }

    private static List<Path> inside(Process first) {
        return InsideProcesses.of(first.pid());
    }

    /** Of all but the first. */
    private static String states(Process first) {
        var states = new StringBuilder();
        for (Path process : inside(first).subList(1, inside(first).size())) {
            String stat = String.join("", Lines.of(process.resolve("stat")));
            states.append(stat.charAt(stat.lastIndexOf(')') + 2));
        }
        return states.toString();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** Its children first, which it waits for itself: else they become this process's. */
    private static void end(Process first) throws InterruptedException {
        first.descendants().forEach(ProcessHandle::destroyForcibly);
        assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
}
