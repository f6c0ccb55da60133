package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a folder says about interpreters, projects and versions, and what others may say in ours.
 */
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
    void aPolicyThatOthersMayChangeIsNamedWhereverItWouldCount() throws Exception {
        write(">=3.8", "");
        assertThat(blast("start", "--offline").exit()).isZero();
        Path own =
                Files.createDirectories(folder.resolve("home/.config/blast/policies"))
                        .resolve("own.drl");
        Files.writeString(own, "rule \"mine\" when Connection( port == 443 ) then allow(); end\n");
        assertThat(blast("check", "--explain", "connect", "a.example:443").out())
                .contains("ALLOWED");
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rw-r--rw-"));
        String told = "own.drl is anybody's to change: all may write ";
        assertThat(blast("check", "--explain", "connect", "a.example:443").err()).contains(told);
        assertThat(blast("policy", "show", "connect"))
                .satisfies(it -> assertThat(it.err()).contains(told))
                .satisfies(it -> assertThat(it.out()).contains("off, not trusted: allow()"));
        assertThat(blast("policy", "lint").err()).contains(told);
        Cli.Said check = blast("check");
        assertThat(check.exit()).isEqualTo(1);
        assertThat(check.out()).contains("WARN  policy", told);
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
        Cli.Said said = blast("start", "--offline", "-q");
        assertThat(said.exit()).isEqualTo(0);
        assertThat(said.err())
                .contains("blast: .python-version asks for pypy2.1; the environment has ");
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

    /** By those that change its environment; by others when asked to say more. */
    @Test
    void theFolderThatWasTakenIsSaid() throws IOException {
        write(">=3.8", "");
        Path app = project;
        project = Files.createDirectories(app.resolve("src"));
        String found = "blast: project found in " + app;
        assertThat(blast("start", "--offline").err()).contains(found);
        assertThat(blast("sync", "--offline").err()).contains(found);
        assertThat(blast("sync", "--offline", "-q").err()).doesNotContain("project found");
        assertThat(blast("run", "--", "true").err()).doesNotContain("project found");
        assertThat(blast("run", "-v", "--", "true").err()).contains(found);
    }

    @Test
    void anotherEnvironmentThatIsActiveIsSaidNotToBeUsed() throws IOException {
        write(">=3.8", "");
        assertThat(blast("start", "--offline").exit()).isEqualTo(0);
        variables.put("VIRTUAL_ENV", project.resolve(".venv").toString());
        assertThat(blast("sync").err()).isEmpty();
        assertThat(blast("run", "--", "true").err()).doesNotContain("VIRTUAL_ENV");
        variables.put("VIRTUAL_ENV", folder.resolve("other").toString());
        String line = "blast: VIRTUAL_ENV=%s is not followed: the environment is %s/.venv";
        line = line.formatted(folder.resolve("other"), project);
        assertThat(blast("sync").err()).isEqualTo(line + "\n");
        assertThat(blast("run", "--", "true").err()).contains(line);
        assertThat(blast("run", "-q", "--", "true").err()).doesNotContain("VIRTUAL_ENV");
        variables.put("CONDA_PREFIX", folder.resolve("conda").toString());
        variables.put("PIPENV_PYTHON", "3.9");
        assertThat(blast("sync", "--force", "--offline").err())
                .contains("blast: not followed, though set: PIPENV_PYTHON\n")
                .contains("conda is active and not followed: the environment rests on /");
    }

    @Test
    void whatTheProjectWantsAndTheEnvironmentLacksIsSaidWhereAProgramEndsBadly()
            throws IOException {
        write(
                ">=3.8",
                "[project.optional-dependencies]\ntest = [\"alpha-tool\"]\n[dependency-groups]\nlint = [\"beta\"]\n");
        assertThat(blast("start", "--offline").exit()).isEqualTo(0);
        assertThat(blast("run", "--", "alpha_tool").err())
                .contains(
                        "blast: alpha-tool is in the extra 'test' (pyproject.toml:6): blast sync --extra test");
        assertThat(blast("run", "--", "python", "-m", "beta.cli").err())
                .contains(
                        "blast: beta is in the dependency group 'lint' (pyproject.toml:8): blast sync --group lint");
        assertThat(blast("run", "--", "sh", "-c", "exit 3").err()).doesNotContain("blast sync");
        write(">=3.7", "");
        assertThat(blast("run", "--", "sh", "-c", "exit 3").err())
                .contains("blast: pyproject.toml is newer than this environment: blast sync");
        assertThat(blast("run", "--", "true").err()).doesNotContain("blast sync");
        assertThat(blast("sync", "--offline").exit()).isEqualTo(0);
        assertThat(blast("run", "--", "sh", "-c", "exit 3").err()).doesNotContain("blast sync");
    }

    /** A sync that only looks at files does not say that all is well either. */
    @Test
    void whatNobodyHereNamedIsNotInSync() throws IOException {
        write(">=3.8", "");
        assertThat(blast("start", "--offline").exit()).isEqualTo(0);
        String python = copyOfPython();
        write(">=3.8", "[tool.blast]\npython = \"%s\"\n".formatted(python));
        assertThat(blast("start", "--offline", "--python", python).exit()).isEqualTo(0);
        for (int i = 0; i < 2; i++) {
            assertThat(blast("sync", "--offline").out()).contains("nothing to do");
        }
        variables.put("HOME", Files.createDirectories(folder.resolve("stranger")).toString());
        Cli.Said said = blast("sync", "--offline");
        assertThat(said.exit()).as(said.out()).isEqualTo(1);
        assertThat(said.err()).contains("nobody has named it; --python " + python);
    }

    /** A program of its own that finds the standard library where the original was built for. */
    private String copyOfPython() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("copy/bin")).resolve("python3");
        Files.copy(project.resolve(".venv/bin/python").toRealPath(), copy);
        return copy.toString();
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
