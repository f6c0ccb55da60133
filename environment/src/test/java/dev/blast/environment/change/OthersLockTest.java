package dev.blast.environment.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.Trees;
import dev.blast.environment.sync.SyncBench;
import dev.blast.environment.sync.SyncOptions;
import dev.blast.environment.sync.SyncResult;
import dev.blast.packaging.ExtraName;
import dev.blast.solver.text.ProofText;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A lock that another program wrote, or that was made for another choice, is not taken for ours.
 */
class OthersLockTest {
    private static final String PROJECT =
            """
            [project]
            name = 'shop'
            version = '1'
            dependencies = ['httpx']
            [project.optional-dependencies]
            test = ['tester']
            """;

    private static final String ELSEWHERE =
            """

            [[packages]]
            name = "winonly"
            version = "1.0"
            marker = "sys_platform == 'win32'"

            [[packages.wheels]]
            url = "https://files.example/winonly-1.0-py3-none-any.whl"

            [packages.wheels.hashes]
            sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
            """;

    @TempDir Path folder;
    private SyncBench bench;

    @BeforeEach
    void setUp() throws Exception {
        bench = new SyncBench(folder);
        bench.index()
                .module("httpx", "0.28.1", "anyio>=4")
                .module("anyio", "4.9.0")
                .module("tester", "1.0");
        bench.pyproject(PROJECT);
    }

    @AfterEach
    void tearDown() throws Exception {
        Trees.delete(bench.environment().root());
    }

    /** As another program would lock the same, for more than this platform. */
    private String foreign(String more) throws Exception {
        Files.deleteIfExists(lock());
        bench.done(SyncOptions.of("blast sync"));
        String ours = Files.readString(lock());
        Trees.delete(bench.environment().root());
        String text =
                ours.replace("created-by = \"blast\"", "created-by = \"other\"")
                                .replaceAll("(?s)\n\\[packages.tool.blast\\].*?\n(?=\n|$)", "\n")
                                .replaceAll("(?s)\nenvironments = \\[.*?\n\\]\n", "\n")
                        + more;
        Files.writeString(lock(), text);
        return text;
    }

    private Path lock() {
        return bench.project().resolve("pylock.toml");
    }

    @Test
    void oneThatFitsStaysAsItIs() throws Exception {
        String text = foreign(ELSEWHERE);
        bench.index().module("anyio", "4.10.0");
        SyncResult.Done done = bench.done(SyncOptions.of("blast sync"));
        assertThat(bench.lines(done))
                .containsExactly(
                        "+ anyio 4.9.0 (required by httpx 0.28.1)",
                        "+ httpx 0.28.1 (pyproject.toml:4)",
                        "+ pip");
        assertThat(done.answer().lockChanged()).isFalse();
        assertThat(lock()).hasContent(text);
        assertThat(bench.run(SyncOptions.of("blast sync"))).isInstanceOf(SyncResult.UpToDate.class);
        Trees.delete(bench.environment().root());
        assertThat(bench.lines(bench.done(bench.frozen())))
                .anyMatch(line -> line.startsWith("+ anyio 4.9.0"))
                .noneMatch(line -> line.contains("winonly"));
        assertThat(lock()).hasContent(text);
    }

    @Test
    void oneThatDoesNotFitIsNotNarrowedInSilence() throws Exception {
        foreign(ELSEWHERE);
        bench.pyproject(PROJECT.replace("'httpx'", "'httpx', 'tester'"));
        SyncResult.Done done = bench.done(SyncOptions.of("blast sync"));
        assertThat(done.answer().lockLost())
                .contains(
                        "pylock.toml, written by other, did not fit and is written anew for this interpreter alone;"
                                + " what it had for other platforms, extras and groups is gone: winonly");
        assertThat(Files.readString(lock())).doesNotContain("winonly");
    }

    /** Its target would be shown where it is no lock. */
    @Test
    void aLinkOutOfTheProjectIsNoLock() throws Exception {
        Path elsewhere = Files.writeString(bench.project().resolveSibling("secret"), "word: 5\n");
        Files.createSymbolicLink(lock(), elsewhere);
        assertThatThrownBy(() -> bench.run(SyncOptions.of("blast sync")))
                .hasMessageStartingWith(
                        "pylock.toml is a link out of its folder, and is not read\n")
                .hasMessageNotContaining("word");
        assertThat(elsewhere).hasContent("word: 5\n");
    }

    /** Nobody loses what another program locked without having said so. */
    @Test
    void oneThatDoesNotFitIsKeptUntilSomebodyAgrees() throws Exception {
        String text = foreign(ELSEWHERE);
        bench.pyproject(PROJECT.replace("'httpx'", "'httpx', 'tester'"));
        assertThat(bench.run(bench.keepingLock()))
                .isEqualTo(
                        new SyncResult.LockKept(
                                "pylock.toml, written by other, does not fit what is asked for, and would be written anew for"
                                        + " this interpreter alone, without what it has for other platforms, extras and groups: winonly",
                                true));
        assertThat(lock()).hasContent(text);
        assertThat(bench.environment().root()).doesNotExist();
        bench.done(bench.keepingLock().overwritingLock());
        assertThat(Files.readString(lock())).contains("tester").doesNotContain("winonly");
        bench.pyproject(PROJECT);
        bench.done(bench.keepingLock()); // one of Blast's own goes with the project
        assertThat(Files.readString(lock())).doesNotContain("tester");
    }

    @Test
    void oneForAnotherInterpreterIsKeptUntilSomebodyAgrees() throws Exception {
        bench.done(SyncOptions.of("blast sync"));
        String text =
                Files.readString(lock())
                        .replaceFirst("python_version == .{1,2}3\\.\\d+", "python_version == '2.7")
                        .replaceFirst("'2.7\\\\?\"", "'2.7'");
        Files.writeString(lock(), text);
        assertThat(bench.run(bench.keepingLock()))
                .isInstanceOfSatisfying(
                        SyncResult.LockKept.class,
                        kept ->
                                assertThat(kept.loss())
                                        .startsWith("pylock.toml is for another interpreter: ")
                                        .endsWith("; it would be written anew for this one alone"));
        assertThat(lock()).hasContent(text);
    }

    @Test
    void whatCannotBeInstalledFromItIsSaid() throws Exception {
        foreign(
                "\n[[packages]]\nname = \"local\"\nversion = \"1\"\n\n[packages.directory]\npath = \"../local\"\n");
        assertThat(bench.run(bench.frozen()))
                .isEqualTo(
                        new SyncResult.LockNotCurrent(
                                "local is locked as a folder, which cannot be installed from a lock"));
        foreign(
                "\n[[packages]]\nname = \"shop\"\nversion = \"1\"\n\n[packages.directory]\npath = \".\"\n");
        assertThat(bench.run(bench.frozen())).isInstanceOf(SyncResult.Done.class);
    }

    /** What the lock is blamed for is what does not fit, not what is asked for first. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'httpx', 'tester' | pyproject.toml:4 asks for tester, which is not locked",
                "'httpx', 'anyio<4' | pyproject.toml:4 asks for anyio<4, 4.9.0 is locked",
                "'anyio', 'httpx[http2]' | pyproject.toml:4 asks for httpx, which is locked without"
                        + " its extra http2",
            })
    void whatDoesNotFitIsBlamed(String dependencies, String why) throws Exception {
        bench.done(SyncOptions.of("blast sync"));
        bench.pyproject(PROJECT.replace("'httpx'", dependencies));
        assertThat(bench.run(bench.frozen())).isEqualTo(new SyncResult.LockNotCurrent(why));
    }

    @Test
    void aLockForMoreExtrasServesFewer() throws Exception {
        bench.done(bench.withExtra(new ExtraName("test")));
        String text = Files.readString(lock());
        Trees.delete(bench.environment().root());
        assertThat(bench.lines(bench.done(bench.frozen())))
                .noneMatch(line -> line.contains("tester"));
        assertThat(bench.lines(bench.done(bench.frozen(new ExtraName("test")))))
                .contains("+ tester 1.0 (pyproject.toml:6)");
        assertThat(lock()).hasContent(text);
    }

    @Test
    void aLockAloneIsInstalledWhereNoFileSaysWhatIsWanted() throws Exception {
        bench.done(SyncOptions.of("blast sync"));
        Trees.delete(bench.environment().root());
        Files.delete(bench.project().resolve("pyproject.toml"));
        assertThat(bench.lines(bench.done(bench.frozen())))
                .containsExactly(
                        "+ anyio 4.9.0 (required by httpx 0.28.1)",
                        "+ httpx 0.28.1 (part of the resolution)",
                        "+ pip");
    }

    /** Nothing comes past the rules because somebody else locked it. */
    @Test
    void whatTheRulesDenyIsNotTakenFromIt() throws Exception {
        foreign(ELSEWHERE);
        bench.rule(
                "rule \"no anyio\" @reason( \"it is left behind\" ) when Candidate( name == \"anyio\" ) then deny(); end");
        assertThat(bench.run(bench.frozen()))
                .isInstanceOfSatisfying(
                        SyncResult.NoSolution.class,
                        no ->
                                assertThat(ProofText.render(no.unsolvable().proof()))
                                        .isEqualTo(
                                                """
                                                No set of versions satisfies this project: anyio ==4.9.0 (pylock.toml) cannot be met.
                                                  1. anyio is forbidden: it is left behind  policies/own.drl:1
                                                """));
        assertThat(bench.environment().root()).doesNotExist();
    }

    @Test
    void aLockThatContradictsItselfIsNotTaken() throws Exception {
        bench.index().module("anyio", "3.7.0");
        bench.done(SyncOptions.of("blast sync"));
        String text = Files.readString(lock());
        Trees.delete(bench.environment().root());
        Files.delete(bench.project().resolve("pyproject.toml"));
        Files.writeString(lock(), text.replace("anyio>=4\"", "anyio>=5\""));
        assertThat(bench.run(bench.frozen()))
                .isInstanceOfSatisfying(
                        SyncResult.NoSolution.class,
                        no ->
                                assertThat(ProofText.render(no.unsolvable().proof()))
                                        .contains("httpx needs anyio >=5"));
    }
}
