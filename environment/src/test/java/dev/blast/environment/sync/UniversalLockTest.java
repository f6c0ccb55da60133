package dev.blast.environment.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.packaging.LockedPackage;
import dev.blast.solver.lock.LockFile;
import dev.blast.solver.text.ProofText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One lock for the usual machines and the Pythons of the project. */
final class UniversalLockTest {
    private static final String PROJECT =
            """
            [project]
            name = 'shop'
            version = '1'
            requires-python = '>=3.10'
            dependencies = [%s]
            [dependency-groups]
            dev = ['tester']
            """;

    @TempDir Path folder;

    private SyncBench bench;

    @BeforeEach
    void begin() throws Exception {
        bench = new SyncBench(folder);
        bench.index()
                .module(
                        "anyio",
                        "4.9.0",
                        "tiny; sys_platform == 'win32'",
                        "back; python_full_version < '3.11.3'")
                .module("tiny", "1.0")
                .module("back", "1.0")
                .module("tester", "1.0", "old; python_version < '3.12'")
                .module("old", "1.0")
                .module("more", "1.0");
        bench.pyproject(PROJECT.formatted("'anyio'"));
    }

    @Test
    void saysWhereAPackageIsNeeded() throws Exception {
        SyncResult.Done done = bench.done(universal());
        assertThat(markers())
                .containsExactly(
                        "anyio: null",
                        "back: python_full_version < \"3.11.3\"",
                        "old: python_version < \"3.12\" and (\"default\" in dependency_groups or \"dev\" in dependency_groups)",
                        "tester: \"default\" in dependency_groups or \"dev\" in dependency_groups",
                        "tiny: sys_platform == \"win32\"");
        assertThat(lock().pylock().requiresPython()).hasToString("<3.15,>=3.10");
        LockedElsewhere elsewhere = done.answer().elsewhere().orElseThrow();
        assertThat(elsewhere.places())
                .contains("macOS arm64: Python 3.10 to 3.14", "Windows AMD64: Python 3.10 to 3.14");
        assertThat(elsewhere.leftOut()).isEmpty();
        assertThat(Files.exists(bench.interpreter().executable())).isTrue();
    }

    @Test
    void staysOneForAllWhoeverChangesTheProject() throws Exception {
        bench.done(universal());
        String before = lock().text();
        bench.pyproject(PROJECT.formatted("'anyio', 'more; sys_platform == \"darwin\"'"));
        var planned = (SyncResult.Planned) bench.run(SyncOptions.of("blast sync"));
        assertThat(planned.answer().lockLost()).isEmpty();
        assertThat(markers()).contains("more: sys_platform == \"darwin\"", "anyio: null");
        bench.pyproject(PROJECT.formatted("'anyio'"));
        bench.run(SyncOptions.of("blast sync"));
        assertThat(lock().text()).isEqualTo(before);
        assertThat(bench.run(SyncOptions.of("blast sync"))).isInstanceOf(SyncResult.UpToDate.class);
    }

    /** That is said, and the lock is none for it. */
    @Test
    void leavesOutWhatHasNoVersions() throws Exception {
        bench.index().module("base", "1.0").module("base", "2.0");
        bench.pyproject(PROJECT.formatted("'base>=2', 'base<2; sys_platform == \"win32\"'"));
        LockedElsewhere elsewhere = bench.done(universal()).answer().elsewhere().orElseThrow();
        assertThat(elsewhere.leftOut())
                .hasSize(5)
                .first()
                .satisfies(left -> {
                    assertThat(left.place()).isEqualTo("Python 3.10 on Windows AMD64");
                    assertThat(ProofText.conclusion(left.proof()))
                            .isEqualTo(
                                    "base >=2 (pyproject.toml:5) and base <2 (pyproject.toml:5) exclude each other.");
                });
        assertThat(lock().pylock().environments())
                .hasSize(3)
                .noneMatch(marker -> marker.toString().contains("win32"));
    }

    private LockFile lock() throws Exception {
        Path file = bench.project().resolve("pylock.toml");
        return LockFile.read(Files.readString(file), "pylock.toml", bench.project());
    }

    private List<String> markers() throws Exception {
        return lock().pylock().packages().stream().map(UniversalLockTest::marker).toList();
    }

    private static String marker(LockedPackage locked) {
        return locked.name() + ": " + locked.marker();
    }

    private static SyncOptions universal() {
        return SyncOptions.of("blast sync --universal").copy(it -> it.universal = true);
    }
}
