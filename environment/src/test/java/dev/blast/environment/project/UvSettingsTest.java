package dev.blast.environment.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said to uv counts where it means the same, and that it does is said. */
class UvSettingsTest {
    private static final String PROJECT = "[project]\nname = 'x'\nversion = '1'\n";

    @TempDir Path folder;

    private Project project(String in, String text) throws Exception {
        Path directory = Files.createDirectories(folder.resolve(in));
        Files.writeString(directory.resolve("pyproject.toml"), text);
        return Project.at(directory);
    }

    @Test
    void whatIsSaidToUvCountsWithItsPlace() throws Exception {
        Project project =
                project(
                        "shop",
                        PROJECT
                                + """
                                [tool.uv]
                                override-dependencies = [
                                  "numpy>=2",
                                  "pandas; sys_platform == 'never'",
                                ]
                                constraint-dependencies = ["urllib3<3"]
                                exclude-newer = "2026-01-31"
                                """);
        assertThat(project.constraints())
                .extracting(it -> it.requirement() + " " + it.origin() + " " + it.isOverride())
                .containsExactly(
                        "numpy>=2 pyproject.toml:6 true",
                        "pandas; sys_platform == \"never\" pyproject.toml:7 true",
                        "urllib3<3 pyproject.toml:9 false");
        assertThat(project.settings().cutoff().orElseThrow().by()).isEqualTo("pyproject.toml:10");
        assertThat(project.settings().followed())
                .containsExactly(
                        "pyproject.toml:5: [tool.uv.override-dependencies] is followed, as overrides of numpy, pandas",
                        "pyproject.toml:9: [tool.uv.constraint-dependencies] is followed, as constraint on urllib3",
                        "pyproject.toml:10: [tool.uv.exclude-newer] is followed: 2026-01-31");
        assertThat(project.unread()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "override-dependencies = 'a'               | it is no list of requirements",
                "override-dependencies = [{ name = 'a' }]  | it is no list of requirements",
                "override-dependencies = ['a @ https://files.example/a-1-py3-none-any.whl'] | a is given an address there",
                "override-dependencies = ['a >> 1']        | override-dependencies] is not read",
                "constraint-dependencies = ['a >> 1']      | constraint-dependencies] is not read",
                "exclude-newer = 2026-01-31                | it is no text",
            })
    void whatIsNotUnderstoodIsNotRead(String line, String why) throws Exception {
        Project project = project("shop", PROJECT + "[tool.uv]\n" + line + "\n");
        assertThat(project.constraints()).isEmpty();
        assertThat(project.settings().cutoff()).isEmpty();
        assertThat(project.settings().followed()).isEmpty();
        assertThat(project.unread()).singleElement().asString().contains(why);
    }

    @Test
    void whatIsSaidToBlastGoesBefore() throws Exception {
        Project project =
                project(
                        "shop",
                        PROJECT
                                + "[tool.uv]\noverride-dependencies = ['a>=2']\n"
                                + "[tool.blast]\noverrides = ['b>=2']\n");
        assertThat(project.overrides())
                .singleElement()
                .extracting(it -> it.requirement().name().toString())
                .isEqualTo("b");
        assertThat(project.unread())
                .singleElement()
                .hasToString(
                        "pyproject.toml:5: [tool.uv.override-dependencies] is not read: [tool.blast] overrides goes before it");
    }

    @Test
    void ofAWorkspaceItsRootCounts() throws Exception {
        project(
                "",
                "[tool.uv]\nconstraint-dependencies = ['a<2']\n[tool.uv.workspace]\nmembers = ['packages/*']\n");
        Project member =
                project(
                        "packages/shop",
                        PROJECT + "[tool.uv]\nconstraint-dependencies = ['a<1']\n");
        assertThat(member.constraints())
                .extracting(it -> it.requirement() + " " + it.origin())
                .containsExactly("a<2 ../../pyproject.toml:2");
        assertThat(member.unread())
                .extracting(Unread::toString)
                .contains(
                        "pyproject.toml:5: [tool.uv.constraint-dependencies] is not read: of a workspace, what its root says counts (../../pyproject.toml)");
        assertThat(member.inputs()).contains(folder.toRealPath().resolve("pyproject.toml"));
    }
}
