package dev.blast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Environments elsewhere than in {@code .venv}, and several of one project. */
class WhereaboutsTest {
    private static final String PREFIX = "import sys; open('prefix', 'w').write(sys.prefix)";

    @TempDir Path folder;

    private final Map<String, String> variables = new HashMap<>();
    private Path project;

    @BeforeEach
    void aProject() throws IOException {
        project = Files.createDirectories(folder.resolve("app"));
        write("");
        variables.put("HOME", Files.createDirectories(folder.resolve("home")).toString());
        variables.put("PATH", System.getenv("PATH"));
    }

    @Test
    void aSecondOneDoesNotTakeThePlaceOfTheFirst() {
        assertThat(blast("start", "--offline").exit()).isZero();
        assertThat(blast("start", "--offline", "--name", "next").out())
                .contains("next: Python ")
                .contains(" in .venv-next, ");
        assertThat(project.resolve(".venv")).isDirectory();
        assertThat(project.resolve("pylock.next.toml")).exists();
        assertThat(prefix()).isEqualTo(project.resolve(".venv"));
        assertThat(prefix("--environment", "next")).isEqualTo(project.resolve(".venv-next"));
        assertThat(blast("sync", "--offline", "--environment", "next").out())
                .contains("next: nothing to do");
        assertThat(blast("check", "--environment", "next").out())
                .contains("pylock.next.toml is current");
        assertThat(blast("start", "--offline", "--name", "next").out())
                .as("the second time it is there")
                .contains(" in .venv-next, ");
        variables.put("VIRTUAL_ENV", project.resolve(".venv-next").toString());
        assertThat(prefix()).as("the active one").isEqualTo(project.resolve(".venv-next"));
        assertThat(blast("clean").out()).contains("next: removed ");
        assertThat(prefix()).as("the active one is gone").isEqualTo(project.resolve(".venv"));
        assertThat(blast("run", "--environment", "next", "--", "true").err())
                .contains("--environment app means " + project.resolve(".venv"));
    }

    @Test
    void aNameThatIsNoFolderIsRefusedForASecondOne() {
        assertThat(blast("start", "--offline", "--name", "a/b").exit()).isZero();
        assertThat(blast("start", "--offline", "--name", "../c"))
                .satisfies(it -> assertThat(it.exit()).isEqualTo(2))
                .satisfies(it -> assertThat(it.err()).contains("takes its name"));
    }

    @Test
    void aPersonPutsItAnywhere() {
        Path there = folder.resolve("far/away/env");
        assertThat(blast("start", "--offline", "--environment", "../far/away/env").out())
                .contains("app: Python ")
                .contains(" in " + there);
        assertThat(project.resolve(".venv")).doesNotExist();
        assertThat(project.resolve("pylock.toml")).exists();
        assertThat(prefix("--environment", there.toString())).isEqualTo(there);
        variables.put("UV_PROJECT_ENVIRONMENT", there.toString());
        assertThat(prefix()).isEqualTo(there);
        assertThat(blast("list").out()).contains(there.toString());
        assertThat(blast("sync", "--offline").out()).contains("nothing to do");
        variables.put("UV_PROJECT_ENVIRONMENT", ".venv-docker");
        assertThat(blast("start", "--offline").out()).contains("app-docker: Python ");
        assertThat(project.resolve("pylock.docker.toml")).doesNotExist();
        assertThat(blast("clean", "app-docker").exit()).isZero();
        assertThat(project.resolve(".venv-docker/pyvenv.cfg")).doesNotExist();
        assertThat(blast("clean", "app").out()).contains("removed " + there);
        assertThat(there.resolve("pyvenv.cfg")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "~/", "/etc", "~/.local/share/blast/env"})
    void notWhereMoreLies(String place) {
        Cli.Said said = blast("start", "--offline", "--environment", place);
        assertThat(said.exit()).isIn(1, 2);
        assertThat(said.err())
                .containsAnyOf(
                        "there can be no environment", "is no environment", "not an environment");
        assertThat(project.resolve("pyvenv.cfg")).doesNotExist();
    }

    @Test
    void theProjectsFileNamesAPlaceInIt() throws IOException {
        write("[tool.blast]\nenvironment = \"envs/dev\"\n");
        assertThat(blast("start", "--offline").out()).contains(" in envs/dev, ");
        assertThat(prefix()).isEqualTo(project.resolve("envs/dev"));
        assertThat(blast("run", "--", "sh", "-c", "echo >envs/dev/pyvenv.cfg").exit())
                .as("no program changes it")
                .isNotZero();
        assertThat(blast("sync", "--offline").out()).contains("nothing to do");
        assertThat(blast("clean").exit()).isZero();
        assertThat(project.resolve("envs/dev/pyvenv.cfg")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/tmp/x", "~/x", ".", "a/../..", ".git/hooks", "a/.GIT"})
    void andNoOther(String place) throws IOException {
        write("[tool.blast]\nenvironment = \"%s\"\n".formatted(place));
        Cli.Said said = blast("start", "--offline");
        assertThat(said.exit()).isNotZero();
        assertThat(said.err())
                .contains("pyproject.toml:5:1: environment is a folder in the project");
    }

    @Test
    void norOneBehindALink() throws IOException {
        write("[tool.blast]\nenvironment = \"envs/dev\"\n");
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(project.resolve("envs"), outside);
        Cli.Said said = blast("start", "--offline");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains("envs is a symbolic link");
        assertThat(outside).isEmptyDirectory();
    }

    /** What Python says of itself in the environment that is meant. */
    private Path prefix(String... options) {
        var argv = new ArrayList<String>();
        argv.add("run");
        argv.addAll(List.of(options));
        argv.addAll(List.of("--", "python", "-c", PREFIX));
        try {
            Path said = project.resolve("prefix");
            Files.deleteIfExists(said);
            Cli.Said run = blast(argv.toArray(String[]::new));
            assertThat(run.exit()).as(run.err()).isZero();
            return Path.of(Files.readString(said));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String more) throws IOException {
        Files.writeString(
                project.resolve("pyproject.toml"),
                "[project]\nname = \"app\"\nversion = \"1\"\n" + more);
    }

    private Cli.Said blast(String... argv) {
        return new Cli(project, Map.copyOf(variables)).run(argv);
    }
}
