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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program changes a throwaway copy, and what was chosen is in the project afterwards. */
@Timeout(120)
final class KeepTest {
    private static final String CHANGES =
            "echo 2 >>file; mkdir -p policies; echo '// x' >policies/x.drl; echo n >new; exit 3";

    @TempDir Path folder;

    private Path home;
    private Path project;

    @BeforeEach
    void aProjectInAHome() throws IOException {
        home = Files.createDirectory(folder.toRealPath().resolve("home"));
        project = Files.createDirectories(home.resolve("src/p"));
        Files.writeString(
                project.resolve("pyproject.toml"), "[project]\nname = \"p\"\nversion = \"1\"\n");
        Files.writeString(project.resolve("file"), "1\n");
        Cli.Said said = blast("start", "--offline");
        assertThat(said.exit()).as("%s%s", said.out(), said.err()).isZero();
        assumeFalse(said.out().contains("sandbox none"), "this kernel confines nothing");
    }

    private Cli.Said blast(String... argv) {
        Map<String, String> variables = new HashMap<>(Map.of("HOME", home.toString()));
        variables.put("PATH", System.getenv("PATH"));
        variables.put("SHELL", "/bin/sh");
        return new Cli(project, variables).run(argv);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "ask"})
    void nothingIsKeptUnasked(String keep) throws IOException {
        Cli.Said said = blast("run", "--keep", keep, "--", "sh", "-c", CHANGES);
        assertThat(said.exit()).as(said.err()).isEqualTo(3);
        assertThat(said.err())
                .contains("blast: in its throwaway copy the program added 3, changed 1 (")
                .contains("\n  ! policies/x.drl  added  +1 -0: ")
                .contains("\n  ~ file  +1 -0\n  + new  +1 -0\n")
                .contains("blast: nothing of it is kept\n");
        if (keep.equals("ask")) {
            assertThat(said.err()).contains("nobody is at a terminal to be asked");
        }
        assertThat(project.resolve("file")).hasContent("1");
        assertThat(project.resolve("new")).doesNotExist();
        assertThat(project.resolve("policies")).doesNotExist();
        assertThat(home.resolve(".local/state/blast/copies")).isEmptyDirectory();
    }

    @Test
    void whatIsNamedIsKeptBesides() throws IOException {
        Cli.Said said = blast("run", "--keep", "all", "--", "sh", "-c", CHANGES);
        assertThat(said.exit()).as(said.err()).isEqualTo(3);
        assertThat(said.err()).contains("blast: 2 of 4 changes kept\n");
        assertThat(project.resolve("file")).hasContent("1\n2");
        assertThat(project.resolve("policies")).doesNotExist();
        Path changes = home.resolve("changes.json");
        blast(
                "shell",
                "--keep",
                "none",
                "--keep-path",
                "policies",
                "--changes",
                changes.toString(),
                "-c",
                CHANGES);
        assertThat(project.resolve("policies/x.drl")).hasContent("// x");
        assertThat(project.resolve("file")).hasContent("1\n2");
        assertThat(Files.readString(changes))
                .startsWith("{\n  \"schema\" : \"blast.changes/1\"")
                .contains("\"path\" : \"policies/x.drl\"");
    }

    /** As where another Blast was killed while it kept changes, and its project waits. */
    @Test
    void whatIsHalfKeptIsSeenByNoProgram() throws IOException {
        Path waiting = Files.createDirectory(project.resolve(".blast-keep-1"));
        Files.writeString(waiting.resolve("0"), "mine\n");
        String attack =
                "cat file .blast-keep-1/* >got; echo evil >.blast-keep-1/0; mv .blast-keep-1 x; true";
        for (String[] run :
                new String[][] {
                    {"run", "--", "sh", "-c", attack},
                    {"run", "--keep", "all", "--", "sh", "-c", attack}
                }) {
            Cli.Said said = blast(run);
            assertThat(project.resolve("got")).as(said.err()).hasContent("1");
            assertThat(waiting.resolve("0")).hasContent("mine");
            Files.delete(project.resolve("got"));
        }
    }

    @Test
    void whatMeansNothingIsSaidBeforeAnythingRuns() {
        for (String[] argv :
                new String[][] {
                    {"run", "--keep-path", "x", "--", "true"},
                    {"run", "--changes", "x", "--", "true"},
                    {"run", "--keep", "some", "--", "true"},
                    {"run", "--keep", "all", "--keep-path", "../x", "--", "true"},
                    {"run", "--keep", "all", "--keep-path", "/etc", "--", "true"},
                    {"run", "--keep", "all", "--changes", "no/such/x", "--", "true"}
                }) {
            Cli.Said said = blast(argv);
            assertThat(said.exit())
                    .as("%s: %s", String.join(" ", argv), said.err())
                    .isEqualTo(Exit.USAGE.code());
        }
    }
}
