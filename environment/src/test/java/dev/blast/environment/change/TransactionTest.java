package dev.blast.environment.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

class TransactionTest {
    private static final Set<String> EXPECTED = Set.of("lock", "applied", "state.db", "displaced");

    @TempDir(factory = InMemory.class)
    Path folder;

    /**
     * Thousands of changes, each with its fsyncs: quick only where there is no disk to wait for.
     */
    static final class InMemory implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            Path memory = Path.of("/dev/shm");
            return Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "blast-test")
                    : Files.createTempDirectory("blast-test");
        }
    }

    /** Every cut of the change, and after each of them every cut of the recovery. */
    @Test
    void stoppedAnywhereTheEnvironmentIsTheOneBeforeOrTheOneAfter() throws Exception {
        Outcome whole = run(folder.resolve("whole"), Integer.MAX_VALUE, Integer.MAX_VALUE);
        assertThat(whole.tree()).isNotEqualTo(whole.before());
        boolean sawBefore = false;
        for (int cut = 0; cut < whole.effects(); cut++) {
            Outcome once = run(folder.resolve("cut-" + cut), cut, Integer.MAX_VALUE);
            for (int again = 0; again < once.recoveryEffects(); again++) {
                Outcome twice = run(folder.resolve("cut-" + cut + "-" + again), cut, again);
                assertThat(twice.state())
                        .as("cut %d, recovery cut %d", cut, again)
                        .isEqualTo(once.state());
            }
            assertThat(List.of(whole.before(), whole.tree()))
                    .as("cut %d", cut)
                    .contains(once.tree());
            boolean before = once.tree().equals(whole.before());
            assertThat(once.applied()).as("cut %d", cut).isEqualTo(before ? "" : "generation 7");
            assertThat(once.generations()).as("cut %d", cut).isEqualTo(before ? 0 : 1);
            assertThat(once.leftovers()).as("cut %d", cut).isEmpty();
            sawBefore |= before;
        }
        assertThat(sawBefore).isTrue();
    }

    /** Every cut with a file of the project, which must be of the same side as the environment. */
    @Test
    void stoppedAnywhereTheProjectsFileGoesWithTheEnvironment() throws Exception {
        Path file = folder.resolve(SampleChange.PROJECT_FILE);
        Path made = folder.resolve(SampleChange.MADE_FILE);
        Files.writeString(file, SampleChange.OLD);
        int effects = run(folder.resolve("whole"), Integer.MAX_VALUE, Integer.MAX_VALUE).effects();
        assertThat(file).hasContent(SampleChange.NEW);
        for (int cut = 0; cut < effects; cut++) {
            int recoveryEffects = 1;
            for (int again = 0; again < recoveryEffects; again++) {
                Files.writeString(file, SampleChange.OLD);
                Files.deleteIfExists(made);
                Outcome twice = run(folder.resolve("edit-" + cut + "-" + again), cut, again);
                recoveryEffects = Math.max(recoveryEffects, twice.recoveryEffects() + 1);
                assertThat(file)
                        .as("cut %d, recovery cut %d", cut, again)
                        .hasContent(
                                twice.applied().isEmpty() ? SampleChange.OLD : SampleChange.NEW);
                assertThat(Files.exists(made))
                        .as("made, cut %d, recovery cut %d", cut, again)
                        .isNotEqualTo(twice.applied().isEmpty());
            }
        }
    }

    @Test
    void aFileThatSomebodyMadeMeanwhileStaysAndUndoesTheChange() throws Exception {
        var environment = new Environment(folder.resolve("project/.venv"));
        Dossier dossier = SampleChange.dossier(environment);
        Trees.write(environment.root(), SampleChange.BEFORE);
        Map<String, String> before = Trees.read(environment.root());
        Path file = environment.root().resolveSibling(SampleChange.PROJECT_FILE);
        Path made = environment.root().resolveSibling(SampleChange.MADE_FILE);
        Files.writeString(file, SampleChange.OLD);
        Files.writeString(made, "a person's");
        try (WriterLock _ = lock(dossier);
                History history = History.of(dossier)) {
            assertThatThrownBy(() ->
                            SampleChange.make(
                                    dossier,
                                    Disk.real(),
                                    history,
                                    SampleChange.COMING,
                                    SampleChange.GOING))
                    .hasMessageContaining("it is there now, and was not when it was looked for")
                    .hasMessageContaining("nothing has been changed");
        }
        assertThat(made).hasContent("a person's");
        assertThat(file).hasContent(SampleChange.OLD);
        assertThat(Trees.read(environment.root())).isEqualTo(before);
    }

    @Test
    void aFileThatWasChangedSinceItWasReadUndoesTheChange() throws Exception {
        var environment = new Environment(folder.resolve("project/.venv"));
        Dossier dossier = SampleChange.dossier(environment);
        Trees.write(environment.root(), SampleChange.BEFORE);
        Map<String, String> before = Trees.read(environment.root());
        Path file = environment.root().resolveSibling(SampleChange.PROJECT_FILE);
        Files.writeString(file, "a person's");
        try (WriterLock _ = lock(dossier);
                History history = History.of(dossier)) {
            assertThatThrownBy(() ->
                            SampleChange.make(
                                    dossier,
                                    Disk.real(),
                                    history,
                                    SampleChange.COMING,
                                    SampleChange.GOING))
                    .hasMessageContaining("it is not any more as it was when it was read")
                    .hasMessageContaining("nothing has been changed");
            Files.delete(file);
            Files.writeString(file.resolveSibling("other"), SampleChange.OLD);
            Files.createSymbolicLink(file, Path.of("other"));
            assertThatThrownBy(() ->
                            SampleChange.make(
                                    dossier,
                                    Disk.real(),
                                    history,
                                    SampleChange.COMING,
                                    SampleChange.GOING))
                    .hasMessageContaining("nothing has been changed");
        }
        assertThat(Trees.read(environment.root())).isEqualTo(before);
        assertThat(file.resolveSibling("other")).hasContent(SampleChange.OLD);
        assertThat(file).isSymbolicLink();
        try (var names = Files.list(file.resolveSibling("."))) {
            assertThat(names).hasSize(4);
        }
    }

    @Test
    void whatNobodyOwnsIsKeptAside() throws Exception {
        Outcome whole = run(folder.resolve("env"), Integer.MAX_VALUE, Integer.MAX_VALUE);
        assertThat(whole.tree())
                .containsEntry("lib/site/a/mine.txt", whole.before().get("lib/site/a/mine.txt"));
        try (var kept = Files.walk(folder.resolve("env/.blast/displaced"))) {
            assertThat(kept.filter(Files::isRegularFile))
                    .singleElement()
                    .satisfies(f -> assertThat(Files.readString(f)).contains("somebody else's"));
        }
    }

    @Test
    void aFirstChangeThatIsUndoneLeavesNothing() throws Exception {
        int effects = Integer.MAX_VALUE;
        for (int cut = 0; cut < effects; cut++) {
            var environment = new Environment(folder.resolve("new-" + cut));
            Dossier dossier = SampleChange.dossier(environment);
            var disk = PowerCut.after(cut);
            try (WriterLock _ = lock(dossier);
                    History history = History.of(dossier)) {
                SampleChange.make(
                        dossier,
                        disk,
                        history,
                        Map.of("pyvenv.cfg", "home", "bin/python", "p"),
                        Set.of());
                effects = disk.effects();
            } catch (PowerCut.Dead e) {
                // what the kill leaves
            }
            try (WriterLock _ = lock(dossier);
                    History history = History.of(dossier)) {
                Recovery recovery = Recovery.of(dossier, Disk.real());
                recovery.recover(history);
                recovery.tidy();
            }
            boolean made = environment.exists();
            assertThat(Files.exists(environment.root())).as("cut %d", cut).isEqualTo(made);
            assertThat(Applied.file(environment).toFile().exists())
                    .as("cut %d", cut)
                    .isEqualTo(made);
        }
    }

    @Test
    void aFailureIsUndoneAtOnce() throws Exception {
        var environment = new Environment(folder.resolve("env"));
        Dossier dossier = SampleChange.dossier(environment);
        Trees.write(environment.root(), SampleChange.BEFORE);
        Map<String, String> before = Trees.read(environment.root());
        var failing = new FailingMoves(5);
        try (WriterLock _ = lock(dossier);
                History history = History.of(dossier)) {
            assertThatThrownBy(() ->
                            SampleChange.make(
                                    dossier,
                                    failing,
                                    history,
                                    SampleChange.COMING,
                                    SampleChange.GOING))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("nothing has been changed");
        }
        assertThat(Trees.read(environment.root())).isEqualTo(before);
        assertThat(environment.folder()).isDirectoryNotContaining("glob:**/{staging,applied}");
        assertThat(dossier.folder()).isDirectoryNotContaining("glob:**/{journal,texts}");
    }

    @Test
    void aDecidedChangeThatCannotBeTidiedUpStaysDecided() throws Exception {
        var environment = new Environment(folder.resolve("env"));
        Dossier dossier = SampleChange.dossier(environment);
        Trees.write(environment.root(), SampleChange.BEFORE);
        try (WriterLock _ = lock(dossier);
                History history = History.of(dossier)) {
            Files.writeString(dossier.history(), "no database ".repeat(500));
            assertThatThrownBy(() ->
                            SampleChange.make(
                                    dossier,
                                    Disk.real(),
                                    history,
                                    SampleChange.COMING,
                                    SampleChange.GOING))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("state.db");
        }
        Map<String, String> after = Trees.read(environment.root());
        assertThat(after).containsKey("lib/site/a-2.dist-info/RECORD");
        try (WriterLock _ = lock(dossier);
                History history = History.of(dossier)) {
            assertThat(history.mend()).isTrue();
            assertThat(Recovery.of(dossier, Disk.real()).recover(history))
                    .hasValueSatisfying(what -> assertThat(what).endsWith("has been finished"));
            assertThat(history.generations()).hasSize(1);
        }
        assertThat(Trees.read(environment.root())).isEqualTo(after);
        assertThat(Applied.file(environment)).hasContent("generation 7");
    }

    /**
     * A power failure leaves no plan without its texts, and no forgotten plan without its files.
     */
    @Test
    void eachIsDurableBeforeWhatRestsOnIt() throws Exception {
        var environment = new Environment(folder.resolve("env"));
        Dossier dossier = SampleChange.dossier(environment);
        Trees.write(environment.root(), SampleChange.BEFORE);
        var disk = PowerCut.after(Integer.MAX_VALUE);
        try (WriterLock _ = lock(dossier);
                History history = History.of(dossier)) {
            SampleChange.make(dossier, disk, history, SampleChange.COMING, SampleChange.GOING);
        }
        List<String> log = disk.log();
        int firstMove = indexOf(log, "move ");
        assertThat(log.subList(indexOf(log, "append journal") + 1, firstMove))
                .as("the names of the texts, of their folders and of the journal")
                .hasSize(4)
                .allMatch(effect -> effect.startsWith("sync "))
                .contains("sync texts", "sync env.dossier");
        int commit = log.lastIndexOf("append journal");
        assertThat(log.subList(firstMove, commit)).contains("sync site", "sync bin");
        assertThat(log.subList(commit, log.indexOf("delete journal")))
                .containsSequence("move applied", "sync .blast");
        assertThat(log.get(log.indexOf("delete journal") + 1)).isEqualTo("sync env.dossier");
        assertThat(log.subList(0, log.indexOf("delete journal"))).doesNotContain("delete staging");
    }

    private static int indexOf(List<String> log, String start) {
        int i = 0;
        while (!log.get(i).startsWith(start)) {
            i++;
        }
        return i;
    }

    /** Its journal is where we cannot read, so nothing of it may be cleared away. */
    @Test
    void anothersInterruptedChangeIsLeftToThem() throws Exception {
        var environment = new Environment(folder.resolve("env"));
        Dossier theirs = SampleChange.dossier(environment);
        var ours = new Dossier(environment, folder.resolve("ours"));
        Trees.write(environment.root(), SampleChange.BEFORE);
        Map<String, String> before = Trees.read(environment.root());
        try (WriterLock _ = lock(theirs);
                History history = History.of(theirs)) {
            SampleChange.make(
                    theirs, PowerCut.after(14), history, SampleChange.COMING, SampleChange.GOING);
        } catch (PowerCut.Dead e) {
            // in the middle of the renames
        }
        assertThat(Trees.read(environment.root())).isNotEqualTo(before);
        try (WriterLock _ = lock(ours);
                History history = History.of(ours)) {
            assertThat(Recovery.of(ours, Disk.real()).recover(history)).isEmpty();
            assertThat(Staging.isIn(environment)).isTrue();
        }
        try (WriterLock _ = lock(theirs);
                History history = History.of(theirs)) {
            assertThat(Recovery.of(theirs, Disk.real()).recover(history)).isPresent();
        }
        assertThat(Trees.read(environment.root())).isEqualTo(before);
        assertThat(Staging.isIn(environment)).isFalse();
    }

    private record Outcome(
            Map<String, String> before,
            Map<String, String> tree,
            String applied,
            int generations,
            List<String> leftovers,
            int effects,
            int recoveryEffects) {
        List<Object> state() {
            return List.of(tree, applied, generations, leftovers);
        }
    }

    /**
     * The change with the power cut after so many effects, a recovery with another cut, and a
     * recovery to the end.
     */
    private static Outcome run(Path root, int cut, int recoveryCut) throws Exception {
        var environment = new Environment(root);
        Dossier dossier = SampleChange.dossier(environment);
        Trees.write(root, SampleChange.BEFORE);
        Map<String, String> before = Trees.read(root);
        var disk = PowerCut.after(cut);
        try (WriterLock _ = lock(dossier);
                History history = History.of(dossier)) {
            SampleChange.make(dossier, disk, history, SampleChange.COMING, SampleChange.GOING);
        } catch (PowerCut.Dead e) {
            // what the kill leaves
        }
        var recovery = PowerCut.after(recoveryCut);
        try (WriterLock _ = lock(dossier);
                History history = History.of(dossier)) {
            Recovery.of(dossier, recovery).recover(history);
        } catch (PowerCut.Dead e) {
            // and once more
        }
        try (WriterLock _ = lock(dossier);
                History history = History.of(dossier)) {
            Recovery.of(dossier, Disk.real()).recover(history);
            return new Outcome(
                    before,
                    Trees.read(root),
                    Files.exists(Applied.file(environment))
                            ? Files.readString(Applied.file(environment))
                            : "",
                    history.generations().size(),
                    leftovers(dossier),
                    disk.effects(),
                    recovery.effects());
        }
    }

    private static List<String> leftovers(Dossier dossier) throws IOException {
        List<String> left = new ArrayList<>();
        for (Path folder : List.of(dossier.environment().folder(), dossier.folder())) {
            if (Files.exists(folder)) {
                try (var files = Files.list(folder)) {
                    files.map(f -> f.getFileName().toString())
                            .filter(f -> !EXPECTED.contains(f))
                            .forEach(left::add);
                }
            }
        }
        return left;
    }

    private static WriterLock lock(Dossier dossier) throws EnvironmentException {
        return dossier.lock("test", Duration.ZERO, _ -> {});
    }
}
