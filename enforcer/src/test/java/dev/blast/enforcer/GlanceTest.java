package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.plan.CgroupPlaces;
import dev.blast.enforcer.plan.Controller;
import dev.blast.enforcer.plan.FakeKernels;
import dev.blast.enforcer.plan.KernelFeatures;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.spawn.Glance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sandbox that runs, looked at by who has not started it. */
@Timeout(60)
class GlanceTest {
    private static final String BUSY =
            """
            import os, time
            held = b'x' * (40 << 20)
            end = time.process_time() + .3
            while time.process_time() < end: pass
            if os.fork() == 0:
                time.sleep(60)
            open('ready', 'x').close()
            time.sleep(60)
            """;

    @TempDir Path folder;

    @BeforeEach
    void realPath() throws IOException {
        folder = folder.toRealPath();
    }

    private Glance glance(KernelFeatures kernel, Path log) throws Exception {
        Plan plan =
                new Confined(folder, PolicyBuilder.system().limit("memory", 256 << 20))
                        .on(kernel)
                        .plan(log, "python3", "-I", "-c", BUSY);
        try (Running running = Sandbox.start(plan)) {
            while (!Files.exists(folder.resolve("ready"))) {
                Thread.sleep(20);
            }
            return Glance.of(running.pid(), running.groups());
        } finally {
            Files.delete(folder.resolve("ready"));
        }
    }

    private static void assertWalls(Glance glance) {
        assertThat(glance.namespaces()).isTrue();
        assertThat(glance.network()).isTrue();
        assertThat(glance.seccomp()).isTrue();
        assertThat(glance.noNewPrivileges()).isTrue();
        assertThat(glance.processes()).isEqualTo(2);
        assertThat(glance.memoryBytes()).isBetween(40L << 20, 120L << 20);
        assertThat(glance.cpuMicros()).isBetween(290_000L, 5_000_000L);
    }

    @Test
    void byItsGroupsAndByItsProcesses() throws Exception {
        Path log = Files.createFile(folder.resolve("log"));
        KernelFeatures kernel = Confined.kernel();
        Glance glance = glance(kernel, log);
        assertWalls(glance);
        if (kernel.cgroups().offers(Controller.MEMORY)) {
            assertThat(glance.cgroups()).isTrue();
            assertThat(glance.memoryPeakBytes())
                    .isGreaterThanOrEqualTo(glance.memoryBytes())
                    .isLessThanOrEqualTo(256L << 20);
        }
        Glance without = glance(FakeKernels.with(kernel, CgroupPlaces.NONE), log);
        assertWalls(without);
        assertThat(without.cgroups()).isNull();
        assertThat(without.memoryPeakBytes()).isNull();
        assertThat(without.ioBytes()).isNotNull();
    }

    /** What is under no wall says so. */
    @Test
    void aProcessOfThisMachine() throws Exception {
        Process sleeping = new ProcessBuilder("sleep", "60").start();
        try {
            Glance glance = Glance.of(sleeping.pid(), List.of(Path.of("/sys/fs/cgroup/gone")));
            assertThat(glance.namespaces()).isFalse();
            assertThat(glance.network()).isFalse();
            assertThat(glance.cgroups()).isFalse();
            assertThat(glance.processes()).isNull();
            assertThat(glance.memoryBytes()).isPositive();
        } finally {
            sleeping.destroyForcibly().waitFor();
        }
        Glance gone = Glance.of(sleeping.pid(), List.of());
        assertThat(gone)
                .isEqualTo(new Glance(null, null, null, null, null, null, null, null, null, null));
    }

    @Test
    void groupsOfVersion2() throws Exception {
        Path group = Files.createDirectory(folder.resolve("blast-run-1-1"));
        Files.writeString(group.resolve("memory.current"), "4096\n");
        Files.writeString(group.resolve("memory.peak"), "8192\n");
        Files.writeString(group.resolve("pids.current"), "4\n");
        Files.writeString(group.resolve("cpu.stat"), "usage_usec 123\nuser_usec 100\n");
        Files.writeString(
                group.resolve("io.stat"),
                "8:0 rbytes=100 wbytes=20 rios=1 wios=1 dbytes=7 dios=0\n253:0 rbytes=3 wbytes=0\n");
        Glance glance = Glance.of(Integer.MAX_VALUE, List.of(group));
        assertThat(glance)
                .isEqualTo(new Glance(null, null, null, null, null, 4096L, 8192L, 123L, 3L, 123L));
    }
}
