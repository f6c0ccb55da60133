package dev.blast.environment.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.Trees;
import dev.blast.environment.health.Finding;
import dev.blast.environment.health.HealthCheck;
import dev.blast.environment.install.RecordCheck;
import dev.blast.environment.project.Project;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was taken away is put back by the next sync, and what is nobody's word to remove stays. */
class RobbedTest {
    @TempDir Path folder;
    private SyncBench bench;

    @BeforeEach
    void setUp() throws Exception {
        bench = new SyncBench(folder);
        bench.index().module("httpx", "0.28.1");
    }

    @AfterEach
    void tearDown() throws Exception {
        Trees.delete(bench.environment().root());
    }

    private void ordinary() throws Exception {
        bench.pyproject("[project]\nname = 'shop'\nversion = '1'\ndependencies = ['httpx']\n");
        bench.done(SyncOptions.of("blast start"));
    }

    /** A folder without a project file, and a package that pip brought. */
    private void undeclared() throws Exception {
        bench.done(SyncOptions.of("blast start"));
        Trees.write(
                bench.sitePackages(),
                Map.of(
                        "ipdb/__init__.py", "",
                        "ipdb-0.13.dist-info/METADATA",
                                "Metadata-Version: 2.1\nName: ipdb\nVersion: 0.13\n",
                        "ipdb-0.13.dist-info/INSTALLER", "pip\n"));
    }

    private void take(String what) throws Exception {
        Path taken = bench.environment().root().resolve(what.replace("SITE", site()));
        if (Files.isDirectory(taken) && !Files.isSymbolicLink(taken)) {
            Trees.delete(taken);
        } else {
            Files.delete(taken);
        }
    }

    private String site() throws Exception {
        return bench.environment().root().relativize(bench.sitePackages()).toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pyvenv.cfg",
                ".gitignore",
                "lib64",
                "bin",
                "bin/python",
                "bin/python3",
                "bin/activate",
                "bin/activate.csh",
                "bin/activate.fish",
                "bin/Activate.ps1",
                "SITE",
                "SITE/httpx",
                "lib",
                ".blast",
            })
    void itIsPutBack(String what) throws Exception {
        ordinary();
        take(what);
        bench.done(SyncOptions.of("blast sync"));
        assertThat(bench.run(SyncOptions.of("blast sync"))).isInstanceOf(SyncResult.UpToDate.class);
        assertThat(bench.python("import httpx; print(httpx.VERSION)")).isEqualTo("0.28.1");
        assertThat(
                        new HealthCheck(
                                        Project.at(bench.project()),
                                        bench.dossier(),
                                        bench.store(),
                                        RecordCheck.Depth.DEEP)
                                .run(bench.interpreter()))
                .extracting(Finding::level)
                .containsOnly(Finding.Level.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pyvenv.cfg", "lib64", "bin", "bin/python"})
    void nothingOfSomebodyElsesIsLost(String what) throws Exception {
        undeclared();
        take(what);
        bench.done(SyncOptions.of("blast start"));
        assertThat(bench.python("import ipdb; print('there')")).isEqualTo("there");
    }

    @Test
    void aPyvenvCfgThatPythonCannotReadIsNone() throws Exception {
        ordinary();
        Path configuration = bench.environment().root().resolve("pyvenv.cfg");
        for (byte[] bytes : new byte[][] {{}, "home".getBytes(StandardCharsets.UTF_8), {-23}}) {
            Files.write(configuration, bytes);
            bench.done(SyncOptions.of("blast sync"));
            assertThat(bench.python("import httpx; print(httpx.VERSION)")).isEqualTo("0.28.1");
        }
    }

    @Test
    void whereNothingIsKnownOfIt() throws Exception {
        undeclared();
        take("pyvenv.cfg");
        take(".blast");
        assertThatThrownBy(() -> bench.run(SyncOptions.of("blast start")))
                .hasMessageContaining("is not an environment: it has no pyvenv.cfg");
        assertThat(bench.sitePackages().resolve("ipdb")).exists();
    }

    @Test
    void aLockAloneSaysWhatIsWanted() throws Exception {
        ordinary();
        Trees.delete(bench.environment().root());
        Files.delete(bench.project().resolve("pyproject.toml"));
        bench.done(SyncOptions.of("blast start"));
        assertThat(bench.python("import httpx; print(httpx.VERSION)")).isEqualTo("0.28.1");
    }

    @Test
    void aProgramInNoRecordIsNamed() throws Exception {
        ordinary();
        Files.writeString(bench.environment().root().resolve("bin/git"), "#!/bin/sh\n");
        assertThat(
                        new HealthCheck(
                                        Project.at(bench.project()),
                                        bench.dossier(),
                                        bench.store(),
                                        RecordCheck.Depth.DEEP)
                                .run(bench.interpreter()))
                .contains(new Finding.Strangers(List.of(), List.of("bin/git")));
    }
}
