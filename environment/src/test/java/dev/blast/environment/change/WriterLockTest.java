package dev.blast.environment.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
public class WriterLockTest {
    @TempDir Path folder;

    /** Takes the lock, says so, and keeps it until it is killed. */
    public static final class Holder {
        public static void main(String[] arguments) throws Exception {
            try (WriterLock _ =
                    new Dossier(new Environment(Path.of(arguments[0])), Path.of(arguments[1]))
                            .lock("blast sync --upgrade", Duration.ZERO, _ -> {})) {
                System.out.println("locked");
                new CountDownLatch(1).await();
            } catch (LockedException e) {
                System.exit(1);
            }
        }
    }

    @Test
    void aSecondWriterIsToldForWhomItWaitsAndADeadHolderDoesNotBlock() throws Exception {
        Dossier dossier = SampleChange.dossier(new Environment(folder.resolve(".venv")));
        Process holder =
                ChildJvm.start(Holder.class, dossier.environment().root(), dossier.folder());
        try (BufferedReader said = holder.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("locked");
            assertThat(dossier.writer()).map(it -> it.process().pid()).contains(holder.pid());
            assertThatThrownBy(() -> dossier.lock("blast sync", Duration.ZERO, _ -> {}))
                    .isInstanceOf(LockedException.class)
                    .hasMessageMatching(
                            "(?s).* is being changed by 'blast sync --upgrade' \\(pid %d, since [0-9-]*[ ]?\\d\\d:\\d\\d:\\d\\d\\).*"
                                    .formatted(holder.pid()));
            List<WriterLock.Holder> waitedFor = new ArrayList<>();
            // the first to be told kills the holder: the wait must then end with the lock
            try (WriterLock _ =
                    dossier.lock(
                            "blast sync",
                            Duration.ofSeconds(30),
                            h -> {
                                waitedFor.add(h);
                                holder.destroyForcibly();
                            })) {
                assertThat(waitedFor)
                        .singleElement()
                        .satisfies(h -> assertThat(h.process().pid()).isEqualTo(holder.pid()));
            }
            assertThat(dossier.writer()).isEmpty();
        } finally {
            holder.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void twoThreadsOfOneProcessExcludeEachOtherToo() throws Exception {
        Dossier dossier = SampleChange.dossier(new Environment(folder.resolve(".venv")));
        try (WriterLock _ = dossier.lock("one", Duration.ZERO, _ -> {})) {
            assertThatThrownBy(() -> dossier.lock("two", Duration.ofMillis(60), _ -> {}))
                    .isInstanceOf(LockedException.class)
                    .hasMessageContaining("'one'");
            // the failed attempt has not opened and closed the file, which would have given up the
            // first one's lock
            Process other =
                    ChildJvm.start(Holder.class, dossier.environment().root(), dossier.folder());
            try {
                assertThat(other.waitFor(30, TimeUnit.SECONDS))
                        .as("the other process is refused")
                        .isTrue();
                assertThat(other.exitValue()).isEqualTo(1);
            } finally {
                other.destroyForcibly();
            }
        }
        dossier.lock("three", Duration.ZERO, _ -> {}).close();
    }

    /** Each has a dossier of their own; they meet in the environment. */
    @Test
    void twoUsersExcludeEachOtherWhereTheyMeet() throws Exception {
        var environment = new Environment(folder.resolve(".venv"));
        Files.createDirectories(environment.folder());
        var ours = new Dossier(environment, folder.resolve("ours"));
        Path file = SharedLock.file(environment);
        Process holder = ChildJvm.start(Holder.class, environment.root(), folder.resolve("theirs"));
        try (BufferedReader said = holder.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("locked");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as("nobody may read it, so what may not write cannot open it")
                    .doesNotContain("r");
            assertThatThrownBy(() -> ours.lock("blast sync", Duration.ZERO, _ -> {}))
                    .isInstanceOf(LockedException.class)
                    .hasMessageContaining(
                            "is being changed by a command of another user, or with another home (pid %d of %s)"
                                    .formatted(holder.pid(), System.getProperty("user.name")))
                    .satisfies(e ->
                            assertThat(((LockedException) e).holder().process().isAlive())
                                    .as("blast kill ends no process of another's")
                                    .isFalse());
        } finally {
            holder.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
        assertThat(file).as("left by the kill").exists();
        ours.lock("blast sync", Duration.ZERO, _ -> {}).close();
        assertThat(file).doesNotExist();
    }

    @Test
    void aLockThatIsNoFileIsRefused() throws Exception {
        var environment = new Environment(folder.resolve(".venv"));
        Files.createDirectories(environment.folder());
        var process = new ProcessBuilder("mkfifo", SharedLock.file(environment).toString()).start();
        assertThat(process.waitFor()).isZero();
        assertThatThrownBy(() ->
                        new Dossier(environment, folder.resolve("ours"))
                                .lock("blast sync", Duration.ZERO, _ -> {}))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining(
                        SharedLock.file(environment)
                                + " is no file, so it is not Blast's\nremove it");
    }
}
