package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.blast.cli.invocation.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command is watched, and runs under the rules that come of it. */
@Timeout(180)
final class LearnTest {
    @TempDir Path folder;

    private Path home;
    private Path project;

    @BeforeEach
    void aProjectInAHome() throws IOException {
        home = Files.createDirectory(folder.toRealPath().resolve("home"));
        project = Files.createDirectories(home.resolve("src/p"));
        Files.createDirectories(home.resolve("data"));
        for (String name : new String[] {"a", "b", "c"}) {
            Files.writeString(home.resolve("data").resolve(name), name);
        }
        Files.writeString(home.resolve(".netrc"), "machine x");
        Files.writeString(
                project.resolve("pyproject.toml"), "[project]\nname = \"p\"\nversion = \"1\"\n");
        Cli.Said said = blast("start", "--offline");
        assertThat(said.exit()).as("%s%s", said.out(), said.err()).isZero();
        assumeFalse(said.out().contains("sandbox none"), "this kernel confines nothing");
    }

    private Cli.Said blast(String... argv) {
        return blast(Map.of(), argv);
    }

    private Cli.Said blast(Map<String, String> more, String... argv) {
        Map<String, String> variables = new HashMap<>(more);
        variables.put("HOME", home.toString());
        variables.put("PATH", System.getenv("PATH"));
        variables.put("API_URL", "https://api.example");
        variables.put("API_TOKEN", "x");
        return new Cli(project, variables).run(argv);
    }

    /** In a network that nobody leaves by himself: it is dialled there in both runs. */
    @Test
    void whatAProxyReachesIsLearned() throws IOException {
        Files.writeString(
                project.resolve("asks.py"),
                """
                import socket
                for host in ('9.9.9.9', '10.9.9.9'):
                    try:
                        with socket.create_connection((host, 443)) as it: print(it.recv(5).decode())
                    except PermissionError: print('refused')
                """);
        try (var proxy = new TunnelProxy()) {
            Cli.Said said =
                    blast(
                            Map.of("HTTPS_PROXY", proxy.address()),
                            "learn",
                            "--",
                            "python",
                            "asks.py");
            assertThat(said.exit()).as(said.err() + said.out()).isZero();
            assertThat(said.out())
                    .contains("+ connect 9.9.9.9:443 (once)", "ended as before, with 0")
                    .contains("! not proposed: connect 10.9.9.9:443 (an inner address)")
                    .doesNotContain("127.0.0.1");
            assertThat(proxy.asked())
                    .containsExactly(
                            "CONNECT 9.9.9.9:443 HTTP/1.1", "CONNECT 9.9.9.9:443 HTTP/1.1");
        }
    }

    /** What it reads where it writes is there in the run that is to prove the rules. */
    @Test
    void filesOfAFolderThatIsWrittenAreReadInTheProof(
            @TempDir(factory = RemediesInForceTest.InHome.class) Path machine) throws IOException {
        Path outside = Files.createDirectory(machine.toRealPath().resolve("outside"));
        Files.writeString(outside.resolve("known"), "x");
        Files.writeString(
                project.resolve("adds.py"),
                """
                open('%1$s/known').read()
                open('%1$s/new', 'w').write('x')
                """
                        .formatted(outside));
        Cli.Said said = blast("learn", "--", "python", "adds.py");
        assertThat(said.exit()).as(said.err() + said.out()).isZero();
        assertThat(said.out()).contains("but for what was not tried, ended as before, with 0");
        assertThat(outside.resolve("new")).doesNotExist();
    }

    /** It stops at the first file that it misses: each run shows one more. */
    @Test
    void readsAreFoundOneAfterTheOtherAndFolded() throws IOException {
        Files.createDirectories(home.resolve("single"));
        Files.writeString(home.resolve("single/only"), "x");
        Files.writeString(
                project.resolve("sums.py"),
                """
                import os
                API_URL, API_TOKEN = os.environ.get('API_URL'), 1
                for name in ('data/a', 'data/b', 'data/c', 'single/only'):
                    open('%1$s/' + name).read()
                try: open('%1$s/.netrc').read()
                except OSError: pass
                open('cache', 'w').write('x')
                raise SystemExit(0 if API_URL else 7)
                """
                        .formatted(home));
        Cli.Said said = blast("learn", "--", "python", "sums.py");
        assertThat(said.exit()).as(said.err() + said.out()).isZero();
        assertThat(said.err()).contains("blast: watched 5 runs in throwaway copies");
        assertThat(said.out())
                .startsWith(
                        "proposed: policies/learned-sums.drl\n  + readable ~/data\n  + readable ~/single/only\n")
                .contains("\n  + variables API_URL\n")
                .contains("! not proposed: read %s/.netrc (it looks like a secret)".formatted(home))
                .contains("! not proposed: variable API_TOKEN (it looks like a secret)")
                .contains("a run under exactly these rules ended as before, with 0\n");
        assertThat(project.resolve("cache")).doesNotExist();
        assertThat(project.resolve("policies")).doesNotExist();

        Cli.Said json = blast("learn", "--write", "--json", "--", "python", "sums.py");
        assertThat(json.out()).contains("\"proved\" : true").contains("\"written\" : true");
        assertThat(project.resolve("policies/learned-sums.drl"))
                .content()
                .contains("    readable( \"~/data\" );\n");
        assertThat(blast("learn", "--write", "--", "python", "sums.py").exit())
                .isEqualTo(Exit.FINDINGS.code());
    }

    /** What it would write, and what lies deep in a folder that it lists, is in force in no run. */
    @Test
    void nothingIsWrittenOnTheMachineAndNoSecretIsShownInAnyRun(
            @TempDir(factory = RemediesInForceTest.InHome.class) Path machine) throws IOException {
        Path outside = Files.createDirectory(machine.toRealPath().resolve("outside"));
        Path sibling = machine.toRealPath().resolve("sib");
        Files.createDirectories(sibling.resolve(".ssh"));
        Files.writeString(sibling.resolve(".ssh/id_rsa"), "x");
        Files.writeString(
                project.resolve("evil.py"),
                """
                import os
                seen = 0
                try:
                    os.listdir('%2$s')
                    seen = 9
                except OSError: pass
                open('%1$s/evil', 'w').write('x')
                raise SystemExit(seen)
                """
                        .formatted(outside, sibling));
        Cli.Said said = blast("learn", "--write", "--name", "2to3", "--", "python", "evil.py");
        assertThat(said.exit()).as(said.err() + said.out()).isZero();
        assertThat(outside).as(said.err()).isEmptyDirectory();
        assertThat(said.out())
                .as(said.err())
                .contains(
                        "\n  ! not tried: writable %s (outside of the project; ".formatted(outside))
                .contains("! not proposed: read %s (something in it looks".formatted(sibling))
                .contains("a run under these rules, but for what was not tried, ended as before");
        assertThat(project.resolve("policies/learned-2to3.drl"))
                .content()
                .contains("    writable( \"%s\" );\n".formatted(outside))
                .doesNotContain("sib");
    }

    @Test
    void aNameThatIsTakenOrNoneIsSaidBeforeAnythingRuns() throws IOException {
        Files.createDirectories(project.resolve("policies"));
        Files.writeString(project.resolve("policies/learned-sh.drl"), "package x\n");
        Cli.Said taken = blast("learn", "--write", "--", "sh", "-c", "echo ran >&2");
        assertThat(taken.exit()).isEqualTo(Exit.FINDINGS.code());
        assertThat(taken.err()).contains("policies/learned-sh.drl is there").doesNotContain("ran");
        Cli.Said none = blast("learn", "--name", "../x", "--", "sh", "-c", "echo ran >&2");
        assertThat(none.exit()).isEqualTo(Exit.USAGE.code());
        assertThat(none.err()).contains("'../x' is no name").doesNotContain("ran");
    }

    @Test
    void aCommandThatNeedsNothingIsToldSo() {
        Cli.Said said = blast("learn", "--", "sh", "-c", "echo x >made");
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.err()).contains("rules give it all that it was seen to need");
        assertThat(project.resolve("made")).doesNotExist();
    }

    @Test
    void aFailureIsNotCalledAllThatItNeeds() {
        Cli.Said said = blast("learn", "--", "sh", "-c", "exit 3");
        assertThat(said.err())
                .contains("it failed, and nothing was seen that a rule could give it")
                .doesNotContain("rules give it all");
    }

    @Test
    void whatDoesNotRunTeachesNothing() {
        Cli.Said said = blast("learn", "--", "no-such-program");
        assertThat(said.exit()).isEqualTo(Exit.FINDINGS.code());
        assertThat(said.err()).contains("nothing is learned: the command did not run");
    }
}
