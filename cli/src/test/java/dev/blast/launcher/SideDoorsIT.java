package dev.blast.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ways around the sandbox, walked as a person and an attacker would walk them: whole command lines,
 * as an ordinary user, and as root too where these tests run as root. What they would break says
 * HARM, a script each in {@code side-doors}. The same one layer at a time: ProtectedPlacesTest and
 * StrangersWordTest.
 */
@Timeout(180)
final class SideDoorsIT {
    private static final String NOBODY = "65534";

    /** Types into a shell on a terminal of its own, a line after each prompt, and shows it all. */
    private static final String TYPIST =
            """
            import os, pty, sys
            lines = sys.stdin.read().splitlines()
            child, terminal = pty.fork()
            if child == 0:
                os.execvp(sys.argv[1], sys.argv[1:])
            seen = b''
            while True:
                if lines and (b'$ ' in seen or b'# ' in seen):
                    seen = b''
                    os.write(terminal, lines.pop(0).encode() + b'\\n')
                try:
                    piece = os.read(terminal, 1000)
                except OSError:
                    break
                if not piece:
                    break
                seen += piece
                sys.stdout.write(piece.decode())
            print('exit', os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
            """;

    @TempDir static Path folder;

    /** Somebody with a home and a project. */
    record Person(String name, List<String> become, Shell shell) {
        Shell.Ended run(String script) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>(become);
            command.addAll(List.of("sh", "-c", script));
            return shell.run(command.toArray(String[]::new));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Person> people = new ArrayList<>();

    @BeforeAll
    static void peopleWithAProject() throws IOException, InterruptedException {
        // Unwritable afterwards and without a cache that a training in the background would make.
        String lay =
                """
                cp -R "$0" dist && touch dist/aot.failed && chmod -R a+rX dist && chmod a+rx .
                """;
        Shell shell = new Shell(folder, Map.of("PATH", "/usr/bin:/bin"));
        shell.run("sh", "-c", lay, System.getProperty("blast.dist"));
        boolean root = "0\n".equals(shell.run("id", "-u").out());
        if (root) {
            people.add(new Person("root", List.of(), inAHome("root")));
            Shell theirs = inAHome("user");
            shell.run("chown", NOBODY + ":" + NOBODY, theirs.folder().toString());
            people.add(
                    new Person(
                            "an ordinary user",
                            List.of(
                                    "setpriv",
                                    "--reuid=" + NOBODY,
                                    "--regid=" + NOBODY,
                                    "--clear-groups"),
                            theirs));
        } else {
            people.add(new Person("an ordinary user", List.of(), inAHome("user")));
        }
        String start =
                """
                for p in p p/packages/app; do
                    mkdir -p $p && printf '[project]\\nname = "p"\\nversion = "1"\\n' >$p/pyproject.toml
                done
                (cd p/packages/app && $B start --offline) && cd p && $B start --offline
                """;
        for (Person person : people) {
            Shell.Ended started = person.run(start);
            assertThat(started.status()).as(person + started.out() + started.err()).isZero();
        }
    }

    private static Shell inAHome(String name) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        return new Shell(
                home,
                Map.of(
                        "PATH",
                        "/usr/bin:/bin",
                        "HOME",
                        home.toString(),
                        "B",
                        folder.resolve("dist/bin/blast").toString(),
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "LC_ALL",
                        "C.UTF-8",
                        "SHELL",
                        "/bin/bash",
                        "TERM",
                        "dumb"));
    }

    static Stream<Arguments> sideDoors() throws IOException, URISyntaxException {
        try (Stream<Path> scripts = Files.list(scripts())) {
            return scripts.map(script -> script.getFileName().toString()).sorted().toList().stream()
                    .flatMap(script -> people.stream().map(it -> Arguments.of(script, it)));
        }
    }

    static List<Person> people() {
        return people;
    }

    private static Path scripts() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(SideDoorsIT.class.getResource("side-doors")).toURI());
    }

    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("sideDoors")
    void doesNoHarm(String name, Person person) throws Exception {
        String script = Files.readString(scripts().resolve(name));
        String says = script.lines().findFirst().orElseThrow().replace("# says: ", "");
        Shell.Ended ended = person.run(script);
        assertThat(ended.out() + ended.err()).doesNotContain("HARM").contains(says);
    }

    /** On a terminal: what a person outside would run next is as it was. */
    @ParameterizedTest
    @MethodSource("people")
    void aShellChangesNothingThatRunsOutside(Person person)
            throws IOException, InterruptedException {
        String tree =
                "cd p && find .venv -path .venv/.blast -prune -o -printf '%p %l %s %m\\n' | sort";
        String before = person.run(tree).out();
        Shell.Ended ended =
                person.run(
                        """
                        cd p && cat <<'typed' | python3 -c '%s' $B shell
                        echo x >>.venv/bin/activate
                        for d in .venv/lib/python3*/site-packages; do echo 'import os' >$d/evil.pth; done
                        ln -sf /bin/false .venv/bin/python3
                        mv .venv .venv2
                        chmod 777 .venv/bin
                        echo made >by-shell
                        exit 5
                        typed
                        """
                                .formatted(TYPIST.replace("'", "'\\''")));
        assertThat(person.run(tree).out()).isEqualTo(before);
        assertThat(ended.out())
                .as(ended.err())
                .contains("in the sandbox of p; exit leaves it")
                .contains(".venv/bin/activate: Read-only file system")
                .contains("evil.pth: Read-only file system")
                .endsWith("exit 5\n");
        assertThat(person.shell().folder().resolve("p/by-shell")).hasContent("made");
    }
}
