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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ways around the sandbox, walked as a person and an attacker would walk them: whole command lines,
 * as an ordinary user (of whom there is one where these tests run as root). What they would break
 * says HARM, a script each in {@code side-doors}. The same as root, one layer at a time:
 * ProtectedPlacesTest and StrangersWordTest.
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
                if lines and b'$ ' in seen:
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

    private static final List<String> become = new ArrayList<>();
    private static Shell shell;

    @BeforeAll
    static void aPersonWithAProject() throws IOException, InterruptedException {
        Path home = Files.createDirectories(folder.resolve("home"));
        shell =
                new Shell(
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
        boolean root = "0\n".equals(shell.run("id", "-u").out());
        if (root) {
            become.addAll(
                    List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        // Unwritable afterwards and without a cache that a training in the background would make.
        String lay =
                """
                cp -R "$0" dist && touch dist/aot.failed && chmod -R a+rX dist && chmod a+rx . .. && [ -z "$1" ] || chown "$1" home
                """;
        shell.in(folder)
                .run(
                        "sh",
                        "-c",
                        lay,
                        System.getProperty("blast.dist"),
                        root ? NOBODY + ":" + NOBODY : "");
        String start =
                """
                for p in p p/packages/app; do
                    mkdir -p $p && printf '[project]\\nname = "p"\\nversion = "1"\\n' >$p/pyproject.toml
                done
                (cd p/packages/app && $B start --offline) && cd p && $B start --offline
                """;
        Shell.Ended started = asUser(start);
        assertThat(started.status()).as(started.out() + started.err()).isZero();
    }

    private static Shell.Ended asUser(String script) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(become);
        command.addAll(List.of("sh", "-c", script));
        return shell.run(command.toArray(String[]::new));
    }

    static Stream<String> sideDoors() throws IOException, URISyntaxException {
        try (Stream<Path> scripts = Files.list(scripts())) {
            return scripts
                    .map(script -> script.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Path scripts() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(SideDoorsIT.class.getResource("side-doors")).toURI());
    }

    @ParameterizedTest
    @MethodSource("sideDoors")
    void doesNoHarm(String name) throws Exception {
        String script = Files.readString(scripts().resolve(name));
        String says = script.lines().findFirst().orElseThrow().replace("# says: ", "");
        Shell.Ended ended = asUser(script);
        assertThat(ended.out() + ended.err()).doesNotContain("HARM").contains(says);
    }

    /** On a terminal: what a person outside would run next is as it was. */
    @Test
    void aShellChangesNothingThatRunsOutside() throws IOException, InterruptedException {
        String tree =
                "cd p && find .venv -path .venv/.blast -prune -o -printf '%p %l %s %m\\n' | sort";
        String before = asUser(tree).out();
        Shell.Ended ended =
                asUser(
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
        assertThat(asUser(tree).out()).isEqualTo(before);
        assertThat(ended.out())
                .as(ended.err())
                .contains("in the sandbox of p; exit leaves it")
                .contains(".venv/bin/activate: Read-only file system")
                .contains("evil.pth: Read-only file system")
                .endsWith("exit 5\n");
        assertThat(shell.folder().resolve("p/by-shell")).hasContent("made");
    }
}
