package dev.blast.environment.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.packaging.ExtraName;
import dev.blast.solver.RootRequirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A root of a workspace that is no project stands for all members. */
class MemberProjectsTest {
    private static final String BUILD = "[build-system];requires = ['hatchling']";

    @TempDir Path folder;

    /** Of {@code a} and {@code b} packages are built, of {@code c} none. */
    @BeforeEach
    void setUp() throws Exception {
        root("members = ['packages/*']");
        member(
                "a",
                "requires-python = '>=3.10'",
                "dependencies = ['b']",
                "optional-dependencies.fast = ['x']",
                "[dependency-groups]",
                "dev = ['dev-a']",
                BUILD);
        member(
                "b",
                "requires-python = '<3.14,>=3.10'",
                "[dependency-groups]",
                "dev = ['dev-b']",
                "test = ['test-b', {include-group = 'dev'}]",
                "[tool.uv]",
                "default-groups = ['test']",
                BUILD);
        member(
                "c",
                "dependencies = ['needed-c', 'c[all]']",
                "optional-dependencies.fast = ['fast-c']",
                "optional-dependencies.all = ['c[fast]']",
                "[dependency-groups]",
                "dev = ['c[fast]']");
    }

    /** What is asked for without a word, with a group, with an extra; what the root says beside. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | `` | `` | a b needed-c fast-c",
                "`[dependency-groups];dev = ['mine']` | `` | `` | a b needed-c fast-c mine dev-a dev-b",
                "`[tool.uv];default-groups = ['test']` | `` | `` | a b needed-c fast-c test-b dev-b",
                "`[tool.uv];default-groups = []` | `` | `` | a b needed-c fast-c",
                "`[tool.uv];default-groups = 'all'` | `` | `` | a b needed-c fast-c dev-a dev-b test-b dev-b",
                "`` | test | `` | a b needed-c fast-c test-b dev-b",
                "`` | `` | fast | a b needed-c fast-c a[fast]",
            })
    void allThatMembersNeedIsAskedFor(String more, String group, String extra, String asked)
            throws Exception {
        root("members = ['packages/*']", more.isEmpty() ? "[tool.blast]" : more);
        Project project = Project.at(folder);
        List<ExtraName> groups =
                group.isEmpty()
                        ? more.isEmpty() ? List.of() : project.defaultGroups()
                        : List.of(new ExtraName(group));
        Set<ExtraName> extras = extra.isEmpty() ? Set.of() : Set.of(new ExtraName(extra));
        assertThat(
                        project.requirements(groups, extras).stream()
                                .map(it -> it.requirement().toString())
                                .collect(Collectors.joining(" ")))
                .isEqualTo(asked);
    }

    @Test
    void eachNeedSaysWhereItStands() throws Exception {
        root("exclude = []", "members = [", "'packages/[ab]',", "'packages/c']");
        Project project = Project.at(folder);
        assertThat(project.dependencies().stream().map(RootRequirement::origin))
                .containsExactly(
                        "pyproject.toml:4",
                        "pyproject.toml:4",
                        "packages/c/pyproject.toml:4",
                        "packages/c/pyproject.toml:5");
        assertThat(project.groups().get(Project.DEV))
                .extracting(RootRequirement::origin)
                .containsExactly(
                        "packages/a/pyproject.toml:8",
                        "packages/b/pyproject.toml:6",
                        "packages/c/pyproject.toml:5");
        assertThat(project.requiresPythonPlace())
                .contains("packages/a/pyproject.toml:4, packages/b/pyproject.toml:4");
        assertThat(project.requiresPython().orElseThrow().value()).hasToString("<3.14,>=3.10");
        assertThat(project.declared()).isTrue();
        assertThat(project.itself()).isEmpty();
        assertThat(project.own().stream().map(OwnName::sentence))
                .containsExactly(
                        "is a member of the workspace, packages/a (pyproject.toml:4)",
                        "is a member of the workspace, packages/b (pyproject.toml:4)",
                        "is a member of the workspace, packages/c (pyproject.toml:5)");
    }

    /** A file of a member that changes, and a member more, make another project of it. */
    @Test
    void allThatDecidesIsAnInput() throws Exception {
        Path root = folder.toRealPath();
        assertThat(Project.at(folder).inputs())
                .contains(
                        root.resolve("pyproject.toml"),
                        root.resolve("packages/a/pyproject.toml"),
                        root.resolve("packages/c/pyproject.toml"),
                        root.resolve("packages"));
    }

    /** Sources of members hold for what they need; those of the root come after them. */
    @Test
    void sourcesOfMembersAreFollowed() throws Exception {
        member("a", BUILD, "[tool.uv.sources]", "x = { path = '../../x' }");
        member("c", "[tool.uv.sources]", "y = { git = 'https://y.example/y' }");
        root("members = ['packages/*']", "[tool.uv.sources]", "y = { path = 'elsewhere' }");
        String here = folder.toRealPath().toUri().toString();
        assertThat(Project.at(folder).own().stream().map(it -> it.name() + " " + it.url()))
                .contains("x " + here + "x", "y git+https://y.example/y")
                .doesNotContain("y " + here + "elsewhere");
    }

    /** What another member asks of {@code a 1}; what is overridden and said. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dependencies = ['a'] | `` | ``",
                "dependencies = ['a>=1'] | `` | ``",
                "dependencies = ['a[fast]<1'] | a pyproject.toml:2 | packages/c/pyproject.toml:4: 'a[fast]<1' is met by the member of the workspace, which is 1",
                "[dependency-groups];dev = ['A>1'] | a pyproject.toml:2 | packages/c/pyproject.toml:5: 'a>1' is met by the member of the workspace, which is 1",
                "optional-dependencies.x = ['d'] | `` | ``",
                "optional-dependencies.x = ['d>=1'] | d pyproject.toml:2 | ``",
            })
    void aMemberIsTheOnlyOneOfItsName(String asked, String overridden, String said)
            throws Exception {
        write(
                folder.resolve("packages/d"),
                "[project];name = 'd';dynamic = ['version'];dependencies = []",
                BUILD);
        member("c", asked);
        Project project = Project.at(folder);
        assertThat(
                        project.overrides().stream()
                                .map(it -> it.requirement() + " " + it.origin())
                                .collect(Collectors.joining(", ")))
                .isEqualTo(overridden);
        assertThat(String.join(", ", project.settings().followed())).isEqualTo(said);
    }

    /** What a member is written like; what is said. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name = 'd';version = '1';requires-python = '>=3.14'"
                        + " | no Python is for all members of the workspace: >=3.10 (packages/a/pyproject.toml:4), <3.14,>=3.10 (packages/b/pyproject.toml:4), >=3.14 (packages/d/pyproject.toml:4)",
                "version = '1';name = 'A'"
                        + " | two members of the workspace have the name a: packages/a/pyproject.toml:2 and packages/d/pyproject.toml:3",
                "name = 'd';version = '1';[tool.uv.workspace];members = ['x']"
                        + " | packages/d/pyproject.toml:4: a member of a workspace is no root of another one",
                "name = 'd';version = '1';[tool.uv.sources];b = { path = '../b' };x = { path = '/x' };[tool.uv.workspace]"
                        + " | packages/d/pyproject.toml:7: a member of a workspace",
                "name = 'd';version = '1';dependencies = ['d[nosuch]']"
                        + " | packages/d/pyproject.toml:4: 'd[nosuch]' is this project itself, which has no extra 'nosuch'; there are: none",
            })
    void whatDoesNotGoTogetherIsRefused(String said, String message) throws Exception {
        write(folder.resolve("packages/d"), "[project]", said);
        assertThatThrownBy(() -> Project.at(folder)).hasMessageStartingWith(message);
    }

    @Test
    void twoPlacesForOneNameAreRefused() throws Exception {
        member("a", "[tool.uv.sources]", "x = { path = '/one' }");
        member("b", "[tool.uv.sources]", "x = { path = '/two' }");
        assertThatThrownBy(() -> Project.at(folder))
                .hasMessage(
                        """
                        x is the folder /one (packages/a/pyproject.toml:5), and is the folder /two \
                        (packages/b/pyproject.toml:5): members of a workspace share one environment
                        let both name one place, or start one alone: blast -C packages/b start\
                        """);
    }

    /** The table of the root; what is said of it, or nothing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "members = ['packages/a', 'packages/c'] | ``",
                "members = ['packages/*'];exclude = ['packages/a', 'packages/e'] | ``",
                "members = ['nosuch', 'packages/a'] | pyproject.toml:2: members of the workspace: 'nosuch' names no folder: write where they are in [tool.uv.workspace]",
                "members = ['no/*'] | pyproject.toml:2: members of the workspace: 'no/*' names no folder: write where they are in [tool.uv.workspace]",
                "members = ['others/plain', 'others/empty'] | pyproject.toml:2: others/plain is no member of the workspace: it has no pyproject.toml with a [project] name: write one, or exclude it in [tool.uv.workspace]",
                "members = ['linked/*'] | pyproject.toml:2: linked/a is a link, and no member of the workspace: name it in members without a wildcard, if it is meant",
                "members = ['linked/*'];exclude = ['linked/a'] | ``",
                "members = [] | ``",
            })
    void whatIsNoMemberIsSaid(String table, String said) throws Exception {
        Files.createDirectories(folder.resolve("others/empty"));
        write(folder.resolve("others/plain"), "[tool.ruff]");
        Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("linked")).resolve("a"),
                folder.resolve("packages/a"));
        root(table);
        assertThat(Project.at(folder).unread().stream().map(Unread::toString))
                .containsExactlyElementsOf(said.isEmpty() ? List.of() : List.of(said));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "members = \"packages/*\" | members of [tool.uv.workspace] is a list of texts",
                "exclude = [1] | exclude of [tool.uv.workspace] is a list of texts",
                "members = [\"../**\"] | a pattern with ** that leaves the workspace",
                "members = [\"packages/[\"] | has a pattern that names no folders",
            })
    void patternsThatAreNoneAreRefused(String table, String message) {
        assertThatThrownBy(
                        () -> {
                            root(table);
                            Project.at(folder);
                        })
                .hasMessageContaining(message);
    }

    private void root(String... lines) throws Exception {
        String[] all = new String[lines.length + 1];
        all[0] = "[tool.uv.workspace]";
        System.arraycopy(lines, 0, all, 1, lines.length);
        write(folder, all);
    }

    /** A semicolon stands for the end of a line; what is said of it begins on line 4. */
    private void member(String name, String... lines) throws Exception {
        String[] all = new String[lines.length + 1];
        all[0] = "[project];name = '%s';version = '1'".formatted(name);
        System.arraycopy(lines, 0, all, 1, lines.length);
        write(folder.resolve("packages").resolve(name), all);
    }

    private static void write(Path where, String... lines) throws Exception {
        Files.write(
                Files.createDirectories(where).resolve("pyproject.toml"),
                Arrays.stream(lines).flatMap(line -> line.lines()).toList().stream()
                        .flatMap(line -> Arrays.stream(line.split(";", -1)))
                        .toList());
    }
}
