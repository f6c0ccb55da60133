package dev.blast.environment.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.Trees;
import dev.blast.environment.sync.SyncBench;
import dev.blast.environment.sync.SyncOptions;
import dev.blast.environment.sync.SyncResult;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.solver.text.ProofText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A name of the project is never looked for on an index. */
class OwnNamesTest {
    private static final PackageName DEMO = new PackageName("demo");

    @TempDir Path folder;
    private SyncBench bench;

    /** The index is a stranger's: it has something under each name that the projects use. */
    @BeforeEach
    void setUp() throws Exception {
        bench = new SyncBench(folder);
        for (String name : List.of("demo", "a", "b", "c", "api", "web")) {
            bench.index().module(name, "1.0");
        }
        bench.index().module("plugin", "1.0", "demo>=0.5");
    }

    @AfterEach
    void tearDown() throws Exception {
        Trees.delete(bench.environment().root());
    }

    /** {@code extras} as TOML; what {@code --extra all} then asks for, with the lines left out. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "all = ['demo[x,y]'], x = ['a'], y = ['b'] | a b",
                "all = ['Demo[X_x]', 'c'], 'x-x' = ['a'] | a c",
                "all = ['demo'] | ``",
                "all = ['demo[x]'], x = ['a', 'demo[y]'], y = ['b', 'demo[all]'] | a b",
                "all = ['demo[all]', 'a'] | a",
                "all = [\"demo[x]; python_version < '4'\"], x = [\"a; sys_platform == 'linux'\"]"
                        + " | a; python_version < \"4\" and sys_platform == \"linux\"",
                "all = ['demo[x]>=1', 'a'], x = ['a'] | a a",
                "all = ['demo @ https://x.example/demo-1-py3-none-any.whl']"
                        + " | demo @ https://x.example/demo-1-py3-none-any.whl",
            })
    void anExtraOfTheProjectMeansItsRequirements(String extras, String asked) throws Exception {
        project("", extras);
        assertThat(
                        Project.at(bench.project())
                                .requirements(List.of(), List.of(new ExtraName("all")))
                                .stream()
                                .map(root -> root.requirement().toString())
                                .collect(Collectors.joining(" ")))
                .isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "all = ['demo[nosuch]'] | pyproject.toml:7: 'demo[nosuch]' is this project itself,"
                        + " which has no extra 'nosuch'; there are: [all]",
                "all = ['demo>=2'] | pyproject.toml:7: 'demo>=2' is this project itself, which is 1",
            })
    void whatTheProjectIsNotIsSaid(String extras, String message) throws Exception {
        project("", extras);
        assertThatThrownBy(() -> Project.at(bench.project())).hasMessage(message);
    }

    /** Two extras that name each other under ever more conditions come to an end. */
    @Test
    void extrasThatMultiplyAreRefused() throws Exception {
        var extras = new StringBuilder("all = ['demo[x0]']");
        for (int i = 0; i < 40; i++) {
            extras.append(
                    ", x%d = [\"demo[x%d]; python_version > '%d'\", \"demo[x%d]; python_version < '%d'\"]"
                            .formatted(i, i + 1, i, i + 1, i));
        }
        project("", extras + ", x40 = ['a']");
        assertThatThrownBy(() -> Project.at(bench.project()))
                .hasMessageContaining("name each other in more than");
    }

    @Test
    void groupsMeanTheProjectsExtrasToo() throws Exception {
        project("", "all = ['a']", "[dependency-groups]", "dev = ['demo[all]', 'b']");
        SyncResult.Done done = bench.done(SyncOptions.of("blast sync"));
        assertThat(bench.lines(done))
                .containsExactly(
                        "+ a 1.0 (pyproject.toml:7)", "+ b 1.0 (pyproject.toml:9)", "+ pip");
        assertThat(bench.index().asked).doesNotContain(DEMO);
    }

    /** What has a source is built of it, and no index is asked for a package of that name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "uv.sources | { path = '../api' } | nothing is built here",
                "uv.sources | { path = '../api', editable = true } | nothing is built here",
                "uv.sources | { workspace = true } | pyproject.toml:4: 'api>=1' is a member of the workspace (",
                "uv.sources | { git = 'https://u:secret@x.example/api' } | nothing is built here",
                "uv.sources | { git = 'git@x.example:me/api', tag = 'v1' } | nothing is built here",
                "uv.sources | { url = 'https://x.example/api.tar.gz' } | nothing is built here",
                "poetry.dependencies | { path = '../api' } | nothing is built here",
                "poetry.group.x.dependencies | { git = 'https://x.example/api' } | nothing is built here",
            })
    void aNameWithASourceIsNotReplaced(String table, String source, String said) throws Exception {
        project("'api>=1'", "x = []", "[tool." + table + "]", "API = " + source);
        assertThatThrownBy(() -> bench.run(SyncOptions.of("blast sync")))
                .hasMessageContaining(said);
        assertThat(bench.index().asked).isEmpty();
    }

    @Test
    void aSourceForAnotherPlatformIsNone() throws Exception {
        project(
                "'api'",
                "x = []",
                "[tool.uv.sources]",
                "api = [{ path = '../api', marker = \"sys_platform == 'win32'\" }]");
        assertThat(bench.lines(bench.done(SyncOptions.of("blast sync"))))
                .containsExactly("+ api 1.0 (pyproject.toml:4)", "+ pip");
    }

    @Test
    void aSourceThatIsAWheelIsTaken() throws Exception {
        Path wheel = folder.resolve("api-3.0-py3-none-any.whl");
        project("'api[x]>=2'", "x = []", "[tool.uv.sources]", "api = { path = '" + wheel + "' }");
        assertThat(Project.at(bench.project()).dependencies())
                .singleElement()
                .satisfies(root ->
                        assertThat(root.requirement())
                                .hasToString("api[x] @ file://" + wheel.toAbsolutePath()));
        project("'api<2'", "x = []", "[tool.uv.sources]", "api = { path = '" + wheel + "' }");
        assertThatThrownBy(() -> Project.at(bench.project()))
                .hasMessage(
                        "pyproject.toml:4: 'api<2' does not let in the wheel that is its source, "
                                + wheel.getFileName());
    }

    /** What needs the project by its name needs no stranger, and the lock names none. */
    @Test
    void whatDependsOnTheProjectHasItWhereItsVersionFits() throws Exception {
        project("'plugin'", "x = []");
        assertThat(bench.lines(bench.done(SyncOptions.of("blast sync"))))
                .containsExactly("+ pip", "+ plugin 1.0 (pyproject.toml:4)");
        assertThat(bench.index().asked).doesNotContain(DEMO);
        assertThat(Files.readString(bench.project().resolve("pylock.toml")))
                .doesNotContain("name = \"demo\"")
                .contains("\"demo>=0.5\"");

        Trees.delete(bench.environment().root());
        assertThat(bench.lines(bench.done(bench.frozen())))
                .containsExactly("+ pip", "+ plugin 1.0 (pyproject.toml:4)");
    }

    @Test
    void whatDependsOnAnotherVersionOfTheProjectDoesNotGetAStranger() throws Exception {
        project("'plugin'", "x = []");
        Path file = bench.project().resolve("pyproject.toml");
        Files.writeString(
                file, Files.readString(file).replaceFirst("version = .*", "version = '0.4'"));
        assertThat(bench.run(SyncOptions.of("blast sync")))
                .isInstanceOfSatisfying(
                        SyncResult.NoSolution.class,
                        none ->
                                assertThat(ProofText.render(none.unsolvable().proof()))
                                        .contains(
                                                "plugin needs demo >=0.5, which is this project (pyproject.toml:2), version 0.4"));
        assertThat(bench.index().asked).doesNotContain(DEMO);
    }

    @Test
    void membersOfAWorkspaceKnowEachOther() throws Exception {
        Path root = Files.createDirectories(folder.resolve("mono"));
        write(
                root,
                "[tool.uv.workspace]",
                "members = ['packages/*', 'deep/**']",
                "exclude = ['packages/old']",
                "[tool.uv.sources]",
                "c = { git = 'https://x.example/c' }");
        for (String member : List.of("packages/api", "packages/old", "deep/er/web")) {
            write(
                    Files.createDirectories(root.resolve(member)),
                    "[project]",
                    "name = '" + member.replaceFirst(".*/", "") + "'",
                    "version = '1'");
        }
        Project api = Project.at(root.resolve("packages/api"));
        assertThat(api.own().stream().map(OwnName::sentence))
                .containsExactly(
                        "is this project (pyproject.toml:2)",
                        "is the repository https://x.example/c (../../pyproject.toml:5)",
                        "is a member of the workspace, ../../deep/er/web (../../pyproject.toml:2)");
        assertThat(api.inputs()).contains(root.toRealPath().resolve("pyproject.toml"));
        assertThat(Project.at(root.resolve("packages/old")).own()).hasSize(1);
    }

    /** Dependencies on line 4, extras on line 7, further lines from 8 on. */
    private void project(String dependencies, String extras, String... more) throws Exception {
        write(
                bench.project(),
                "[project]",
                "name = 'demo'",
                "version = '1'",
                "dependencies = [" + dependencies + "]",
                "",
                "# extras",
                "optional-dependencies = { " + extras + " }",
                String.join("\n", more));
    }

    private static void write(Path folder, String... lines) throws Exception {
        Files.writeString(
                folder.resolve("pyproject.toml"),
                Arrays.stream(lines).collect(Collectors.joining("\n", "", "\n")));
    }
}
