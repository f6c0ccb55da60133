package dev.blast.environment.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Trees;
import dev.blast.environment.health.Finding.Lock;
import dev.blast.environment.health.RequirementFault.Asker;
import dev.blast.environment.install.FileFinding;
import dev.blast.environment.install.FileFinding.Change;
import dev.blast.environment.install.RecordCheck;
import dev.blast.environment.install.VenvState;
import dev.blast.environment.project.Project;
import dev.blast.environment.sync.SyncBench;
import dev.blast.environment.sync.SyncOptions;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
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
                .extracting(Finding::side)
                .containsExactly(
                        Finding.Side.PACKAGES,
                        Finding.Side.REQUIREMENTS,
                        Finding.Side.LOCK,
                        Finding.Side.DRIFT,
                        Finding.Side.STORE);
    }

    @Test
    void filesThatChangedOrVanishedAreNamed() throws Exception {
        Path module = bench.sitePackages().resolve("httpx/__init__.py");
        Files.delete(module);
        Files.writeString(module, "VERSION = 'mine'\n");
        Files.delete(bench.sitePackages().resolve("anyio/data.txt"));
        assertThat(finding(Finding.Packages.class).level()).isEqualTo(Finding.Level.FAIL);
        assertThat(damage())
                .containsExactly(
                        new FileFinding.Missing(site("anyio/data.txt")),
                        new FileFinding.Changed(
                                site("httpx/__init__.py"), new Change.OtherSize(17, 19)));
        bench.done(bench.forced());
        assertThat(finding(Finding.Packages.class).level()).isEqualTo(Finding.Level.OK);
    }

    @Test
    void anEnvironmentThatLetsInItsInterpretersPackagesIsNamed() throws Exception {
        Path configuration = bench.environment().root().resolve("pyvenv.cfg");
        String text = Files.readString(configuration);
        Files.writeString(
                configuration, text.replace("site-packages = false", "site-packages = true"));
        assertThat(findings()).contains(new Finding.InterpretersPackagesSeen());
    }

    @Test
    void filesInNoRecordAreNamedAndThoseThatRunAtStartFirst() throws Exception {
        Trees.write(bench.sitePackages(), Map.of("httpx/extra.py", "", "stray.py", ""));
        assertThat(finding(Finding.Strangers.class))
                .isEqualTo(strangers(List.of(), site("httpx/extra.py"), site("stray.py")));
        Trees.write(
                bench.sitePackages(),
                Map.of("evil.pth", "import os", "sitecustomize/__init__.py", "", "a/b.pth", ""));
        assertThat(finding(Finding.Strangers.class))
                .isEqualTo(
                        strangers(
                                List.of(site("evil.pth"), site("sitecustomize/__init__.py")),
                                site("a/b.pth"),
                                site("httpx/extra.py"),
                                site("stray.py")));
    }

    private static Finding.Strangers strangers(List<String> readAtStart, String... others) {
        return new Finding.Strangers(readAtStart, List.of(others));
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
        assertThat(finding(Finding.FrameChanged.class).parts())
                .containsExactly("lib64", "bin/python", "bin/python3", "bin/activate");
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
        assertThat(finding(Finding.Strangers.class)).isEqualTo(strangers(List.of(), "bin/stray"));
        Trees.write(bin, Map.of("python._pth", "/x\n", "pyvenv.cfg", "home = /x\n"));
        assertThat(finding(Finding.Strangers.class))
                .isEqualTo(strangers(List.of("bin/python._pth", "bin/pyvenv.cfg"), "bin/stray"));
    }

    @Test
    void whatIsReadAtStartIsWorse() {
        assertThat(strangers(List.of(), "bin/x").level()).isEqualTo(Finding.Level.WARN);
        assertThat(strangers(List.of("x.pth"), "bin/x").level()).isEqualTo(Finding.Level.FAIL);
    }

    @Test
    void aRecordThatDoesNotListItsOwnMetadataIsDamaged() throws Exception {
        Files.writeString(bench.sitePackages().resolve("anyio-4.9.0.dist-info/RECORD"), "");
        assertThat(damage())
                .containsExactly(
                        new FileFinding.Changed(
                                site("anyio-4.9.0.dist-info/RECORD"),
                                new Change.MetadataNotListed()));
        bench.done(bench.forced());
        assertThat(finding(Finding.Packages.class).level()).isEqualTo(Finding.Level.OK);
    }

    @Test
    void whatHasNoEndIsNotRead() throws Exception {
        Path module = bench.sitePackages().resolve("httpx/__init__.py");
        Files.delete(module);
        Files.createSymbolicLink(module, Path.of("/dev/zero"));
        assertThat(damage())
                .containsExactly(
                        new FileFinding.Changed(
                                site("httpx/__init__.py"), new Change.NotOrdinary()));
        Path configuration = bench.environment().root().resolve("pyvenv.cfg");
        Files.delete(configuration);
        Files.createSymbolicLink(configuration, Path.of("/dev/zero"));
        assertThat(finding(Finding.NoEnvironment.class).state())
                .isInstanceOf(VenvState.Occupied.class);
    }

    private List<FileFinding> damage() throws EnvironmentException {
        return finding(Finding.Packages.class).damaged().stream()
                .flatMap(distribution -> distribution.damage().stream())
                .toList();
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
        Finding.Drift.Some drift = finding(Finding.Drift.Some.class);
        assertThat(drift.brought())
                .extracting(each -> each.installerName() + " " + each.name() + " " + each.version())
                .containsExactly("pip anyio 3.0");
        assertThat(drift.removed()).containsExactly("anyio-4.9.0.dist-info");
        assertThat(drift.declared()).isTrue();
        var httpx = new Asker.Installed(new PackageName("httpx"), Version.parse("0.28.1"));
        Requirement anyio = Requirement.parse("anyio>=4");
        assertThat(finding(Finding.Requirements.class).faults())
                .containsExactly(
                        new RequirementFault.OtherVersion(httpx, anyio, Version.parse("3.0")));
        Trees.delete(bench.sitePackages().resolve("anyio-3.0.dist-info"));
        assertThat(finding(Finding.Requirements.class).faults())
                .containsExactly(new RequirementFault.Missing(httpx, anyio));
    }

    @Test
    void metadataIsReadAndComparedWithTheInterpreter() throws Exception {
        Path metadata = bench.sitePackages().resolve("anyio-4.9.0.dist-info/METADATA");
        var anyio = new Asker.Installed(new PackageName("anyio"), Version.parse("4.9.0"));
        Files.writeString(
                metadata,
                "Metadata-Version: 2.1\nName: anyio\nVersion: 4.9.0\nRequires-Python: <3\n");
        assertThat(finding(Finding.Requirements.class).faults())
                .containsExactly(
                        new RequirementFault.WrongPython(
                                anyio, SpecifierSet.parse("<3"), bench.interpreter().version()));
        Files.delete(metadata);
        assertThat(finding(Finding.Requirements.class).faults())
                .contains(new RequirementFault.UnreadableMetadata(anyio));
    }

    @Test
    void theLockIsComparedWithTheConstraints() throws Exception {
        Files.delete(bench.project().resolve("pyproject.toml"));
        Files.writeString(bench.project().resolve("requirements.txt"), "httpx\n-c limits.txt\n");
        Files.writeString(bench.project().resolve("limits.txt"), "anyio<9\nunheard-of==1\n");
        assertThat(lock()).isEqualTo(new Lock.Current("pylock.toml"));
        Files.writeString(bench.project().resolve("limits.txt"), "anyio<3\n");
        assertThat(lock())
                .isEqualTo(notCurrent("limits.txt:1 allows only anyio<3, 4.9.0 is locked"));
    }

    private Lock lock() throws EnvironmentException {
        return finding(Lock.class);
    }

    private static Lock notCurrent(String... unsettled) {
        return new Lock.NotCurrent("pylock.toml", List.of(unsettled), List.of());
    }

    @Test
    void theLockIsComparedWithTheProjectTheInterpreterAndWhatWasInstalled() throws Exception {
        Path lock = bench.project().resolve("pylock.toml");
        String current = Files.readString(lock);
        assertThat(lock()).isEqualTo(new Lock.Current("pylock.toml"));
        Files.writeString(
                lock,
                current.replaceFirst("sys_platform == (\\W+)linux", "sys_platform == $1win32"));
        assertThat(finding(Lock.Unusable.class).why())
                .startsWith("pylock.toml is for another interpreter: ");
        Files.writeString(lock, current.replace("4.9.0", "4.8.0"));
        assertThat(lock())
                .isEqualTo(
                        new Lock.NotCurrent(
                                "pylock.toml",
                                List.of(),
                                List.of(
                                        new Lock.Other(
                                                new PackageName("anyio"),
                                                Version.parse("4.8.0"),
                                                Version.parse("4.9.0")))));
        Files.writeString(lock, current + "x = = 1\n");
        assertThat(finding(Lock.Unreadable.class).why().text()).startsWith("pylock.toml:");
        Files.writeString(lock, current);
        bench.pyproject(
                "[project]\nname = 'shop'\nversion = '1'\ndependencies = [\n'httpx>1',\n'rich; python_version > \"3\"',\n]\n");
        assertThat(lock())
                .isEqualTo(
                        notCurrent(
                                "pyproject.toml:5 asks for httpx>1, 0.28.1 is locked",
                                "pyproject.toml:6 asks for rich, which is not locked"));
        Files.delete(lock);
        assertThat(lock()).isEqualTo(new Lock.Missing("pylock.toml", true));
        Files.delete(bench.project().resolve("pyproject.toml"));
        assertThat(lock()).isEqualTo(new Lock.Missing("pylock.toml", false));
    }

    @Test
    void aDamagedHistoryIsNoticedAndMended() throws Exception {
        Files.writeString(bench.dossier().history(), "no database".repeat(500));
        assertThat(finding(Finding.HistoryUnreadable.class).why().text())
                .startsWith("cannot check the history ");
        bench.done(bench.forced());
        assertThat(finding(Finding.Wheels.class).missing()).isEmpty();
    }

    @Test
    void wheelsThatTheStoreLacksAreNamed() throws Exception {
        Trees.delete(bench.store().directory());
        assertThat(finding(Finding.Wheels.class).missing())
                .contains("anyio-4.9.0-py3-none-any.whl", "httpx-0.28.1-py3-none-any.whl");
    }

    /** Where it lies in the environment. */
    private String site(String path) throws IOException {
        return bench.environment().root().relativize(bench.sitePackages().resolve(path)).toString();
    }

    private <F extends Finding> F finding(Class<F> kind) throws EnvironmentException {
        return findings().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
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
