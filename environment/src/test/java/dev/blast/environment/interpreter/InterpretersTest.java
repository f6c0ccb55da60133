package dev.blast.environment.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Tag;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Interpreters that are shell scripts: each answers as a Python of some version would, and notes
 * that it was asked.
 */
class InterpretersTest {
    @TempDir Path folder;

    private Path home;
    private Path first;
    private Path second;
    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void prepare() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        first = Files.createDirectories(folder.resolve("first"));
        second = Files.createDirectories(folder.resolve("second"));
        variables.put("PATH", first + ":relative:" + second);
    }

    @Test
    void takesTheFirstOnPathThatFits() throws IOException {
        python(first.resolve("python3"), "3.9.2");
        Path wanted = python(first.resolve("python3.11"), "3.11.4");
        python(second.resolve("python3"), "3.12.1");
        InterpreterSearch.Found found = found(">=3.11");
        assertThat(found.interpreter().executable()).isEqualTo(wanted);
        assertThat(found.passedOver())
                .containsExactly(
                        new PassedInterpreter(first.resolve("python3"), "is 3.9.2, not >=3.11"));
    }

    @Test
    void prefersAFoldersOwnChoiceToItsNewest() throws IOException {
        python(first.resolve("python3.13"), "3.13.0");
        python(first.resolve("python"), "3.10.0");
        Path choice = python(first.resolve("python3"), "3.11.0");
        assertThat(found("3").interpreter().executable()).isEqualTo(choice);
    }

    @Test
    void looksIntoPyenvsFolderNewestFirst() throws IOException {
        python(pyenv("3.9.18"), "3.9.18");
        python(pyenv("3.10.13"), "3.10.13");
        python(pyenv("3.12.0rc1"), "3.12.0rc1");
        Path newest = python(pyenv("3.11.7"), "3.11.7");
        assertThat(found("cpython>=3.10,<3.13").interpreter().executable()).isEqualTo(newest);
        assertThat(found("3.12").interpreter().version()).hasToString("3.12.0rc1");
    }

    @Test
    void decidesForAShimAsPyenvDoes() throws IOException {
        python(pyenv("3.9.18"), "3.9.18");
        python(pyenv("3.11.7"), "3.11.7");
        Path shims = Files.createDirectories(home.resolve(".pyenv/shims"));
        script(shims.resolve("python3"), "echo started >> '" + folder + "/shim'; exit 1");
        variables.put("PATH", shims.toString());
        Files.writeString(home.resolve(".pyenv/version"), "3.9.18\n");
        assertThat(found(">=3.8").interpreter().version()).hasToString("3.9.18");
        Files.writeString(folder.resolve(".python-version"), "# ours\n3.11\n");
        assertThat(found(">=3.8").interpreter().version()).hasToString("3.11.7");
        variables.put("PYENV_VERSION", "3.9.18");
        assertThat(found(">=3.8").interpreter().version()).hasToString("3.9.18");
        assertThat(folder.resolve("shim")).doesNotExist();
    }

    @Test
    void goesFromAVenvToItsBase() throws IOException {
        Path base = python(second.resolve("python3"), "3.11.7");
        Path venv = Files.createDirectories(folder.resolve("venv/bin"));
        Files.createSymbolicLink(venv.resolve("python3"), base);
        Files.writeString(folder.resolve("venv/pyvenv.cfg"), "home = " + second + "\n");
        variables.put("PATH", venv + ":" + second);
        assertThat(found("3.11").interpreter().executable()).isEqualTo(base);
        InterpreterSearch atVenv =
                interpreters().find(new InterpreterRequest.At(folder.resolve("venv")));
        assertThat(atVenv)
                .isInstanceOfSatisfying(
                        InterpreterSearch.Found.class,
                        f -> assertThat(f.interpreter().executable()).isEqualTo(base));
    }

    @Test
    void passesOverWhatDoesNotWork() throws IOException {
        script(
                first.resolve("python"),
                "echo 'libpython3.so: cannot open shared object file' >&2; exit 127");
        script(first.resolve("python3"), "echo hello");
        Files.createSymbolicLink(first.resolve("python3.8"), folder.resolve("gone"));
        script(first.resolve("python3.7"), "sleep 0"); // answers nothing
        Path works = python(second.resolve("python3"), "3.12.1");
        InterpreterSearch.Found found = found("3.12");
        assertThat(found.interpreter().executable()).isEqualTo(works);
        assertThat(found.passedOver())
                .extracting(PassedInterpreter::why)
                .satisfiesExactly(
                        why -> assertThat(why).startsWith("does not answer like an interpreter: "),
                        why ->
                                assertThat(why)
                                        .isEqualTo(
                                                "exit code 127: libpython3.so: cannot open shared object file"),
                        why -> assertThat(why).startsWith("does not answer like an interpreter: "));
    }

    @Test
    void asksOnceUntilTheFileChanges() throws IOException {
        Path python = python(first.resolve("python3"), "3.11.7");
        for (int i = 0; i < 3; i++) {
            assertThat(found("3.11").interpreter().version()).hasToString("3.11.7");
        }
        assertThat(Files.readAllLines(folder.resolve("asked"))).hasSize(1);
        Files.delete(python);
        python(python, "3.11.10");
        assertThat(found("3.11").interpreter().version()).hasToString("3.11.10");
        assertThat(Files.readAllLines(folder.resolve("asked"))).hasSize(2);
    }

    @Test
    void aCacheThatCannotBeWrittenOrReadCostsOnlyTime() throws IOException {
        python(first.resolve("python3"), "3.11.7");
        Path cache =
                Files.writeString(folder.resolve("cache"), "a file where the folder should be");
        assertThat(
                        new Interpreters(variables, home, cache, List::of, folder)
                                .find(InterpreterRequest.parse("3.11")))
                .isInstanceOf(InterpreterSearch.Found.class);
    }

    @Test
    void saysWhatWasFoundWhereNothingFits() throws IOException {
        python(first.resolve("python3"), "3.9.2");
        Path only = folder.resolve("only");
        InterpreterSearch search =
                interpreters().find(InterpreterRequest.fitting(SpecifierSet.parse(">=99")));
        assertThat(search).isInstanceOf(InterpreterSearch.NotFound.class);
        assertThat(
                        ((InterpreterSearch.NotFound) search)
                                .message()
                                .text()
                                .replace(first.toString(), "FIRST"))
                .startsWith(
                        "no interpreter here is Python >=99 (requires-python)\n  FIRST/python3  is 3.9.2, not >=99\n")
                .endsWith("\nInstall one, or name one with --python PATH.");
        assertThat(interpreters().find(new InterpreterRequest.At(only)))
                .isEqualTo(
                        new InterpreterSearch.NotFound(
                                new InterpreterRequest.At(only),
                                List.of(new PassedInterpreter(only, "is not there"))));
    }

    @Test
    void doesNotStartAPythonWhoseDescriptionDoesNotFit() throws IOException {
        script(first.resolve("bin/python3"), "echo started >> '" + folder + "/asked'; exit 1");
        Path details =
                Files.createDirectories(first.resolve("lib/python3.14"))
                        .resolve("build-details.json");
        Files.writeString(
                details,
                """
                {"schema_version": "1.0", "language": {"version": "3.14", "version_info":
                 {"major": 3, "minor": 14, "micro": 2, "releaselevel": "final", "serial": 0}}, "implementation": {"name": "cpython"}}
                """);
        python(second.resolve("python3"), "3.12.1");
        variables.put("PATH", first.resolve("bin") + ":" + second);
        assertThat(found("3.12").passedOver())
                .containsExactly(
                        new PassedInterpreter(
                                first.resolve("bin/python3"), "is 3.14.2, not ==3.12.*"));
        assertThat(Files.readAllLines(folder.resolve("asked"))).containsExactly("3.12.1");
    }

    @Test
    void readsWhatAnInterpreterSays() {
        Interpreter interpreter = SampleInterpreter.of("3.11.7");
        assertThat(interpreter.venvScheme())
                .isEqualTo(
                        new Scheme(
                                "lib/python3.11/site-packages",
                                "lib/python3.11/site-packages",
                                "bin",
                                "include/site/python3.11"));
        assertThat(interpreter.tags().tags())
                .map(Tag::toString)
                .contains("cp311-cp311-manylinux_2_36_x86_64");
        assertThat(interpreter.bundledWheels())
                .containsExactly(
                        Path.of("/opt/b/pip-23.2-py3-none-any.whl"),
                        Path.of("/opt/b/setuptools-65.5.0-py3-none-any.whl"));
        assertThat(SampleInterpreter.of("3.12.0").bundledWheels())
                .containsExactly(Path.of("/opt/b/pip-23.2-py3-none-any.whl"));
    }

    @Test
    void findsTheInterpretersOfThisMachine() {
        Interpreter real = SampleInterpreter.real(folder.resolve("cache"));
        assertThat(real.executable()).isExecutable();
        assertThat(real.standardLibrary().resolve("os.py")).exists();
        assertThat(real.markers().osName()).isEqualTo("posix");
        assertThat(real.tags().tags()).hasSizeGreaterThan(10);
    }

    @Test
    void aProgramOfTheProjectIsNotStartedUnasked() throws IOException {
        Path project = folder.resolve("project");
        Path python = python(project.resolve("tools/python3"), "3.12.1");
        Path link =
                Files.createSymbolicLink(
                        Files.createDirectories(folder.resolve("bin")).resolve("python3"), python);
        Interpreters careful = interpreters().startingNothingIn(project);
        for (Path path : List.of(python, link)) {
            assertThat(careful.find(new InterpreterRequest.At(path)))
                    .isInstanceOfSatisfying(
                            InterpreterSearch.NotFound.class,
                            notFound ->
                                    assertThat(notFound.message().text())
                                            .contains(
                                                    "lies in the project "
                                                            + project
                                                            + ", whose programs are not started unasked"));
        }
        assertThat(folder.resolve("asked")).doesNotExist();

        assertThat(careful.findNamed(new InterpreterRequest.At(python)))
                .isInstanceOf(InterpreterSearch.Found.class);
        assertThat(careful.find(new InterpreterRequest.At(python)))
                .as("a person has named it before")
                .isInstanceOf(InterpreterSearch.Found.class);
        assertThat(Files.readAllLines(folder.resolve("asked"))).hasSize(1);
    }

    @Test
    void aFoldersWordStartsNothingThatNobodyNamed() throws IOException {
        Path project = Files.createDirectories(folder.resolve("repo/app"));
        Files.createDirectories(folder.resolve("repo/.git"));
        Path evil = python(folder.resolve("repo/evil/python3"), "3.12.1");
        Path elsewhere = python(folder.resolve("else/python3"), "3.12.1");
        Path linked = Files.createSymbolicLink(second.resolve("python3"), evil);
        Path venv = Files.createDirectories(project.resolve(".venv/bin"));
        Files.createSymbolicLink(venv.resolve("python3"), elsewhere);
        Files.writeString(project.resolve(".venv/pyvenv.cfg"), "home = " + elsewhere.getParent());
        variables.put("PATH", venv + ":" + evil.getParent() + ":" + second);
        Interpreters careful = interpreters().startingNothingIn(project);
        for (Path path : List.of(evil, elsewhere, linked, venv.resolve("python3"))) {
            assertThat(careful.find(new InterpreterRequest.At(path)))
                    .as(path.toString())
                    .isInstanceOf(InterpreterSearch.NotFound.class);
        }
        assertThat(careful.findNamed(new InterpreterRequest.At(venv.resolve("python3"))))
                .as("the environment is named, what it names is not")
                .isInstanceOf(InterpreterSearch.NotFound.class);
        careful.find(InterpreterRequest.parse(">=3.8"));
        assertThat(folder.resolve("asked")).doesNotExist();
        assertThat(interpreters().find(new InterpreterRequest.At(elsewhere)))
                .isInstanceOfSatisfying(
                        InterpreterSearch.NotFound.class,
                        n ->
                                assertThat(n.message().text())
                                        .contains("nobody has named it; --python " + elsewhere));
    }

    @Test
    void whatProgramsOfAnotherProjectMayWriteIsNotStarted() throws IOException {
        python(first.resolve("python3"), "3.12.1");
        var careful =
                new Interpreters(
                        variables, home, folder.resolve("answers"), () -> List.of(first), folder);
        careful.find(InterpreterRequest.parse(">=3.8"));
        assertThat(folder.resolve("asked")).doesNotExist();
    }

    /** Each way of leading to a program that somebody else could have put there. */
    @ParameterizedTest
    @CsvSource({
        "o+w BIN, anybody's to change: all may write",
        "o+w ABOVE, anybody's to change: all may write",
        "o+w FILE, anybody's to change: all may write",
        "o+w LIB, anybody's to change: all may write",
        "g+w BIN, others' to change: group 4243 may write",
        "u BIN, another user's to change: ",
        "u FILE, another user's to change: ",
        "u LINK, another user's to change: ",
        "sandbox BIN, where programs in sandboxes could write: rules let them write ",
        "sandbox ABOVE, where programs in sandboxes could write: rules let them write ",
        "sandbox FILE, where programs in sandboxes could write: rules let them write ",
        "sandbox STDLIB, where programs in sandboxes could write: rules let them write "
    })
    void whatOthersCouldHaveChangedIsNotStarted(String exposed, String why) throws IOException {
        Path above = Files.createDirectory(folder.resolve("tools"));
        Path python = python(above.resolve("py/bin/python3"), "3.12.1");
        Path standard = Files.createDirectories(above.resolve("py/lib/python3.12"));
        Path link = Files.createSymbolicLink(second.resolve("python3"), python);
        Path place =
                switch (exposed.replaceFirst(".* ", "")) {
                    case "BIN" -> python.getParent();
                    case "ABOVE" -> above;
                    case "FILE" -> python;
                    case "LIB" -> standard.getParent();
                    case "STDLIB" -> standard;
                    default -> link;
                };
        List<Path> sandboxes = exposed.startsWith("sandbox") ? List.of(place) : List.of();
        if (!exposed.startsWith("sandbox")) {
            assumeTrue(exposed.startsWith("o") || Processes.own() == 0, "needs root to give away");
            if (exposed.startsWith("u")) {
                Files.setAttribute(place, "unix:uid", 4242, LinkOption.NOFOLLOW_LINKS);
            } else {
                Files.setAttribute(place, "unix:mode", exposed.startsWith("o") ? 0757 : 0775);
                if (exposed.startsWith("g")) {
                    Files.setAttribute(place, "unix:gid", 4243);
                }
            }
        }
        variables.put("PATH", second.toString());
        var careful =
                new Interpreters(
                        variables, home, folder.resolve("answers"), () -> sandboxes, folder);
        assertThat(careful.find(new InterpreterRequest.At(link)))
                .isInstanceOfSatisfying(
                        InterpreterSearch.NotFound.class,
                        notFound ->
                                assertThat(notFound.message().text())
                                        .contains(why)
                                        .contains("nobody has named it; --python " + link));
        careful.find(InterpreterRequest.parse(">=3.8"));
        assertThat(careful.believes(link)).isFalse();
        assertThat(folder.resolve("asked")).doesNotExist();

        assertThat(careful.findNamed(new InterpreterRequest.At(link)))
                .as("a person's word")
                .isInstanceOf(InterpreterSearch.Found.class);
        assertThat(careful.believes(link)).as("and remembered").isTrue();
        assertThat(careful.startable(link)).as("but no program runs again").doesNotContain(link);
    }

    @Test
    void anOrdinaryOneIsStartedForOtherQuestionsToo() throws IOException {
        Path named = python(folder.resolve("else/python3"), "3.12.1");
        Path onPath = python(second.resolve("python3"), "3.11.1");
        assertThat(interpreters().believes(onPath)).isTrue();
        assertThat(interpreters().believes(named)).isFalse();
        assertThat(interpreters().startable(named)).startsWith(named, onPath);
        assertThat(folder.resolve("asked")).as("looking starts nothing").doesNotExist();
    }

    @Test
    void aShimIsNotToldOfTheFolderItIsAskedIn() throws IOException {
        script(
                first.resolve("python3"),
                "pwd >'%s/where'; echo $PWD >>'%s/where'; exit 1".formatted(folder, folder));
        interpreters().find(InterpreterRequest.parse("3"));
        assertThat(folder.resolve("where")).hasContent("/\n/\n");
    }

    /** What never ends, or ends and leaves somebody behind who holds its streams. */
    @ParameterizedTest
    @ValueSource(strings = {"exec yes", "sleep 60 & echo x", "head -c 300000000 /dev/zero"})
    @Timeout(30)
    void anAnswerIsReadAsFarAsOneCanBe(String program) throws IOException {
        script(first.resolve("python3"), program);
        Path works = python(second.resolve("python3"), "3.12.1");
        assertThat(found("3.12").interpreter().executable()).isEqualTo(works);
    }

    @Test
    void whatAFolderSaysAtLengthIsNotRead() throws IOException {
        Path base = python(second.resolve("python3"), "3.11.7");
        Path venv = Files.createDirectories(folder.resolve("venv/bin"));
        Files.createSymbolicLink(venv.resolve("python3"), base);
        Path configuration =
                Files.writeString(folder.resolve("venv/pyvenv.cfg"), "home = " + second + "\n");
        try (var file = new RandomAccessFile(configuration.toFile(), "rw")) {
            file.setLength(8L << 30);
        }
        Path details = Files.createDirectories(second.resolveSibling("lib/python3.14"));
        try (var file =
                new RandomAccessFile(details.resolve("build-details.json").toFile(), "rw")) {
            file.setLength(8L << 30);
        }
        assertThat(interpreters().find(new InterpreterRequest.At(venv.resolve("python3"))))
                .isInstanceOf(InterpreterSearch.Found.class);
        assertThat(found("3.11").interpreter().executable()).isEqualTo(base);
    }

    @Test
    void anAnswerOutlivesTheKernelThatItWasGivenUnder() throws IOException {
        python(first.resolve("python3"), "3.12.1");
        String running = Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip();
        for (int i = 0; i < 2; i++) {
            assertThat(found("3").interpreter().markers().platformRelease()).isEqualTo(running);
        }
    }

    @Test
    void whatIsKnownIsTheFileAndNotItsName() throws IOException {
        Path python = python(folder.resolve("else/python3"), "3.12.1");
        var at = new InterpreterRequest.At(python);
        assertThat(interpreters().findNamed(at)).isInstanceOf(InterpreterSearch.Found.class);
        var time = Files.getLastModifiedTime(python);
        Path other = python(folder.resolve("else/other"), "3.12.2");
        Files.setLastModifiedTime(other, time);
        Files.move(other, python, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(interpreters().find(at)).isInstanceOf(InterpreterSearch.NotFound.class);
    }

    @Test
    void answersThatOthersCouldWriteAreNotBelieved() throws IOException {
        Path python = python(folder.resolve("else/python3"), "3.12.1");
        var at = new InterpreterRequest.At(python);
        interpreters().findNamed(at);
        assertThat(interpreters().find(at)).isInstanceOf(InterpreterSearch.Found.class);
        Files.setPosixFilePermissions(
                folder.resolve("answers"),
                java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(interpreters().find(at)).isInstanceOf(InterpreterSearch.NotFound.class);
    }

    @Test
    void anInterpreterBehindALinkedFolderIsKnownByThePlaceItIsInstalledIn() throws IOException {
        Path real = folder.resolve("python-3.12/bin/python3");
        Files.createDirectories(real.getParent());
        Path link =
                Files.createSymbolicLink(folder.resolve("python"), folder.resolve("python-3.12"));
        String answer =
                SampleInterpreter.answer("3.12.1")
                        .replace("/opt/python/bin/python3", link + "/bin/python3")
                        .replace("\"/opt/python\"", "\"" + link + "\"");
        script(real, "cat <<'END'\n" + answer + "END");
        assertThat(interpreters().findNamed(new InterpreterRequest.At(link.resolve("bin/python3"))))
                .isInstanceOfSatisfying(
                        InterpreterSearch.Found.class,
                        found -> {
                            assertThat(found.interpreter().executable()).isEqualTo(real);
                            assertThat(found.interpreter().basePrefix())
                                    .isEqualTo(folder.resolve("python-3.12"));
                        });
    }

    private InterpreterSearch.Found found(String request) {
        return switch (interpreters().find(InterpreterRequest.parse(request))) {
            case InterpreterSearch.Found found -> found;
            case InterpreterSearch.NotFound notFound -> fail(notFound.message().text());
        };
    }

    private Interpreters interpreters() {
        return new Interpreters(variables, home, folder.resolve("answers"), List::of, folder);
    }

    private Path pyenv(String version) {
        return home.resolve(".pyenv/versions/" + version + "/bin/python3");
    }

    private Path python(Path path, String version) throws IOException {
        String answer =
                SampleInterpreter.answer(version)
                        .replace("/opt/python/bin/python3", path.toString());
        return script(
                path,
                "echo %s >> '%s/asked'\ncat <<'END'\n%sEND".formatted(version, folder, answer));
    }

    private static Path script(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/sh\n" + text + "\n");
        assertThat(path.toFile().setExecutable(true)).isTrue();
        return path;
    }
}
