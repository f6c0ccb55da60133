package dev.blast.environment.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Trees;
import dev.blast.solver.text.NoteText;
import dev.blast.solver.text.ProofText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that cannot be installed, and files that two projects bring. */
class BadWheelsTest {
    private static final Map<String, String> BAD = Map.of("forged.egg-link", "x");

    @TempDir Path folder;
    private SyncBench bench;

    @BeforeEach
    void setUp() throws Exception {
        bench = new SyncBench(folder);
    }

    @AfterEach
    void tearDown() throws Exception {
        Trees.delete(bench.environment().root());
    }

    private void asksFor(String... dependencies) throws Exception {
        bench.pyproject(
                "[project]\nname = 'shop'\nversion = '1'\ndependencies = ['%s']\n"
                        .formatted(String.join("', '", dependencies)));
    }

    @Test
    void oneBadFileIsOneBadVersion() throws Exception {
        bench.index()
                .module("apple", "1.0")
                .wheel("apple", "1.1", List.of(), BAD)
                .wheel("apple", "1.2", List.of(), Map.of("apple-1.2.data/data/pip.conf", "x"));
        asksFor("apple<2");
        SyncResult.Done done = bench.done(SyncOptions.of("blast sync"));
        assertThat(bench.sitePackages().resolve("apple-1.0.dist-info")).isDirectory();
        assertThat(done.answer().notes())
                .extracting(NoteText::of)
                .containsExactly(
                        "passed over: 1.2, apple 1.2 was refused: 'pip.conf' is a place of the environment itself; a distribution brings packages, programs, and files below share, etc, man, include or lib",
                        "passed over: 1.1, apple-1.1-py3-none-any.whl was refused: 'forged.egg-link' is the metadata of something else");
    }

    @Test
    void whereNothingElseServesTheWayOutIsNamed() throws Exception {
        bench.index().wheel("apple", "1.1", List.of(), BAD);
        asksFor("apple");
        assertThat(bench.run(SyncOptions.of("blast sync")))
                .isInstanceOfSatisfying(
                        SyncResult.NoSolution.class,
                        no ->
                                assertThat(ProofText.render(no.unsolvable().proof()))
                                        .contains(
                                                "'forged.egg-link' is the metadata of something else (apple !=1.1 leaves it out)"));
        assertThat(bench.environment().root()).doesNotExist();
    }

    @Test
    void aFileThatTheIndexDoesNotListIsOneBadVersion() throws Exception {
        bench.index().module("apple", "1.0").module("apple", "1.1");
        bench.index().spoil("apple-1.1-py3-none-any.whl");
        asksFor("apple");
        assertThat(bench.done(SyncOptions.of("blast sync")).answer().notes())
                .extracting(NoteText::of)
                .containsExactly(
                        "passed over: 1.1, apple-1.1-py3-none-any.whl is not the file that the index lists, expected a, came b");
        assertThat(bench.sitePackages().resolve("apple-1.0.dist-info")).isDirectory();
        asksFor("apple>1");
        assertThat(bench.run(SyncOptions.of("blast sync")))
                .isInstanceOfSatisfying(
                        SyncResult.NoSolution.class,
                        no ->
                                assertThat(ProofText.render(no.unsolvable().proof()))
                                        .contains("(apple !=1.1 leaves it out)"));
    }

    @Test
    void noOtherVersionTakesThePlaceOfOneThatIsLockedOrWhoseHashIsGiven() throws Exception {
        bench.index().module("apple", "1.0").module("apple", "1.1");
        String file = "apple-1.1-py3-none-any.whl";
        asksFor("apple");
        bench.done(SyncOptions.of("blast sync"));
        bench.index().spoil(file);
        Trees.delete(bench.environment().root());
        Trees.delete(bench.store().directory());
        assertThatThrownBy(() -> bench.run(SyncOptions.of("blast sync")))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining(file + " is not the file that the index lists")
                .hasMessageContaining("the lock names this version, so no other was taken");
        Files.delete(bench.project().resolve("pylock.toml"));
        Files.delete(bench.project().resolve("pyproject.toml"));
        Files.writeString(
                bench.project().resolve("requirements.txt"),
                "apple --hash=sha256:%s --hash=sha256:%s\n"
                        .formatted(
                                bench.index().sha256(file),
                                bench.index().sha256("apple-1.0-py3-none-any.whl")));
        assertThatThrownBy(() -> bench.run(SyncOptions.of("blast sync")))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("the project gives its hash");
    }

    @Test
    void whereNothingWasMadeAForcedSyncMakesIt() throws Exception {
        bench.index().wheel("apple", "1.0", List.of(), BAD);
        asksFor("apple");
        assertThat(bench.run(SyncOptions.of("blast sync")))
                .isInstanceOf(SyncResult.NoSolution.class);
        assertThat(bench.run(bench.forced())).isInstanceOf(SyncResult.NoSolution.class);
        bench.index().module("apple", "0.9");
        bench.done(bench.forced());
        assertThat(bench.sitePackages().resolve("apple-0.9.dist-info")).isDirectory();
    }

    @Test
    void noOtherVersionTakesThePlaceOfALockedOne() throws Exception {
        bench.index().module("apple", "1.0").module("apple", "1.1");
        asksFor("apple");
        bench.done(SyncOptions.of("blast sync"));
        String file = "apple-1.1-py3-none-any.whl";
        Path lock = bench.project().resolve("pylock.toml");
        String good = bench.index().sha256(file);
        bench.index().wheel("apple", "1.1", List.of(), BAD);
        Files.writeString(
                lock,
                Files.readString(lock)
                        .replace(good, bench.index().sha256(file))
                        .replaceAll("size = \\d+", "size = 1"));
        Trees.delete(bench.environment().root());
        assertThatThrownBy(() -> bench.run(SyncOptions.of("blast sync")))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("cannot install apple 1.1: " + file + " was refused")
                .hasMessageContaining("the lock names this version, so no other was taken");
    }

    @Test
    void aFileHasOneOwnerInEitherOrder() throws Exception {
        bench.index()
                .wheel("one", "1", List.of(), Map.of("shared/mod.py", "1"))
                .wheel("two", "1", List.of(), Map.of("shared/mod.py", "2"));
        asksFor("one", "two");
        assertThat(refusals())
                .containsExactly(
                        "one-1-py3-none-any.whl, which brings %s, which is a file of two",
                        "two-1-py3-none-any.whl, which brings %s, which is a file of one");
        assertThat(bench.environment().root()).doesNotExist();
        asksFor("one");
        bench.done(SyncOptions.of("blast sync"));
        asksFor("one", "two");
        assertThat(refusals())
                .containsExactly("two-1-py3-none-any.whl, which brings %s, which is a file of one");
        asksFor("two");
        bench.done(SyncOptions.of("blast sync"));
        asksFor("one", "two");
        assertThat(refusals())
                .containsExactly("one-1-py3-none-any.whl, which brings %s, which is a file of two");
        assertThat(bench.sitePackages().resolve("shared/mod.py")).hasContent("2");
    }

    private List<String> refusals() throws Exception {
        var refused = (SyncResult.Refused) bench.run(SyncOptions.of("blast sync"));
        return refused.refusals().stream()
                .map(r -> r.what().replaceAll("lib/\\S+/shared/mod.py", "%s"))
                .toList();
    }

    @Test
    void whatIsSharedStaysForTheOther() throws Exception {
        bench.index()
                .wheel("one", "1", List.of(), Map.of("shared/mod.py", "x = 1", "one.py", ""))
                .wheel("two", "1", List.of(), Map.of("shared/mod.py", "x = 1", "two.py", ""));
        asksFor("one", "two");
        bench.done(SyncOptions.of("blast sync"));
        asksFor("two");
        bench.done(SyncOptions.of("blast sync"));
        assertThat(bench.sitePackages().resolve("shared/mod.py")).hasContent("x = 1");
        assertThat(bench.sitePackages().resolve("one.py")).doesNotExist();
        assertThat(bench.python("import shared.mod, two")).isEmpty();
    }

    @Test
    void aRuleMayLetOneIntoThePackageOfTheOther() throws Exception {
        bench.index()
                .module("host", "1")
                .wheel("guest", "1", List.of(), Map.of("host/extra.py", "x = 1"));
        for (String first : List.of("host", "guest")) {
            asksFor(first);
            bench.done(SyncOptions.of("blast sync"));
            asksFor("host", "guest");
            bench.done(SyncOptions.of("blast sync"));
            assertThat(bench.python("import host.extra; print(host.VERSION)")).isEqualTo("1");
            asksFor("host");
            bench.done(SyncOptions.of("blast sync"));
            assertThat(bench.python("import host; print(host.VERSION)")).isEqualTo("1");
            assertThat(bench.sitePackages().resolve("host/extra.py")).doesNotExist();
            Trees.delete(bench.environment().root());
        }
    }

    @Test
    void whereARuleAllowsItOneTreeComesOfEitherOrder() throws Exception {
        bench.index()
                .wheel("host", "1", List.of(), Map.of("shared/mod.py", "x = 1", "host.py", ""))
                .wheel("guest", "1", List.of(), Map.of("shared/mod.py", "x = 2", "guest.py", ""));
        for (List<String> order : List.of(List.of("host"), List.of("guest"), List.<String>of())) {
            for (String first : order) {
                asksFor(first);
                bench.done(SyncOptions.of("blast sync"));
            }
            asksFor("host", "guest");
            bench.done(SyncOptions.of("blast sync"));
            assertThat(bench.sitePackages().resolve("shared/mod.py")).hasContent("x = 2");
            assertThat(bench.sitePackages().resolve("host-1.dist-info/RECORD"))
                    .content()
                    .doesNotContain("shared/mod.py")
                    .contains("host.py", "host-1.dist-info/gives-way-to.txt");
            assertThat(bench.sitePackages().resolve("guest-1.dist-info/RECORD"))
                    .content()
                    .contains("shared/mod.py");
            assertThat(bench.run(SyncOptions.of("blast sync")))
                    .isInstanceOf(SyncResult.UpToDate.class);
            asksFor("host");
            bench.done(SyncOptions.of("blast sync"));
            assertThat(bench.sitePackages().resolve("shared/mod.py")).hasContent("x = 1");
            assertThat(bench.sitePackages().resolve("host-1.dist-info/gives-way-to.txt"))
                    .doesNotExist();
            Trees.delete(bench.environment().root());
        }
    }
}
