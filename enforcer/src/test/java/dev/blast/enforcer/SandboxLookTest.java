package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.spawn.SandboxLook;
import dev.blast.enforcer.spawn.SandboxLook.Member;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sandbox that runs, looked at for what is in it. */
@Timeout(60)
class SandboxLookTest {
    private static final String FAMILY =
            """
            import ctypes, os, subprocess, threading, time
            ctypes.CDLL(None).prctl(15, b'pass=hunter2')
            child = subprocess.Popen(['sleep', '60'])
            dead = os.fork()
            if dead == 0: os._exit(0)
            headless = os.fork()
            if headless == 0: # its first thread ends, another runs on
                threading.Thread(target=time.sleep, args=(60,)).start()
                ctypes.CDLL(None).pthread_exit(None)
            while ') Z' not in open(f'/proc/{headless}/stat').read(): time.sleep(.01)
            while ') Z' not in open(f'/proc/{dead}/stat').read(): time.sleep(.01)
            open('ready', 'x').close()
            time.sleep(60)
            """;

    @TempDir Path folder;

    @Test
    void whoRunsSinceWhenAndWhoseChildItIs() throws Exception {
        folder = folder.toRealPath();
        Path log = Files.createFile(folder.resolve("log"));
        Plan plan =
                new Confined(folder, PolicyBuilder.system())
                        .on(Confined.kernel())
                        .plan(log, "python3", "-I", "-c", FAMILY);
        Instant before = Instant.now();
        SandboxLook look;
        long first;
        try (Running running = Sandbox.start(plan)) {
            first = running.pid();
            while (!Files.exists(folder.resolve("ready"))) {
                Thread.sleep(20);
            }
            look = SandboxLook.of(first, running.groups());
        }
        assertThat(look.members()).hasSize(3); // not the zombie, not the sandbox's own first one
        Member python = look.members().getFirst();
        Member sleep = look.members().get(1);
        Member headless = look.members().getLast();
        // the file's name, whatever it calls itself
        assertThat(python.program()).startsWith("python3");
        assertThat(sleep.program()).isIn("sleep", "coreutils", "busybox");
        assertThat(python.parent()).isEqualTo(first);
        assertThat(sleep.parent()).isEqualTo(python.pid());
        assertThat(headless.program()).isEqualTo(python.program());
        assertThat(headless.parent()).isEqualTo(python.pid());
        assertThat(python.started()).isBetween(before.minusMillis(50), look.at().plusMillis(50));
        assertThat(sleep.started()).isAfterOrEqualTo(python.started());
        assertThat(look.memoryBytes()).isPositive();
        assertThat(look.cpuMicros()).isPositive();
        assertThat(SandboxLook.of(first, List.of()).members()).isEmpty();
    }
}
