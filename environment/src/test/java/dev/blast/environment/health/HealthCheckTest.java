package dev.blast.environment.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Trees;
import dev.blast.environment.install.RecordCheck;
import dev.blast.environment.project.Project;
import dev.blast.environment.sync.SyncBench;
import dev.blast.environment.sync.SyncOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthCheckTest {
    @TempDir Path folder;
    private SyncBench bench;

    @BeforeEach
    void setUp() throws Exception {
        bench = new SyncBench(folder);
        bench.index()
                .module(
                        "httpx",
                        "0.28.1",
                        "anyio>=4",
                        "rich; extra == 'cli'",
                        "h2; python_version < '3'")
                .module("anyio", "4.9.0");
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['httpx']\n");
        bench.done(SyncOptions.of("blast start"));
    }

    @AfterEach
    void tearDown() throws Exception {
        Trees.delete(bench.environment().root());
    }

    @Test
    void allIsWellAfterASync() throws Exception {
        assertThat(findings())
                .extracting(Finding::level)
                .as(findings().toString())
                .containsOnly(Finding.Level.OK);
        assertThat(findings())
                .extracting(Finding::subject)
                .containsExactly("packages", "requirements", "lock", "drift", "store");
    }

    @Test
    void filesThatChangedOrVanishedAreNamed() throws Exception {
        Path module = bench.sitePackages().resolve("httpx/__init__.py");
        Files.delete(module);
        Files.writeString(module, "VERSION = 'mine'\n");
        Files.delete(bench.sitePackages().resolve("anyio/data.txt"));
        Finding packages = finding("packages");
        assertThat(packages.level()).isEqualTo(Finding.Level.FAIL);
        assertThat(packages.summary())
                .startsWith("2 of ")
                .endsWith(" files differ from their RECORD: anyio, httpx");
        assertThat(packages.evidence())
                .anyMatch(e -> e.startsWith("missing lib/") && e.contains("anyio/data.txt"));
        assertThat(packages.remedies()).containsExactly("blast sync --force");
        bench.done(bench.forced());
        assertThat(finding("packages").level()).isEqualTo(Finding.Level.OK);
    }

    @Test
    void anEnvironmentThatLetsInItsInterpretersPackagesIsNamed() throws Exception {
        Path configuration = bench.environment().root().resolve("pyvenv.cfg");
        String text = Files.readString(configuration);
        Files.writeString(
                configuration, text.replace("site-packages = false", "site-packages = true"));
        assertThat(finding("environment").summary())
                .startsWith("the interpreter's own packages are imported too: pyvenv.cfg has ");
    }

    @Test
    void filesInNoRecordAreNamedAndThoseThatRunAtStartFirst() throws Exception {
        Trees.write(bench.sitePackages(), Map.of("httpx/extra.py", "", "stray.py", ""));
        assertThat(finding("files").level()).isEqualTo(Finding.Level.WARN);
        assertThat(finding("files").summary())
                .startsWith("in no RECORD: lib/")
                .contains("httpx/extra.py, ")
                .endsWith("/stray.py");
        Trees.write(
                bench.sitePackages(),
                Map.of("evil.pth", "import os", "sitecustomize/__init__.py", "", "a/b.pth", ""));
        assertThat(finding("files").level()).isEqualTo(Finding.Level.FAIL);
        assertThat(finding("files").summary())
                .startsWith("in no RECORD, and read at each start of the interpreter: ")
                .contains("evil.pth, ", "sitecustomize/__init__.py, ")
                .endsWith(" and 2 more");
    }

    /** All are named, and what is advised puts them right. */
    @Test
    void whatIsLaidOutAroundThePackagesIsCompared() throws Exception {
        Path root = bench.environment().root();
        Path configuration = root.resolve("pyvenv.cfg");
        Files.createSymbolicLink(emptied(root.resolve("lib64")), Path.of("/tmp"));
        Files.writeString(emptied(root.resolve("bin/python3")), "#!/bin/sh\n");
        Files.writeString(root.resolve("bin/activate"), "evil\n");
        Files.writeString(
                configuration,
                Files.readString(configuration).replaceFirst("home = .*", "home = /x"));
        Finding environment = finding("environment");
        assertThat(environment.summary())
                .isEqualTo(
                        "not as Blast lays it out: lib64, bin/python, bin/python3, bin/activate");
        assertThat(environment.remedies()).containsExactly("blast sync --force");
        bench.done(bench.forced());
        assertThat(findings()).extracting(Finding::level).containsOnly(Finding.Level.OK);
    }

    private static Path emptied(Path path) throws IOException {
        Files.delete(path);
        return path;
    }

    @Test
    void whatNobodyInstalledBesideTheInterpreterIsNamed() throws Exception {
        Path bin = bench.environment().root().resolve("bin");
        Trees.write(bin, Map.of("stray", ""));
        assertThat(finding("files").summary()).isEqualTo("in no RECORD: bin/stray");
        assertThat(finding("files").level()).isEqualTo(Finding.Level.WARN);
        Trees.write(bin, Map.of("python._pth", "/x\n", "pyvenv.cfg", "home = /x\n"));
        assertThat(finding("files").summary())
                .isEqualTo(
                        "in no RECORD, and read at each start of the interpreter: bin/python._pth, bin/pyvenv.cfg, bin/stray");
        assertThat(finding("files").level()).isEqualTo(Finding.Level.FAIL);
    }

    @Test
    void aRecordThatDoesNotListItsOwnMetadataIsDamaged() throws Exception {
        Files.writeString(bench.sitePackages().resolve("anyio-4.9.0.dist-info/RECORD"), "");
        assertThat(finding("packages").evidence())
                .anyMatch(e -> e.endsWith("it does not list the METADATA beside it"));
        bench.done(bench.forced());
        assertThat(finding("packages").level()).isEqualTo(Finding.Level.OK);
    }

    @Test
    void whatHasNoEndIsNotRead() throws Exception {
        Path module = bench.sitePackages().resolve("httpx/__init__.py");
        Files.delete(module);
        Files.createSymbolicLink(module, Path.of("/dev/zero"));
        assertThat(finding("packages").evidence())
                .anyMatch(e -> e.endsWith("it is no ordinary file"));
        Path configuration = bench.environment().root().resolve("pyvenv.cfg");
        Files.delete(configuration);
        Files.createSymbolicLink(configuration, Path.of("/dev/zero"));
        assertThat(finding("environment").summary()).contains("pyvenv.cfg");
    }

    @Test
    void whatOthersDidIsDrift() throws Exception {
        Trees.write(
                bench.sitePackages(),
                Map.of(
                        "anyio-3.0.dist-info/METADATA",
                                "Metadata-Version: 2.1\nName: anyio\nVersion: 3.0\n",
                        "anyio-3.0.dist-info/INSTALLER", "pip\n",
                        "anyio-3.0.dist-info/RECORD", "anyio-3.0.dist-info/METADATA,,\n"));
        Trees.delete(bench.sitePackages().resolve("anyio-4.9.0.dist-info"));
        assertThat(finding("drift").summary())
                .isEqualTo("pip installed anyio 3.0; somebody removed anyio 4.9.0");
        assertThat(finding("drift").level()).isEqualTo(Finding.Level.WARN);
        assertThat(finding("requirements").evidence())
                .containsExactly("httpx 0.28.1 needs anyio>=4, 3.0 is installed");
        Trees.delete(bench.sitePackages().resolve("anyio-3.0.dist-info"));
        assertThat(finding("requirements").evidence())
                .containsExactly("httpx 0.28.1 needs anyio>=4, which is not installed");
    }

    @Test
    void theLockIsComparedWithTheConstraints() throws Exception {
        Files.delete(bench.project().resolve("pyproject.toml"));
        Files.writeString(bench.project().resolve("requirements.txt"), "httpx\n-c limits.txt\n");
        Files.writeString(bench.project().resolve("limits.txt"), "anyio<9\nunheard-of==1\n");
        assertThat(finding("lock").summary()).isEqualTo("pylock.toml is current");
        Files.writeString(bench.project().resolve("limits.txt"), "anyio<3\n");
        assertThat(finding("lock").summary())
                .isEqualTo(
                        "pylock.toml is not current: limits.txt:1 allows only anyio<3, 4.9.0 is locked");
    }

    @Test
    void theLockIsComparedWithTheProjectTheInterpreterAndWhatWasInstalled() throws Exception {
        Path lock = bench.project().resolve("pylock.toml");
        String current = Files.readString(lock);
        assertThat(finding("lock").summary()).isEqualTo("pylock.toml is current");
        assertLock(
                Finding.Level.WARN,
                current.replaceFirst("sys_platform == (\\W+)linux", "sys_platform == $1win32"),
                "pylock.toml is for another interpreter");
        assertLock(
                Finding.Level.WARN,
                current.replace("4.9.0", "4.8.0"),
                "pylock.toml is not current: anyio 4.8.0 is locked, 4.9.0 is installed");
        assertLock(Finding.Level.FAIL, current + "x = = 1\n", "pylock.toml:");
        Files.writeString(lock, current);
        bench.pyproject(
                "[project]\nname = 'shop'\nversion = '1'\ndependencies = [\n'httpx>1',\n'rich; python_version > \"3\"',\n]\n");
        assertThat(finding("lock").evidence())
                .containsExactly(
                        "pyproject.toml:5 asks for httpx>1, 0.28.1 is locked",
                        "pyproject.toml:6 asks for rich, which is not locked");
        Files.delete(lock);
        assertThat(finding("lock").summary()).isEqualTo("there is no pylock.toml");
        assertThat(finding("lock").remedies()).containsExactly("blast sync");
    }

    private void assertLock(Finding.Level level, String text, String summary) throws Exception {
        Files.writeString(bench.project().resolve("pylock.toml"), text);
        assertThat(finding("lock").level()).isEqualTo(level);
        assertThat(finding("lock").summary()).startsWith(summary);
    }

    @Test
    void aDamagedHistoryIsNoticedAndMended() throws Exception {
        Files.writeString(bench.dossier().history(), "no database".repeat(500));
        assertThat(finding("history").level()).isEqualTo(Finding.Level.FAIL);
        bench.done(bench.forced());
        assertThat(finding("store").level()).isEqualTo(Finding.Level.OK);
    }

    private Finding finding(String subject) throws EnvironmentException {
        return findings().stream()
                .filter(f -> f.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private List<Finding> findings() throws EnvironmentException {
        return new HealthCheck(
                        Project.at(bench.project()),
                        bench.dossier(),
                        bench.store(),
                        RecordCheck.Depth.QUICK)
                .run(bench.interpreter());
    }
}
