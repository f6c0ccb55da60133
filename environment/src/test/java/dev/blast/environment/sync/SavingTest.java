package dev.blast.environment.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Trees;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Disk;
import dev.blast.environment.change.Generation;
import dev.blast.environment.change.History;
import dev.blast.environment.change.Occasion;
import dev.blast.environment.change.PowerCut;
import dev.blast.environment.change.Retention;
import dev.blast.environment.change.Timeline;
import dev.blast.environment.install.Contents;
import dev.blast.environment.install.HeldFolder;
import dev.blast.environment.saves.Save;
import dev.blast.environment.saves.SaveName;
import dev.blast.environment.tree.Tree;
import dev.blast.environment.tree.TreeScan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavingTest {
    private static final GoingBack.To UNDO = new GoingBack.To.Undo();

    @TempDir Path folder;
    private SyncBench bench;
    private SyncBench other;

    @BeforeEach
    void setUp() throws Exception {
        bench = bench("one");
        other = bench("two");
    }

    private SyncBench bench(String name) throws Exception {
        var made = new SyncBench(folder.resolve(name));
        made.index()
                .module("httpx", "0.28.1", "anyio>=4")
                .module("anyio", "3.7.0")
                .module("anyio", "4.9.0")
                .wheel(
                        "tool",
                        "1",
                        List.of(),
                        Map.of(
                                "tool/__init__.py",
                                "def main():\n    print('at work')\n",
                                "tool-1.dist-info/entry_points.txt",
                                "[console_scripts]\ntool = tool:main\n"));
        return made;
    }

    /** JUnit warns about every link that leads out of its folder. */
    @AfterEach
    void tearDown() throws Exception {
        Trees.delete(bench.environment().root());
        Trees.delete(other.environment().root());
    }

    private void sync(String... dependencies) throws Exception {
        bench.pyproject(
                "[project]\nname = 'shop'\nversion = '1'\ndependencies = ['%s']\n"
                        .formatted(String.join("', '", dependencies)));
        bench.done(SyncOptions.of("blast sync"));
    }

    private Save save(String name) throws Exception {
        return ((Saving.Answer.Saved) bench.save(name)).save();
    }

    private Path file() throws Exception {
        Path file = folder.resolve("shop.blast");
        assertThat(bench.save("shop", Optional.of(file), true))
                .isInstanceOf(Saving.Answer.Saved.class);
        return file;
    }

    private static Reviving.Answer.Done done(Reviving.Answer answer) {
        return (Reviving.Answer.Done) answer;
    }

    private static Map<String, String> exact(SyncBench bench) throws Exception {
        return ExactTree.of(bench.environment());
    }

    private static Tree tree(SyncBench bench) throws Exception {
        try (HeldFolder root = HeldFolder.openReal(bench.environment().root())) {
            return TreeScan.of(root, (_, _, place) -> Contents.hash(place));
        }
    }

    @Test
    void whatWasSavedComesBackFileForFileWithoutANetwork() throws Exception {
        sync("anyio<4", "tool");
        Map<String, String> before = exact(bench);
        String lock = Files.readString(bench.environment().lockFile());
        Save save = save("before");
        sync("httpx");
        Map<String, String> after = exact(bench);
        bench.goOffline();

        Reviving.Answer.Done done = done(bench.load("before"));
        assertThat(exact(bench)).isEqualTo(before);
        assertThat(tree(bench).hash()).isEqualTo(save.tree().hash());
        assertThat(done.other()).isEmpty();
        assertThat(done.remarks()).isEmpty();
        assertThat(done.generation().number()).isEqualTo(3);
        assertThat(done.generation().occasion().kind()).isEqualTo(Occasion.Kind.LOAD);
        assertThat(done.diff().packages())
                .extracting(it -> it.name() + " " + it.from() + " " + it.to())
                .containsExactly("anyio 4.9.0 3.7.0", "httpx 0.28.1 ", "tool  1");
        assertThat(bench.environment().lockFile()).hasContent(lock);
        assertThat(Applied.of(bench.environment()).orElseThrow().generation()).isEqualTo(3);
        assertThat(bench.load("before")).isInstanceOf(Reviving.Answer.There.class);

        bench.go(UNDO);
        assertThat(exact(bench)).isEqualTo(after);
        bench.go(new GoingBack.To.Redo());
        assertThat(exact(bench)).isEqualTo(before);
    }

    @Test
    void whatOthersMadeOfItIsSavedWithIt() throws Exception {
        sync("anyio");
        Files.writeString(bench.sitePackages().resolve("mine.py"), "MINE = 1\n");
        Map<String, String> before = exact(bench);
        var saved = (Saving.Answer.Saved) bench.save("mine");
        assertThat(saved.found()).map(Generation::number).hasValue(2);
        bench.clean();
        done(bench.load("mine"));
        assertThat(exact(bench)).isEqualTo(before);
        assertThat(bench.python("import mine; print(mine.MINE)")).isEqualTo("1");
    }

    @Test
    void aNameIsTakenOnce() throws Exception {
        sync("anyio<4");
        Instant first = save("here").time();
        assertThat(bench.save("here")).isInstanceOf(Saving.Answer.Taken.class);
        assertThat(bench.saves().list()).extracting(Save::time).containsExactly(first);
        assertThat(bench.save("here", Optional.empty(), true))
                .isInstanceOf(Saving.Answer.Saved.class);
        Path saves = bench.directories().data().resolve("saves");
        assertThat(saves).isDirectoryContaining("glob:**/here.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(saves)))
                .isEqualTo("rwx------");
        assertThat(bench.saves().remove(new SaveName("here"))).isTrue();
        assertThat(bench.saves().remove(new SaveName("here"))).isFalse();
        assertThat(bench.saves().list()).isEmpty();
        assertThat(saves).isEmptyDirectory();
    }

    @Test
    void aDamagedSaveIsNamed() throws Exception {
        sync("anyio");
        save("here");
        Path file = bench.directories().data().resolve("saves/here.json");
        Files.writeString(file, Files.readString(file).replace("4.9.0", "4.9.1"));
        assertThatThrownBy(() -> bench.load("here"))
                .hasMessageContaining("the save 'here' is damaged");
    }

    @Test
    void aFileComesToAnotherPlaceAndRunsThere() throws Exception {
        sync("httpx", "tool");
        Path file = file();
        Reviving.Answer.Done done = done(other.load(file));
        assertThat(other.python("import httpx, anyio; print(anyio.VERSION)")).isEqualTo("4.9.0");
        assertThat(run(other.environment().root().resolve("bin/tool"))).isEqualTo("at work");
        assertThat(done.other())
                .contains("bin/activate", "bin/tool", "pyvenv.cfg")
                .anyMatch(it -> it.endsWith("/tool-1.dist-info/RECORD"))
                .noneMatch(it -> it.endsWith(".py"));
        assertThat(done.remarks())
                .containsExactly("pylock.toml is the save's: the next blast sync follows it");
        Map<String, String> there = exact(other);
        Map<String, String> here = exact(bench);
        done.other().forEach(there::remove);
        done.other().forEach(here::remove);
        assertThat(there).isEqualTo(here);
        assertThat(done(bench.load(relocatedBack(done))).other()).isNotEmpty();
    }

    /** What was relocated can be written into a file as well. */
    private Path relocatedBack(Reviving.Answer.Done done) throws Exception {
        assertThat(done.generation().packages())
                .extracting(Generation.Installed::name)
                .contains("tool");
        Path file = folder.resolve("again.blast");
        assertThat(other.save("again", Optional.of(file), false))
                .isInstanceOf(Saving.Answer.Saved.class);
        Files.writeString(bench.sitePackages().resolve("mine.py"), "");
        return file;
    }

    @Test
    void aFileComesBackToItsPlaceWithTheSameTree() throws Exception {
        sync("httpx", "tool");
        Tree before = tree(bench);
        Path file = file();
        bench.clean();
        bench.goOffline();
        Reviving.Answer.Done done = done(bench.load(file));
        assertThat(done.other()).isEmpty();
        assertThat(tree(bench).hash()).isEqualTo(before.hash());
    }

    @Test
    void aFileNeedsNoStore() throws Exception {
        sync("httpx", "tool");
        Tree before = tree(bench);
        Path file = file();
        Trees.delete(bench.directories().data());
        Trees.delete(bench.environment().root());
        Files.delete(bench.environment().lockFile());
        done(bench.load(file));
        assertThat(tree(bench).hash()).isEqualTo(before.hash());
        assertThat(bench.python("import httpx; print(httpx.VERSION)")).isEqualTo("0.28.1");
    }

    @Test
    void otherToolsReadAFile() throws Exception {
        sync("anyio");
        Path file = file();
        Process process =
                new ProcessBuilder("sh", "-c", "zstd -dc \"$1\" | tar -tf -", "sh", file.toString())
                        .redirectErrorStream(true)
                        .start();
        String listed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(process.waitFor() == 0, listed);
        assertThat(listed.lines().toList())
                .startsWith("manifest.json")
                .allMatch(it -> it.matches("manifest[.]json|contents/[0-9a-f]{64}"));
    }

    @Test
    void aLockThatIsThereStaysUnlessItIsAskedFor() throws Exception {
        sync("anyio");
        Path file = file();
        Files.writeString(other.environment().lockFile(), "# theirs\n");
        assertThat(done(other.load(file)).remarks())
                .containsExactly(
                        "pylock.toml stays, and is not the save's: the next blast sync follows it (--overwrite-lock takes the save's)");
        assertThat(other.environment().lockFile()).hasContent("# theirs");
        other.clean();
        done(other.reviving(Disk.real()).file(file, other.loading(Optional.empty(), true)));
        assertThat(other.environment().lockFile())
                .hasSameTextualContentAs(bench.environment().lockFile());
    }

    @Test
    void whatNoPackageBroughtDoesNotTravel() throws Exception {
        sync("anyio");
        Files.writeString(bench.sitePackages().resolve("mine.py"), "MINE = 1\n");
        assertThatThrownBy(this::file)
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("mine.py' belongs to no package")
                .hasMessageContaining("without --file");
        assertThat(folder.resolve("shop.blast")).doesNotExist();
    }

    /** It is read from a folder of this machine, and every project that is a package has one. */
    @Test
    void whatIsReadFromItsFolderStaysBehindAndIsNamed() throws Exception {
        sync("anyio");
        Trees.write(
                bench.sitePackages(),
                Map.of(
                        "__editable__.own.pth",
                        "/somewhere/own\n",
                        "own-1.dist-info/METADATA",
                        "Metadata-Version: 2.1\nName: own\nVersion: 1\n",
                        "own-1.dist-info/direct_url.json",
                        "{\"url\": \"file:///somewhere/own\", \"dir_info\": {\"editable\": true}}",
                        "own-1.dist-info/RECORD",
                        "__editable__.own.pth,,\nown-1.dist-info/METADATA,,\nown-1.dist-info/direct_url.json,,\nown-1.dist-info/RECORD,,\n"));
        String remark =
                "own 1 is read from its own folder and does not travel: blast sync installs it where that is";
        Path file = folder.resolve("own.blast");
        var saved = (Saving.Answer.Saved) bench.save("own", Optional.of(file), false);
        assertThat(saved.remarks()).containsExactly(remark);
        assertThat(done(other.load(file)).generation().packages())
                .extracting(Generation.Installed::name)
                .containsExactly("anyio", "pip");
        assertThat(other.sitePackages().resolve("__editable__.own.pth")).doesNotExist();
        Save named = save("own");
        String python = bench.interpreter().executable().toString();
        bench.clean();
        Reviving.Answer.Done loaded =
                done(
                        bench.reviving(Disk.real())
                                .named(named, bench.loading(Optional.of(python), false)));
        assertThat(loaded.remarks()).contains(remark);
        assertThat(bench.sitePackages().resolve("__editable__.own.pth")).doesNotExist();
        assertThat(done(bench.load("own")).remarks()).isEmpty();
        assertThat(bench.sitePackages().resolve("__editable__.own.pth")).exists();
    }

    @Test
    void theRulesOfThePlaceAreAskedAboutWhatComes() throws Exception {
        sync("httpx");
        Path file = file();
        other.rule(
                "package own\nrule \"none\" when Candidate( name == \"anyio\" ) then deny(); end\n");
        assertThat(other.load(file))
                .isInstanceOfSatisfying(
                        Reviving.Answer.Refused.class,
                        it ->
                                assertThat(it.refusals())
                                        .extracting(SyncResult.Refusal::what)
                                        .containsExactly("anyio 4.9.0"));
        assertThat(other.environment().root()).doesNotExist();
    }

    @Test
    void theStoreKeepsWhatASaveNames() throws Exception {
        sync("anyio<4");
        Map<String, String> before = exact(bench);
        save("here");
        sync("anyio>=4");
        var sweeping = new Sweeping(bench.directories(), bench.store());
        var last = new Retention(1, Duration.ZERO);
        Sweeping.Result swept =
                sweeping.run(last, Instant.now(), false, "blast store gc", SyncBench.patience())
                        .orElseThrow();
        assertThat(swept.saves()).isEqualTo(1);
        assertThat(swept.swept().wheelsGone().count()).isZero();
        done(bench.load("here"));
        assertThat(exact(bench)).isEqualTo(before);
        bench.go(UNDO);
        bench.saves().remove(new SaveName("here"));
        bench.clean();
        Trees.delete(bench.dossier().folder());
        assertThat(
                        sweeping.run(
                                        last,
                                        Instant.now(),
                                        false,
                                        "blast store gc",
                                        SyncBench.patience())
                                .orElseThrow()
                                .swept()
                                .wheelsGone()
                                .count())
                .isPositive();
    }

    @Test
    void nothingIsSweptWhereASaveCannotBeRead() throws Exception {
        sync("anyio");
        save("here");
        Files.writeString(bench.directories().data().resolve("saves/here.json"), "no save");
        assertThatThrownBy(() ->
                        new Sweeping(bench.directories(), bench.store())
                                .run(
                                        Retention.USUAL,
                                        Instant.now(),
                                        false,
                                        "blast store gc",
                                        SyncBench.patience()))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("the save 'here' is damaged")
                .hasMessageContaining("nothing was taken out of the store");
    }

    /** Every cut of a load, with the next command finding one of the two. */
    @Test
    void stoppedAnywhereItIsTheOneBeforeOrTheOneAfter() throws Exception {
        sync("anyio<4", "tool");
        Map<String, String> saved = exact(bench);
        save("here");
        sync("httpx");
        Map<String, String> there = exact(bench);
        int finished = 0;
        int undone = 0;
        boolean isWhole = false;
        for (int cut = 0; !isWhole; cut++) {
            try {
                bench.load("here", PowerCut.after(cut));
                isWhole = true;
            } catch (PowerCut.Dead e) {
                // what the kill leaves
            }
            if (cut % 3 == 0) {
                try {
                    bench.go(new GoingBack.To.Numbered(99), PowerCut.after(cut % 5));
                } catch (PowerCut.Dead e) {
                    // the recovery is killed as well
                }
            }
            bench.dossier().recover("blast check", SyncBench.patience());
            Map<String, String> tree = exact(bench);
            assertThat(List.of(saved, there)).as("cut %d", cut).contains(tree);
            try (History history = History.of(bench.dossier())) {
                Generation last = history.last().orElseThrow();
                boolean isLoaded = last.occasion().kind() == Occasion.Kind.LOAD;
                assertThat(tree.equals(saved)).as("cut %d", cut).isEqualTo(isLoaded);
                assertThat(Timeline.of(history.generations()).now() == last.number() || !isLoaded)
                        .isTrue();
            }
            if (tree.equals(saved)) {
                finished++;
                bench.go(UNDO);
                assertThat(exact(bench)).as("after cut %d", cut).isEqualTo(there);
            } else {
                undone++;
            }
        }
        assertThat(finished).isGreaterThan(1);
        assertThat(undone).isGreaterThan(10);
    }

    private static String run(Path program) throws Exception {
        Process process = new ProcessBuilder(program.toString()).redirectErrorStream(true).start();
        String output =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return output;
    }
}
