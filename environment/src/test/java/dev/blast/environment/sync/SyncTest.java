package dev.blast.environment.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Environments;
import dev.blast.environment.Trees;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.ChildJvm;
import dev.blast.environment.change.History;
import dev.blast.environment.change.Staging;
import dev.blast.environment.change.WriterLockTest;
import dev.blast.solver.text.StatementText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncTest {
    @TempDir Path folder;
    private SyncBench bench;

    @BeforeEach
    void setUp() throws Exception {
        bench = new SyncBench(folder);
        bench.index()
                .module("httpx", "0.27.0", "anyio")
                .module("httpx", "0.28.1", "anyio>=4")
                .module("anyio", "3.7.0")
                .module("anyio", "4.9.0");
    }

    /** JUnit warns about every link that leads out of its folder. */
    @AfterEach
    void tearDown() throws Exception {
        Trees.delete(bench.environment().root());
    }

    @Test
    void aFirstSyncMakesAWorkingEnvironmentAndASecondOneFindsNothingToDo() throws Exception {
        bench.pyproject(
                "[project]\nname = 'shop'\nversion = '1'\ndependencies = [\n  'httpx',\n]\n");
        SyncResult.Done done = bench.done(SyncOptions.of("blast start"));
        assertThat(done.created()).isTrue();
        assertThat(done.generation().number()).isEqualTo(1);
        assertThat(done.downloads()).isEqualTo(2);
        assertThat(bench.lines(done))
                .containsExactly(
                        "+ anyio 4.9.0 (required by httpx 0.28.1)",
                        "+ httpx 0.28.1 (pyproject.toml:5)",
                        "+ pip");
        assertThat(bench.python("import httpx, anyio; print(httpx.VERSION, anyio.VERSION)"))
                .isEqualTo("0.28.1 4.9.0");
        assertThat(bench.python("-m", "pip", "--version")).startsWith("pip ");

        assertThat(bench.run(SyncOptions.of("blast start")))
                .isInstanceOf(SyncResult.UpToDate.class);
        assertThat(new Environments(bench.directories()).named("shop")).hasSize(1);
        try (History history = History.of(bench.dossier())) {
            assertThat(history.generations()).containsExactly(done.generation());
        }
    }

    /** As when it came with an image, or out of a cache, to a user who has nothing of it. */
    @Test
    void anEnvironmentThatIsNotOnTheListIsEnteredByASyncThatChangesNothing() throws Exception {
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['anyio']\n");
        bench.done(SyncOptions.of("blast start"));
        Trees.delete(bench.directories().data().resolve("environments"));
        assertThat(bench.run(SyncOptions.of("blast sync"))).isInstanceOf(SyncResult.UpToDate.class);
        assertThat(new Environments(bench.directories()).named("shop")).hasSize(1);
    }

    @Test
    void whereNothingCanBeKeptWhatIsThereMayDo() throws Exception {
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['anyio<4']\n");
        bench.done(SyncOptions.of("blast start"));
        Path local = bench.directories().data().resolve("../..").normalize();
        Files.move(local, folder.resolve("away"));
        Files.writeString(local, "no folder");
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['anyio< 4']\n");
        assertThat(bench.run(SyncOptions.of("blast sync")))
                .isInstanceOfSatisfying(
                        SyncResult.Planned.class,
                        planned -> assertThat(planned.answer().plan().isEmpty()).isTrue());
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['anyio>4']\n");
        assertThatThrownBy(() -> bench.run(SyncOptions.of("blast sync")))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("cannot create " + bench.dossier().folder());
        assertThat(bench.python("import anyio; print(anyio.VERSION)")).isEqualTo("3.7.0");
    }

    @Test
    void anotherEnvironmentInThePlaceOfOursIsSaid() throws Exception {
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['anyio<4']\n");
        bench.done(SyncOptions.of("blast start"));
        Path applied = Applied.file(bench.environment());
        Files.writeString(
                applied, Files.readString(applied).replace("time 2026-05-01", "time 2025-01-01"));
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['anyio>4']\n");
        assertThat(bench.done(SyncOptions.of("blast sync")).warnings())
                .containsExactly(
                        "another environment was put here than the one whose history is kept; the history goes on with this one");
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['httpx']\n");
        assertThat(bench.done(SyncOptions.of("blast sync")).warnings()).isEmpty();
    }

    @Test
    void aFolderInThePlaceOfTheLockFileIsRefusedBeforeAnythingChanges() throws Exception {
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['anyio']\n");
        Files.createDirectory(bench.project().resolve("pylock.toml"));
        assertThatThrownBy(() -> bench.done(SyncOptions.of("blast start")))
                .isInstanceOf(EnvironmentException.class);
        assertThat(bench.environment().root()).doesNotExist();
    }

    /** How far a change came whose journal we do not have, nobody can say. */
    @Test
    void whatAnotherLeftInTheMiddleIsLaidOutAnew() throws Exception {
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['anyio']\n");
        bench.done(SyncOptions.of("blast start"));
        Path staging = bench.environment().folder().resolve("staging/their-change/old");
        Files.createDirectories(staging);
        Files.move(bench.sitePackages().resolve("anyio"), staging.resolve("0"));
        SyncResult.Done done = bench.done(SyncOptions.of("blast sync"));
        assertThat(done.rebuilt())
                .hasValue(
                        "a change that another user, or one with another home, had begun was interrupted");
        assertThat(bench.python("import anyio; print(anyio.VERSION)")).isEqualTo("4.9.0");
        assertThat(Staging.isIn(bench.environment())).isFalse();
        assertThat(bench.run(SyncOptions.of("blast sync"))).isInstanceOf(SyncResult.UpToDate.class);
    }

    @Test
    void whatTheProjectAsksForDecides() throws Exception {
        bench.pyproject(
                "[project]\nname = 'shop'\nversion = '1'\ndependencies = ['httpx<0.28', 'anyio<4']\n");
        bench.done(SyncOptions.of("blast sync"));
        assertThat(bench.python("import httpx, anyio; print(httpx.VERSION, anyio.VERSION)"))
                .isEqualTo("0.27.0 3.7.0");
        bench.pyproject(
                "[project]\nname = 'shop'\nversion = '1'\ndependencies = ['httpx>=0.28']\n");
        SyncResult.Done second = bench.done(SyncOptions.of("blast sync"));
        assertThat(bench.lines(second))
                .containsExactly(
                        "^ anyio 3.7.0 -> 4.9.0 (required by httpx 0.28.1)",
                        "^ httpx 0.27.0 -> 0.28.1 (pyproject.toml:4)",
                        "= pip");
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['anyio']\n");
        SyncResult.Done third = bench.done(SyncOptions.of("blast sync"));
        assertThat(bench.lines(third))
                .containsExactly("= anyio 4.9.0", "- httpx (no longer needed)", "= pip");
        assertThat(bench.sitePackages().resolve("httpx")).doesNotExist();
        assertThat(third.generation().number()).isEqualTo(3);
    }

    @Test
    void nobodyElseChangesAnEnvironmentWhileItIsMade() throws Exception {
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['httpx']\n");
        var exits = new ArrayList<Integer>();
        bench.whenAsked(() -> exits.add(exitOfAnotherWriter()));
        bench.done(SyncOptions.of("blast start"));
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['httpx<0.28']\n");
        bench.done(SyncOptions.of("blast sync"));
        assertThat(exits)
                .as("refused while it is made, and while it is changed")
                .containsExactly(1, 1);
        assertThat(bench.dossier().lockFile()).exists();
    }

    private int exitOfAnotherWriter() {
        try {
            Process other =
                    ChildJvm.start(
                            WriterLockTest.Holder.class,
                            bench.environment().root(),
                            bench.dossier().folder());
            boolean ended = other.waitFor(30, TimeUnit.SECONDS);
            other.destroyForcibly();
            return ended ? other.exitValue() : -1;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aDryRunAndAStuckProjectLeaveNothing() throws Exception {
        bench.pyproject(
                "[project]\nname = 'shop'\nversion = '1'\ndependencies = ['httpx>=0.28', 'anyio<4']\n");
        assertThat(bench.run(SyncOptions.of("blast sync")))
                .isInstanceOf(SyncResult.NoSolution.class);
        assertThat(bench.environment().root()).doesNotExist();
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['httpx']\n");
        assertThat(bench.run(bench.dryRun())).isInstanceOf(SyncResult.Planned.class);
        assertThat(bench.environment().root()).doesNotExist();
    }

    @Test
    void whatOthersInstalledIsReportedAndWhatTheyChangedIsPutBack() throws Exception {
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['httpx']\n");
        bench.done(SyncOptions.of("blast sync"));
        Trees.write(
                bench.sitePackages(),
                Map.of(
                        "ipdb/__init__.py", "",
                        "ipdb-0.13.dist-info/METADATA",
                                "Metadata-Version: 2.1\nName: ipdb\nVersion: 0.13\n",
                        "ipdb-0.13.dist-info/INSTALLER", "pip\n",
                        "ipdb-0.13.dist-info/REQUESTED", "",
                        "ipdb-0.13.dist-info/RECORD",
                                "ipdb/__init__.py,,\nipdb-0.13.dist-info/METADATA,,\nipdb-0.13.dist-info/INSTALLER,,\nipdb-0.13.dist-info/RECORD,,\n"));
        Trees.delete(bench.sitePackages().resolve("httpx-0.28.1.dist-info"));
        SyncResult.Done done = bench.done(SyncOptions.of("blast sync"));
        assertThat(bench.lines(done))
                .containsExactly(
                        "= anyio 4.9.0",
                        "+ httpx 0.28.1 (pyproject.toml:4)",
                        "? ipdb by pip",
                        "= pip");
        assertThat(bench.sitePackages().resolve("ipdb")).exists();
        SyncResult.Done reverted = bench.done(bench.reverting());
        assertThat(bench.lines(reverted))
                .contains(
                        "- ipdb (nobody asked for it; installed by pip; blast add ipdb keeps it)");
        assertThat(bench.sitePackages().resolve("ipdb")).doesNotExist();
    }

    @Test
    void theLockSettlesVersionsWithoutAnIndex() throws Exception {
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['httpx']\n");
        bench.done(SyncOptions.of("blast sync"));
        String lock = Files.readString(bench.project().resolve("pylock.toml"));
        assertThat(lock).contains("httpx").contains("0.28.1");
        Trees.delete(bench.environment().root());
        bench.index().module("anyio", "4.10.0");
        bench.goOffline();
        SyncResult.Done again = bench.done(SyncOptions.of("blast sync"));
        assertThat(bench.lines(again))
                .containsExactly(
                        "+ anyio 4.9.0 (required by httpx 0.28.1)",
                        "+ httpx 0.28.1 (pyproject.toml:4)",
                        "+ pip");
        assertThat(again.answer().lockChanged()).isFalse();
        assertThat(Files.readString(bench.project().resolve("pylock.toml"))).isEqualTo(lock);
        assertThat(bench.run(bench.frozen())).isInstanceOf(SyncResult.UpToDate.class);
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['httpx<0.28']\n");
        assertThat(bench.run(bench.frozen()))
                .isEqualTo(
                        new SyncResult.LockNotCurrent(
                                "pyproject.toml:4 asks for httpx<0.28, 0.28.1 is locked"));
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['anyio']\n");
        assertThat(bench.run(bench.frozen()))
                .isEqualTo(
                        new SyncResult.LockNotCurrent("nothing asks for these any more: [httpx]"));
    }

    @Test
    void aWheelByAddressSaysWhereItCameFrom() throws Exception {
        bench.pyproject(
                "[project]\nname = 'shop'\nversion = '1'\ndependencies = ['anyio @ https://user:secret@files.example/anyio-4.9.0-py3-none-any.whl']\n");
        bench.done(SyncOptions.of("blast sync"));
        assertThat(bench.sitePackages().resolve("anyio-4.9.0.dist-info/direct_url.json"))
                .content()
                .startsWith(
                        "{\"url\":\"https://files.example/anyio-4.9.0-py3-none-any.whl\",\"archive_info\":{");
    }

    @Test
    void whatBlastNotedMayBeLost() throws Exception {
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['httpx']\n");
        bench.done(SyncOptions.of("blast sync"));
        Files.delete(Applied.file(bench.environment()));
        SyncResult.Done again = bench.done(SyncOptions.of("blast sync"));
        assertThat(again.generation().number()).isEqualTo(2);
        assertThat(bench.lines(again)).containsExactly("= anyio 4.9.0", "= httpx 0.28.1", "= pip");
        Files.writeString(Applied.file(bench.environment()), "format applied-1\nname sh");
        assertThatThrownBy(() -> bench.run(SyncOptions.of("blast sync")))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("its last line is missing")
                .hasMessageContaining("blast sync --force");
        assertThat(bench.done(bench.forced()).generation().number()).isEqualTo(3);
        assertThat(bench.run(SyncOptions.of("blast sync"))).isInstanceOf(SyncResult.UpToDate.class);
    }

    /** Through a hard link, with its old length, time and permissions. */
    @Test
    void aFlippedFileOfTheStoreIsMendedByForceAndNamed() throws Exception {
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['httpx']\n");
        bench.done(SyncOptions.of("blast sync"));
        Path module = bench.sitePackages().resolve("httpx/__init__.py");
        String text = Files.readString(module);
        FileTime time = Files.getLastModifiedTime(module);
        Files.setPosixFilePermissions(module, PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(module, text.replace("VERSION", "NOISREV"));
        Files.setLastModifiedTime(module, time);
        Files.setPosixFilePermissions(module, PosixFilePermissions.fromString("r--r--r--"));
        SyncResult.Done mended = bench.done(bench.forced());
        assertThat(mended.warnings())
                .singleElement()
                .satisfies(
                        w -> assertThat(w).contains("httpx/__init__.py was changed in the store"));
        assertThat(module).hasContent(text);
        assertThat(bench.run(bench.forced())).isInstanceOf(SyncResult.Planned.class);
    }

    @Test
    void whatIsLostIsSaidAndBegunAnew() throws Exception {
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['httpx<0.28']\n");
        bench.done(SyncOptions.of("blast sync"));
        Trees.delete(bench.dossier().folder());
        assertThat(bench.run(SyncOptions.of("blast sync"))).isInstanceOf(SyncResult.UpToDate.class);
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['httpx']\n");
        SyncResult.Done done = bench.done(SyncOptions.of("blast sync"));
        assertThat(done.generation().number()).isEqualTo(3);
        assertThat(done.warnings())
                .containsExactly(
                        "the history of this environment is lost, or was kept by another user; a new one begins with what is there");
        try (History history = History.of(bench.dossier())) {
            assertThat(history.generations())
                    .extracting(it -> it.number() + " " + it.occasion().kind())
                    .containsExactly("3 CHANGE", "2 FOUND");
        }
    }

    @Test
    void bytesThatAreNoTextAreSaidWithTheFileAndTheWayOut() throws Exception {
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['httpx']\n");
        bench.done(SyncOptions.of("blast sync"));
        Path applied = Applied.file(bench.environment());
        Files.write(applied, new byte[] {(byte) 0xff, 0, (byte) 0xfe});
        assertThatThrownBy(() -> bench.run(SyncOptions.of("blast sync")))
                .isInstanceOf(EnvironmentException.class)
                .hasMessage(
                        applied
                                + " is not what Blast wrote: it is not text in UTF-8\nblast sync --force writes it anew");
        bench.done(bench.forced());
        assertThat(bench.run(SyncOptions.of("blast sync"))).isInstanceOf(SyncResult.UpToDate.class);
    }

    @Test
    void cleanTakesAwayWhatCanBeMadeAgain() throws Exception {
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['httpx']\n");
        bench.done(SyncOptions.of("blast sync"));
        Files.writeString(bench.environment().root().resolve("mine.txt"), "stays");
        assertThat(bench.clean()).hasValueSatisfying(g -> assertThat(g.number()).isEqualTo(2));
        assertThat(Trees.read(bench.environment().root()))
                .containsOnlyKeys("", ".gitignore", "mine.txt");
        assertThat(bench.clean()).isEmpty();
        assertThat(bench.done(SyncOptions.of("blast start")).generation().number()).isEqualTo(3);
        assertThat(bench.environment().root().resolve("mine.txt")).hasContent("stays");
        assertThat(bench.python("import httpx; print(httpx.VERSION)")).isEqualTo("0.28.1");
    }

    @Test
    void constraintsHoldForWhatIsChosenAndForNothingElse() throws Exception {
        Files.writeString(bench.project().resolve("requirements.txt"), "httpx\n-c limits.txt\n");
        Files.writeString(bench.project().resolve("limits.txt"), "anyio<4\nunheard-of==1\n");
        SyncResult.Done done = bench.done(SyncOptions.of("blast sync"));
        assertThat(bench.lines(done))
                .containsExactly(
                        "+ anyio 3.7.0 (required by httpx 0.27.0)",
                        "+ httpx 0.27.0 (requirements.txt:1)",
                        "+ pip");
        Files.writeString(bench.project().resolve("limits.txt"), "anyio<3\n");
        assertThat(bench.run(SyncOptions.of("blast sync")))
                .isInstanceOfSatisfying(
                        SyncResult.NoSolution.class,
                        none ->
                                assertThat(none.unsolvable().proof().statements())
                                        .extracting(StatementText::of, StatementText::source)
                                        .contains(
                                                tuple(
                                                        "you allow only anyio <3, of which there is no version (there are 3.7.0 to 4.9.0)",
                                                        "limits.txt:1")));
    }

    @Test
    void somethingElseInThePlaceOfTheEnvironmentIsLeftAlone() throws Exception {
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['httpx']\n");
        Trees.write(bench.environment().root(), Map.of("notes.txt", "mine"));
        assertThatThrownBy(() -> bench.run(SyncOptions.of("blast sync")))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining(
                        "is not an environment: it has no pyvenv.cfg, and holds notes.txt");
        assertThat(Trees.read(bench.environment().root())).containsOnlyKeys("", "notes.txt");
        assertThat(bench.environment().folder()).doesNotExist();
    }

    @Test
    void aFileInThePlaceOfTheEnvironmentIsAClearError() throws Exception {
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['httpx']\n");
        Files.writeString(bench.environment().root(), "a file");
        assertThatThrownBy(() -> bench.run(SyncOptions.of("blast sync")))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining(".venv is not an environment: it is not a folder");
        assertThat(bench.environment().root()).hasContent("a file");
    }
}
