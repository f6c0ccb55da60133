package dev.blast.environment.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.SampleInterpreter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VenvTest {
    @TempDir Path folder;

    private Interpreter interpreter;
    private Path venv;

    @BeforeEach
    void findAnInterpreter() throws IOException {
        interpreter = SampleInterpreter.real(folder.resolve("cache"));
        venv = folder.resolve("it's a place/.venv");
    }

    @AfterEach
    void remove() throws IOException {
        Trees.delete(folder.resolve("it's a place"));
        Trees.delete(folder.resolve("elsewhere"));
    }

    /** What a distribution's own Python looks for besides, as Debian's does, is its business. */
    @Test
    void pythonTakesItForAVenv() throws Exception {
        lay();
        String answers =
                """
                import site, sys, sysconfig
                print(sys.prefix)
                print(sys.base_prefix != sys.prefix)
                print(site.getsitepackages()[:1])
                print(sysconfig.get_path("purelib"), sysconfig.get_path("scripts"))
                """;
        String purelib = venv.resolve(interpreter.venvScheme().purelib()).toString();
        for (String name :
                new String[] {
                    "python",
                    "python3",
                    "python%d.%d"
                            .formatted(interpreter.version().major(), interpreter.version().minor())
                }) {
            assertThat(run(venv.resolve("bin").resolve(name).toString(), "-c", answers))
                    .isEqualTo(
                            "%s\nTrue\n[\"%s\"]\n%s %s/bin\n"
                                    .formatted(venv, purelib, purelib, venv));
        }
        assertThat(venv.resolve("lib64")).isSymbolicLink().isDirectory();
        assertThat(venv.resolve("include")).isDirectory();
    }

    @Test
    void notesWhatCPythonNotes() throws IOException {
        lay();
        assertThat(Files.readString(venv.resolve("pyvenv.cfg")))
                .isEqualTo(
                        """
                        home = %s
                        include-system-site-packages = false
                        version = %s
                        executable = %s
                        command = %s -m venv %s
                        prompt = 'shop'
                        blast = 1
                        """
                                .formatted(
                                        interpreter.executable().getParent(),
                                        interpreter.version(),
                                        interpreter.executable().toRealPath(),
                                        interpreter.executable(),
                                        venv));
    }

    @Test
    void tellsWhatStandsAtAPath() throws Exception {
        assertThat(Venv.inspect(venv)).isEqualTo(new VenvState.Absent());
        Files.createDirectories(venv.resolve(".blast"));
        assertThat(Venv.inspect(venv)).isEqualTo(new VenvState.Absent());
        lay();
        assertThat(Venv.inspect(venv))
                .isInstanceOfSatisfying(
                        VenvState.Usable.class,
                        usable -> {
                            assertThat(usable.maker()).isEqualTo("blast");
                            assertThat(usable.interpreter())
                                    .isEqualTo(real(interpreter.executable()));
                        });
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(Venv.inspect(file)).isEqualTo(new VenvState.Occupied("it is not a folder"));
        assertThat(Venv.inspect(folder)).isInstanceOf(VenvState.Occupied.class);
    }

    @Test
    void knowsAVenvOfCPython() throws Exception {
        run(interpreter.executable().toString(), "-m", "venv", "--without-pip", venv.toString());
        assertThat(Venv.inspect(venv))
                .isInstanceOfSatisfying(
                        VenvState.Usable.class,
                        usable -> assertThat(usable.maker()).isEqualTo("venv"));
    }

    @Test
    void noticesThatItWasMoved() throws IOException {
        lay();
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere")).resolve(".venv");
        Files.move(venv, elsewhere);
        assertThat(Venv.inspect(elsewhere))
                .isInstanceOfSatisfying(
                        VenvState.Moved.class, moved -> assertThat(moved.madeAt()).isEqualTo(venv));
        Files.writeString(elsewhere.resolve("pyvenv.cfg"), "home = /usr/bin\nuv = 0.9.0\n");
        Files.writeString(
                elsewhere.resolve("bin/activate"),
                "VIRTUAL_ENV='/srv/old/.venv'\nexport VIRTUAL_ENV\n");
        assertThat(Venv.inspect(elsewhere))
                .isInstanceOfSatisfying(
                        VenvState.Moved.class,
                        moved -> assertThat(moved.madeAt()).isEqualTo(Path.of("/srv/old/.venv")));
        Files.createSymbolicLink(venv, elsewhere);
        Files.writeString(
                elsewhere.resolve("pyvenv.cfg"),
                "home = /usr/bin\ncommand = /usr/bin/python3 -m venv " + venv + "\n");
        assertThat(Venv.inspect(elsewhere))
                .as("reached through a link")
                .isInstanceOf(VenvState.Usable.class);
    }

    @Test
    void noticesThatItsInterpreterIsGone() throws IOException {
        lay();
        Files.delete(venv.resolve("bin/python"));
        Files.createSymbolicLink(venv.resolve("bin/python"), folder.resolve("gone/python3"));
        assertThat(Venv.inspect(venv))
                .isInstanceOfSatisfying(
                        VenvState.Orphaned.class,
                        orphaned ->
                                assertThat(orphaned.interpreter())
                                        .isEqualTo(folder.resolve("gone/python3")));
    }

    private void lay() throws IOException {
        Files.createDirectories(venv);
        Laying.venv(venv, interpreter, "shop");
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
