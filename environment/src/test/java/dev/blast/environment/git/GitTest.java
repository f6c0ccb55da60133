package dev.blast.environment.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.EnvironmentException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitTest {
    @TempDir Path folder;

    /** What speaks to the server is a process below git's, and would wait for it for ever. */
    @Test
    void nothingIsLeftOfOneThatIsInterrupted() throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "http://127.0.0.1:%d/x".formatted(server.getLocalPort());
            Git git = Git.in(folder).orElseThrow();
            Git reaching = git.reaching("http", Map.of(), Duration.ofMinutes(5));
            var thrown = new CompletableFuture<EnvironmentException>();
            Thread asking =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    reaching.ask("ls-remote", "--", address);
                                } catch (EnvironmentException e) {
                                    thrown.complete(e);
                                }
                            });
            server.accept(); // is never answered
            List<ProcessHandle> asked =
                    ProcessHandle.current()
                            .descendants()
                            .filter(it -> it.info().commandLine().orElse("").contains(address))
                            .toList();
            assertThat(asked).hasSizeGreaterThan(1);
            asking.interrupt();
            assertThat(thrown.get(10, TimeUnit.SECONDS)).hasMessageContaining("interrupted");
            for (ProcessHandle each : asked) {
                each.onExit().get(10, TimeUnit.SECONDS);
            }
        }
    }

    /** Git's last lines are advice, and the same for all that can go wrong. */
    @Test
    void ofAWayThatDoesNotOpenItSaysWhat() throws Exception {
        Git git = Git.in(folder).orElseThrow();
        Git.Said said =
                git.reaching("ssh", Map.of("PATH", "/nowhere"), Duration.ofMinutes(1))
                        .ask("ls-remote", "--", "ssh://127.0.0.1:1/x");
        assertThat(said.isAnswer()).isFalse();
        assertThat(said.why()).doesNotContain("repository").containsIgnoringCase("ssh");
    }
}
