package dev.blast.environment.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.SampleInterpreter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From wheels to files that a real interpreter of this machine imports, and back to nothing. */
class InstallTest {
    @TempDir Path folder;

    private Interpreter interpreter;
    private Path venv;
    private Path site;
    private Store store;

    @BeforeEach
    void makeAVenv() throws IOException {
        interpreter = SampleInterpreter.real(folder.resolve("cache"));
        venv = Files.createDirectories(folder.resolve("a place with spaces/.venv"));
        site = venv.resolve(interpreter.venvScheme().purelib());
        store = new Store(folder.resolve("store"));
        Laying.venv(venv, interpreter, "shop");
    }

    /** Else JUnit would warn of each link to the interpreter. */
    @AfterEach
    void removeTheVenv() throws IOException {
        Trees.delete(venv);
    }

    @Test
    void pythonImportsAndRunsWhatWasInstalled() throws Exception {
        install(demo());
        assertThat(run("bin/python", "-c", "import demo; print(demo.VALUE)")).isEqualTo("42\n");
        assertThat(run("bin/demo")).isEqualTo("demo 42\n");
        assertThat(run("bin/demo-script")).isEqualTo(venv + "/bin/python\n");
        assertThat(
                        run(
                                "bin/python",
                                "-c",
                                "import importlib.metadata as m; print(m.version('demo'), m.distribution('demo').read_text('INSTALLER'))"))
                .isEqualTo("1.0 blast\n\n");
    }

    @Test
    void pipComesFromTheInterpretersOwnBundleAndAgrees() throws Exception {
        for (Path wheel : interpreter.bundledWheels()) {
            install(wheel);
        }
        install(demo());
        assertThat(run("bin/python", "-m", "pip", "check"))
                .isEqualTo("No broken requirements found.\n");
        assertThat(run("bin/pip", "--version")).contains(venv.toString());
        assertThat(run("bin/python", "-m", "pip", "uninstall", "-y", "demo"))
                .contains("Successfully uninstalled demo-1.0");
        assertThat(site.resolve("demo")).doesNotExist();
    }

    @Test
    void linksWhatIsTheSameAndWritesWhatIsNot() throws IOException {
        install(demo());
        assertThat(Files.getAttribute(site.resolve("demo/__init__.py"), "unix:nlink")).isEqualTo(2);
        assertThat(Files.getAttribute(site.resolve("demo-1.0.dist-info/RECORD"), "unix:nlink"))
                .isEqualTo(1);
        assertThat(Files.getAttribute(venv.resolve("bin/demo-script"), "unix:nlink")).isEqualTo(1);
        assertThat(venv.resolve("bin/demo")).isExecutable();
    }

    @Test
    void copiesWhereLinksAreImpossible() throws IOException {
        Path memory = Path.of("/dev/shm");
        if (!Files.isWritable(memory)
                || Files.getFileStore(memory).equals(Files.getFileStore(folder))) {
            return; // one filesystem only: nothing to see here
        }
        Path elsewhere = Files.createTempDirectory(memory, "blast-test");
        try {
            StoredWheel wheel = store.add(demo());
            Laying.stage(
                    List.of(new InstallPlanner(interpreter, venv).plan(wheel, false, null)),
                    elsewhere,
                    store);
            Path copy =
                    elsewhere
                            .resolve(interpreter.venvScheme().purelib())
                            .resolve("demo/__init__.py");
            assertThat(copy).hasSameBinaryContentAs(wheel.tree().resolve("demo/__init__.py"));
            assertThat(Files.getLastModifiedTime(copy))
                    .isEqualTo(Files.getLastModifiedTime(wheel.tree().resolve("demo/__init__.py")));
            assertThat(Files.isWritable(elsewhere)).isTrue();
        } finally {
            Trees.delete(elsewhere);
        }
    }

    @Test
    void makesASharedFileOnceAndStopsAtAStrangeOne() throws IOException {
        InstallPlan one =
                plan(new WheelBuilder("one", "1.0").file("shared/__init__.py", "").write(folder));
        InstallPlan two =
                plan(new WheelBuilder("two", "1.0").file("shared/__init__.py", "").write(folder));
        Laying.stage(List.of(one, two), venv, store);
        assertThat(site.resolve("shared/__init__.py")).exists();
        assertThatThrownBy(() -> Laying.stage(List.of(one), venv, store))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void uninstallingTakesAwayAllThatCame() throws IOException {
        Map<String, String> before = tree();
        install(demo());
        var planned =
                (Uninstall.Planned)
                        Uninstall.plan(InstalledDistributions.scan(site).getFirst(), venv);
        assertThat(planned.plan().leftAlone()).isEmpty();
        for (String path : planned.plan().files()) {
            if (Files.isDirectory(venv.resolve(path))) {
                Trees.delete(venv.resolve(path));
            } else {
                Files.delete(venv.resolve(path));
            }
        }
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void uninstallingNeverReachesBeyondTheEnvironment() throws IOException {
        install(demo());
        Path record = site.resolve("demo-1.0.dist-info/RECORD");
        Files.writeString(
                record,
                "../../../../../victim,,\n/etc/passwd,,\n../../../pyvenv.cfg,,\n../../../bin/python,,\n../../../.blast/state.db,,\n../../..,,\n",
                StandardOpenOption.APPEND);
        var planned =
                (Uninstall.Planned)
                        Uninstall.plan(InstalledDistributions.scan(site).getFirst(), venv);
        assertThat(planned.plan().leftAlone())
                .containsExactlyInAnyOrder(
                        "../../../../../victim",
                        "/etc/passwd",
                        "../../../pyvenv.cfg",
                        "../../../bin/python",
                        "../../../.blast/state.db",
                        "../../..");
        String lib = interpreter.venvScheme().purelib();
        assertThat(planned.plan().files())
                .containsExactly(
                        "bin/demo",
                        "bin/demo-script",
                        lib + "/demo-1.0.dist-info",
                        lib + "/demo/__init__.py",
                        lib + "/demo/data/text.txt");
    }

    @Test
    void withoutRecordNothingIsUninstalled() throws IOException {
        install(demo());
        Files.delete(site.resolve("demo-1.0.dist-info/RECORD"));
        assertThat(Uninstall.plan(InstalledDistributions.scan(site).getFirst(), venv))
                .isInstanceOfSatisfying(
                        Uninstall.Refused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isEqualTo(
                                                "demo 1.0 has no RECORD, so which files are its own is not known; "
                                                        + "it was installed by blast, which may be able to remove it"));
        Files.writeString(site.resolve("demo-1.0.dist-info/RECORD"), "\"demo");
        assertThat(Uninstall.plan(InstalledDistributions.scan(site).getFirst(), venv))
                .isInstanceOf(Uninstall.Refused.class);
    }

    @Test
    void scansWhatIsInstalled() throws IOException {
        Laying.stage(
                List.of(new InstallPlanner(interpreter, venv).plan(store.add(demo()), true, "{}")),
                venv,
                store);
        Files.writeString(
                Files.createDirectories(site.resolve("Odd.Name-2.dist-info")).resolve("METADATA"),
                "Metadata-Version: 2.1\nName: odd-name\nVersion: 2\n");
        Files.createDirectories(site.resolve("~emo-0.9.dist-info"));
        Files.createDirectories(site.resolve("nonsense.dist-info"));
        Files.writeString(site.resolve("file-1.0.dist-info"), "");
        assertThat(InstalledDistributions.scan(site))
                .satisfiesExactly(
                        demo -> {
                            assertThat(demo.name()).hasToString("demo");
                            assertThat(demo.version()).hasToString("1.0");
                            assertThat(demo.installer()).contains("blast");
                            assertThat(demo.requested()).isTrue();
                            assertThat(demo.hasRecord()).isTrue();
                            assertThat(demo.directUrl()).contains("{}");
                        },
                        odd -> {
                            assertThat(odd.name()).hasToString("odd-name");
                            assertThat(odd.hasRecord()).isFalse();
                            assertThat(odd.installer()).isEmpty();
                        });
        assertThat(InstalledDistributions.scan(folder.resolve("nowhere"))).isEmpty();
    }

    @Test
    void checkFindsWhatIsMissingChangedAndAdded() throws IOException {
        install(demo());
        String lib = interpreter.venvScheme().purelib();
        assertThat(findings(RecordCheck.Depth.QUICK)).isEmpty();
        assertThat(findings(RecordCheck.Depth.DEEP)).isEmpty();
        Files.createDirectories(site.resolve("demo/__pycache__"));
        Files.writeString(site.resolve("demo/__pycache__/__init__.cpython-312.pyc"), "bytecode");
        Files.writeString(site.resolve("demo/extra.py"), "");
        Files.writeString(site.resolve("stray.pth"), "");
        Files.delete(venv.resolve("bin/demo"));
        rewrite(site.resolve("demo/data/text.txt"), "TEXT\n", Instant.now().plusSeconds(5));
        assertThat(findings(RecordCheck.Depth.QUICK))
                .containsExactly(
                        "Missing bin/demo",
                        "Changed " + lib + "/demo/data/text.txt",
                        "Added " + lib + "/demo/extra.py");
        assertThat(report(RecordCheck.Depth.QUICK).unowned()).containsExactly(lib + "/stray.pth");

        rewrite(site.resolve("demo/data/text.txt"), "text\n", Instant.now().plusSeconds(5));
        assertThat(findings(RecordCheck.Depth.QUICK))
                .doesNotContain("Changed " + lib + "/demo/data/text.txt");
        rewrite(site.resolve("demo/data/text.txt"), "TEXT\n", Instant.now().minusSeconds(3600));
        assertThat(findings(RecordCheck.Depth.QUICK))
                .doesNotContain("Changed " + lib + "/demo/data/text.txt");
        assertThat(findings(RecordCheck.Depth.DEEP))
                .contains("Changed " + lib + "/demo/data/text.txt");
    }

    @Test
    void anEditThroughALinkIsFoundInTheStore() throws IOException {
        StoredWheel wheel = store.add(demo());
        install(demo());
        Path module = site.resolve("demo/data/text.txt");
        assertThat(module.toFile().setWritable(true)).isTrue();
        Files.writeString(module, "TEXT\n");
        Files.setLastModifiedTime(module, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(store.holds(wheel.sha256())).isFalse();
    }

    /** Whatever umask filled the store: what is laid out has the permissions of who lays it out. */
    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwx------", "rwxrwxrwx"})
    void filesFollowTheUmaskOfWhoMakesTheEnvironment(String mode) throws IOException {
        for (String stored : List.of("r--r--r--", "r--------")) {
            InstallPlan plan = plan(demo());
            Path module =
                    store.find(store.add(demo()).sha256())
                            .orElseThrow()
                            .tree()
                            .resolve("demo/__init__.py");
            Files.setPosixFilePermissions(module, PosixFilePermissions.fromString(stored));
            Path laid = Files.createDirectory(folder.resolve("laid" + stored));
            Files.setPosixFilePermissions(laid, PosixFilePermissions.fromString(mode));
            Laying.stage(List.of(plan), laid, store);
            Path file =
                    laid.resolve(interpreter.venvScheme().purelib()).resolve("demo/__init__.py");
            String expected = mode.equals("rwx------") ? "r--------" : "r--r--r--";
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo(expected);
            assertThat(
                            Files.getAttribute(file, "unix:ino")
                                    .equals(Files.getAttribute(module, "unix:ino")))
                    .isEqualTo(stored.equals(expected));
        }
    }

    private static void rewrite(Path file, String text, Instant modified) throws IOException {
        Files.delete(file); // or the store would change with it
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(modified));
    }

    private List<String> findings(RecordCheck.Depth depth) throws IOException {
        List<String> findings = new ArrayList<>();
        for (RecordFindings distribution : report(depth).distributions()) {
            distribution
                    .findings()
                    .forEach(f -> findings.add(f.getClass().getSimpleName() + " " + f.path()));
        }
        return findings;
    }

    private RecordCheck.Report report(RecordCheck.Depth depth) throws IOException {
        return RecordCheck.check(venv, site, InstalledDistributions.scan(site), depth);
    }

    private Path demo() throws IOException {
        return WheelBuilder.demo()
                .file(
                        "demo-1.0.data/scripts/demo-script",
                        "#!python\nimport sys\nprint(sys.executable)\n")
                .write(folder);
    }

    private InstallPlan plan(Path wheel) throws IOException {
        return new InstallPlanner(interpreter, venv).plan(store.add(wheel), false, null);
    }

    private void install(Path wheel) throws IOException {
        Laying.stage(List.of(plan(wheel)), venv, store);
    }

    private Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(venv)) {
            for (Path path :
                    paths.filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS)).toList()) {
                tree.put(
                        venv.relativize(path).toString(),
                        Files.readString(path, StandardCharsets.ISO_8859_1));
            }
        }
        return tree;
    }

    private String run(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(venv.resolve(program).toString()));
        command.addAll(List.of(arguments));
        var builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("PIP_DISABLE_PIP_VERSION_CHECK", "1");
        builder.environment().remove("PYTHONPATH");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
