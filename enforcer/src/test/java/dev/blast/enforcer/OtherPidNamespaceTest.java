package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Step;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another Blast that shares the cgroups and cannot see our processes, as in a container beside us:
 * what runs here is not abandoned, and what is abandoned is removed from there too. Needs root.
 */
@Timeout(120)
class OtherPidNamespaceTest {
    @TempDir Path folder;

    @Test
    void doesNotEndWhatRunsHere() throws Exception {
        assumeTrue(
                Confined.kernel().userId() == 0, "needs root for a pid namespace without a user");
        Path here = Files.createDirectory(folder.toRealPath().resolve("here"));
        Path there = Files.createDirectory(folder.toRealPath().resolve("there"));
        Confined sandbox = new Confined(here, PolicyBuilder.system().limit("processes", 100));
        Plan plan = sandbox.plan(folder.resolve("log"), "sh", "-c", "touch ready; sleep 60");
        assumeTrue(plan.has(Step.MakeCgroups.class), "needs cgroups");
        try (Running running = Sandbox.start(plan)) {
            while (!Files.exists(here.resolve("ready"))) {
                Thread.onSpinWait();
            }
            for (int round = 0; round < 2; round++) {
                assertThat(inAnotherPidNamespace(there)).endsWith("1\n"); // its own pid there
            }
            assertThat(ProcessHandle.of(running.pid())).isPresent();
            running.signal(15);
            assertThat(running.waitFor()).as("by the signal, and not by a kill").isEqualTo(143);
        }
    }

    private static String inAnotherPidNamespace(Path project) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "unshare",
                                "--pid",
                                "--fork",
                                "--mount-proc",
                                System.getProperty("java.home") + "/bin/java",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                OtherPidNamespaceTest.class.getName(),
                                project.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    public static void main(String[] arguments) throws Exception {
        Path project = Path.of(arguments[0]);
        Confined sandbox = new Confined(project, PolicyBuilder.system().limit("processes", 100));
        Confined.Result result = sandbox.run("true");
        if (result.exitCode() != 0 || !result.state().cgroupsConfigured()) {
            throw new IllegalStateException(result.toString());
        }
        System.out.println(ProcessHandle.current().pid());
    }
}
