package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder says about interpreters, projects and versions, by whole command lines. */
class StrangersWordTest {
    @TempDir Path folder;

    private final Map<String, String> variables = new HashMap<>();
    private Path project;
    private Path evil;

    @BeforeEach
    void aCheckoutWithAProgramThatCallsItselfPython() throws IOException {
        project = Files.createDirectories(folder.resolve("repo/app"));
        evil = Files.createDirectories(folder.resolve("repo/evil")).resolve("python3");
        Files.writeString(
                evil, "#!/bin/sh\necho ran >>'%s'\nexec python3 \"$@\"\n".formatted(ran()));
        assertThat(evil.toFile().setExecutable(true)).isTrue();
        variables.put("HOME", Files.createDirectories(folder.resolve("home")).toString());
        variables.put("PATH", System.getenv("PATH"));
    }

    @Test
    void itsInterpreterIsNotStarted() throws IOException {
        write(">=3.8", "[tool.blast]\npython = \"../evil/python3\"\n");
        Cli.Said said = blast("start", "--offline");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains("nobody has named it; --python ");
        assertThat(ran()).doesNotExist();
    }

    @Test
    void neitherIsOneThatItsEnvironmentNames() throws IOException {
        write(">=3.8", "");
        assertThat(blast("start", "--offline").exit()).isEqualTo(0);
        Path applied = project.resolve(".venv/.blast/applied");
        Files.writeString(
                applied,
                Files.readString(applied)
                        .replaceFirst("(?m)^interpreter .*$", "interpreter " + evil));
        Cli.Said run = blast("run", "--", "true");
        assertThat(run.exit()).isNotEqualTo(0);
        assertThat(run.err()).contains("nobody has named it");
        Path python = project.resolve(".venv/bin/python");
        Files.delete(python);
        Files.createSymbolicLink(python, evil);
        assertThat(blast("start", "--offline").exit()).isEqualTo(0);
        assertThat(python.toRealPath()).isNotEqualTo(evil);
        assertThat(ran()).doesNotExist();
    }

    @Test
    void whatAPersonNamesIsStarted() throws IOException {
        write(">=3.8", "");
        variables.put("UV_PYTHON", evil.toString());
        assertThat(blast("start", "--offline").exit()).isEqualTo(0);
        assertThat(ran()).exists();
    }

    @Test
    void whatCannotBeFollowedIsSaid() throws IOException {
        write(">=3.8", "");
        Files.writeString(project.resolve(".python-version"), "# ours\npypy2.1\n");
        variables.put("UV_PROJECT_ENVIRONMENT", "/somewhere/else");
        Cli.Said said = blast("start", "--offline", "-q");
        assertThat(said.exit()).isEqualTo(0);
        assertThat(said.err())
                .contains("blast: .python-version asks for pypy2.1; the environment has ")
                .contains("blast: UV_PROJECT_ENVIRONMENT=/somewhere/else is not followed");
    }

    @Test
    void whatTheProjectRequiresHoldsBesideWhatIsAskedFor() throws IOException {
        write("<3", "");
        Cli.Said said = blast("start", "--offline", "--python", "3");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains(", not <3 (requires-python, pyproject.toml:4)");
    }

    @Test
    void aFolderThatPathCannotNameIsRefused() throws IOException {
        project = Files.createDirectories(folder.resolve("col:on"));
        write(">=3.8", "");
        Cli.Said said = blast("start", "--offline");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains("has no ':'");
        assertThat(project.resolve(".venv")).doesNotExist();
    }

    @Test
    void theFolderThatWasTakenIsSaid() throws IOException {
        write(">=3.8", "");
        Path app = project;
        project = Files.createDirectories(app.resolve("src"));
        assertThat(blast("policy", "show").err()).contains("blast: project found in " + app);
        assertThat(blast("policy", "show", "-q").err()).doesNotContain("project found");
    }

    private Path ran() {
        return folder.resolve("ran");
    }

    private void write(String requires, String more) throws IOException {
        Files.writeString(
                project.resolve("pyproject.toml"),
                "[project]\nname = \"app\"\nversion = \"1\"\nrequires-python = \"%s\"\n%s"
                        .formatted(requires, more));
    }

    private Cli.Said blast(String... argv) {
        return new Cli(project, Map.copyOf(variables)).run(argv);
    }
}
