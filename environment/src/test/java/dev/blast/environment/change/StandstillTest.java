package dev.blast.environment.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.Directories;
import dev.blast.environment.Environment;
import dev.blast.environment.ProcessStat;
import dev.blast.environment.Trees;
import dev.blast.environment.ending.Standstill;
import dev.blast.environment.session.Sessions;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that are ended in the middle of a change, also while they are suspended there. */
@Timeout(120)
class StandstillTest {
    @TempDir Path folder;

    private Environment environment;
    private Dossier dossier;
    private Sessions sessions;

    /** Says so when it has come to the effect of this number, and stays there. */
    static final class Changing {
        public static void main(String[] arguments) throws Exception {
            Dossier dossier = SampleChange.dossier(new Environment(Path.of(arguments[0])));
            var disk =
                    new PowerCut(
                            Integer.parseInt(arguments[1]),
                            () -> {
                                System.out.println("there");
                                try {
                                    new CountDownLatch(1).await();
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            try (WriterLock _ = dossier.lock("blast sync", Duration.ofSeconds(60), _ -> {});
                    History history = History.of(dossier)) {
                SampleChange.make(dossier, disk, history, SampleChange.COMING, SampleChange.GOING);
            }
        }
    }

    @BeforeEach
    void layOut() throws Exception {
        Path project = folder.toRealPath().resolve("project");
        environment = new Environment(project.resolve(".venv"));
        dossier = SampleChange.dossier(environment);
        sessions =
                new Sessions(
                        Directories.of(Map.of(), folder.toRealPath().resolve("home")), environment);
        Trees.write(environment.root(), SampleChange.BEFORE);
        Files.writeString(project.resolve(SampleChange.PROJECT_FILE), SampleChange.OLD);
    }

    @ParameterizedTest
    @CsvSource({
        "12, false, false, has been undone (nothing lost)",
        "12, true, false, has been undone (nothing lost)",
        "25, true, true, has been undone (nothing lost)",
        "LAST, true, false, has been finished",
        "LAST, true, true, has been finished",
    })
    void whatWasOpenIsUndoneOrFinished(
            String effect, boolean suspended, boolean force, String recovered) throws Exception {
        Map<String, String> before = Trees.read(environment.root());
        Process changing =
                ChildJvm.start(
                        Changing.class,
                        environment.root(),
                        effect.equals("LAST") ? journalGoes() : Integer.parseInt(effect));
        try (BufferedReader said = changing.inputReader()) {
            assertThat(said.readLine()).isEqualTo("there");
            if (suspended) {
                new ProcessBuilder("kill", "-STOP", Long.toString(changing.pid()))
                        .start()
                        .waitFor();
                while (!ProcessStat.of(changing.pid()).orElseThrow().isStopped()) {
                    Thread.onSpinWait(); // each thread stops by itself
                }
            }
            Standstill standstill = Standstill.bring(dossier, sessions, "blast kill", force);
            assertThat(standstill.open()).isNull();
            assertThat(standstill.ended())
                    .singleElement()
                    .satisfies(ended -> {
                        assertThat(ended.work().process().pid()).isEqualTo(changing.pid());
                        assertThat(ended.work().command()).isEqualTo("blast sync");
                        assertThat(ended.suspended()).isEqualTo(suspended);
                    });
            assertThat(standstill.changes())
                    .singleElement()
                    .satisfies(line -> assertThat(line).endsWith(recovered));
            assertThat(changing.isAlive()).isFalse();
            assertThat(Trees.read(environment.root()).equals(before))
                    .isEqualTo(recovered.contains("undone"));
            assertThat(dossier.isChanging()).isFalse();
            assertThat(environment.folder().resolve("staging")).doesNotExist();
        } finally {
            changing.destroyForcibly().waitFor();
        }
    }

    /** The number of the effect by which a decided change is over. */
    private int journalGoes() throws Exception {
        var whole = new Environment(folder.toRealPath().resolve("whole/.venv"));
        Trees.write(whole.root(), SampleChange.BEFORE);
        Files.writeString(whole.root().resolveSibling(SampleChange.PROJECT_FILE), SampleChange.OLD);
        Dossier measured = SampleChange.dossier(whole);
        var disk = new PowerCut(Integer.MAX_VALUE, () -> {});
        try (WriterLock _ = measured.lock("test", Duration.ZERO, _ -> {});
                History history = History.of(measured)) {
            SampleChange.make(measured, disk, history, SampleChange.COMING, SampleChange.GOING);
        }
        int last = disk.log().lastIndexOf("delete journal");
        assertThat(last).as("%s", disk.log()).isPositive();
        return last;
    }

    @Test
    void anothersCommandIsNamedAndLeft() throws Exception {
        Files.createDirectories(environment.folder());
        Process other =
                ChildJvm.start(
                        WriterLockTest.Holder.class, environment.root(), folder.resolve("theirs"));
        try (BufferedReader said = other.inputReader()) {
            assertThat(said.readLine()).isEqualTo("locked");
            Standstill standstill = Standstill.bring(dossier, sessions, "blast kill", true);
            assertThat(standstill.ended()).isEmpty();
            assertThat(standstill.open())
                    .hasToString(
                            "%s is being changed by a command of another user, or with another home (pid %d of %s), which is not yours to end"
                                    .formatted(
                                            environment.root(),
                                            other.pid(),
                                            System.getProperty("user.name")));
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertThat(Standstill.bring(dossier, sessions, "blast kill", false).open()).isNull();
    }
}
