package dev.blast.enforcer.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.Confined;
import dev.blast.enforcer.PolicyBuilder;
import dev.blast.enforcer.Running;
import dev.blast.enforcer.Sandbox;
import dev.blast.enforcer.plan.Plan;
import dev.blast.enforcer.plan.Stdio;
import dev.blast.rules.vocabulary.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that are no text are names all the same, and protected as others are. */
@Timeout(60)
public class PathBytesTest {
    @TempDir Path folder;

    private Path made(String printf) throws Exception {
        Process made =
                new ProcessBuilder("sh", "-c", "mkdir \"$(printf '" + printf + "')\"")
                        .directory(folder.toRealPath().toFile())
                        .start();
        assertThat(made.waitFor()).isZero();
        return only(folder.toRealPath());
    }

    private static Path only(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "two words", "caf\\303\\251", "caf\\351", "100%%25\\377", "a\\\\b"})
    void theBytesAreThoseOnDisk(String printf) throws Exception {
        Path path = made(printf);
        byte[] name = printed(printf);
        byte[] whole = PathBytes.of(path);
        assertThat(new String(whole, StandardCharsets.ISO_8859_1))
                .endsWith("/" + new String(name, StandardCharsets.ISO_8859_1));
        assertThat(PathBytes.of(path.resolve("x"))).endsWith('/', 'x');
    }

    private static byte[] printed(String printf) throws IOException {
        return new ProcessBuilder("printf", printf).start().getInputStream().readAllBytes();
    }

    @Test
    void aProjectWhoseNameIsNoTextIsConfinedAsAnyOther() throws Exception {
        Path project = made("pr\\374\\377 x");
        Path git = Files.createDirectory(project.resolve(".git"));
        Files.createDirectory(project.resolve("secret"));
        Files.writeString(git.resolve("config"), "as it was");
        PolicyBuilder policy =
                PolicyBuilder.system().grant(git, Access.READABLE).grant(project, Access.WRITABLE);
        policy.grant(project.resolve("secret"), Access.HIDDEN);
        Path log = folder.resolve("log");
        Plan plan =
                Confined.plan(
                        policy.build(),
                        project,
                        new Stdio(Path.of("/dev/null"), log, log),
                        "sh",
                        "-c",
                        "cat .git/config; echo x >.git/config; ls secret; : >made");
        try (Running running = Sandbox.start(plan)) {
            running.waitFor();
        }
        assertThat(log).content().contains("as it was", "Read-only", "ermission denied");
        assertThat(git.resolve("config")).hasContent("as it was");
        assertThat(project.resolve("made")).exists();
    }

    @Test
    void andIsWatched() throws Exception {
        Path project = made("pr\\374");
        Path hidden = Files.writeString(project.resolve("hidden"), "old");
        PolicyBuilder policy =
                PolicyBuilder.system().grant(project, Access.WRITABLE).grant(hidden, Access.HIDDEN);
        Plan plan = Confined.plan(policy.build(), project, Stdio.inherit(), "sleep", "60");
        try (Running running = Sandbox.start(plan)) {
            Files.move(Files.writeString(project.resolve("new"), "new"), project.resolve("x"));
            Files.delete(hidden);
            assertThat(running.ending().changed()).contains(hidden);
        }
    }
}
