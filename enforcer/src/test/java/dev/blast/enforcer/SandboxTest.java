package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.Access;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {
    @TempDir Path folder;

    @Test
    void runs() throws Exception {
        Path out = folder.resolve("out");
        var policy = PolicyBuilder.system().grant(Access.WRITABLE, folder.toString()).build();
        var launch =
                new Launch(
                        List.of(
                                "sh",
                                "-c",
                                "id; ls -la / /dev; cat /proc/self/status | grep -E 'Cap|Secc|NoNew'; ps aux; pwd; exit 7"),
                        folder,
                        Map.of(),
                        Stdio.logged(out),
                        Set.of());
        Planning planning = Confinement.plan(policy, launch, KernelFeatures.probe());

        try (Running running = Sandbox.start((Plan) planning)) {
            int code = running.waitFor();
            System.out.println(running.state());
            System.out.println(Files.readString(out));
            assertThat(code).isEqualTo(7);
        }
    }
}
