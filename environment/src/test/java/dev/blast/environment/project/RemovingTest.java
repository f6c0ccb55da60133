package dev.blast.environment.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.packaging.PackageName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code pyproject.toml} holds once something is taken out. */
class RemovingTest extends AddingFixture {
    static Stream<Arguments> removals() {
        String twice =
                HEAD
                        + "dependencies = ['six', 'a']\n[project.optional-dependencies]\nweb = ['b']\n[dependency-groups]\ndev = [\n  'six', # s\n  'b',\n]\n";
        return Stream.of(
                Arguments.of(twice, "six", null, twice.replace("['six', 'a']", "['a']")),
                Arguments.of(twice, "six", DEV, twice.replace("  'six', # s\n", "")),
                Arguments.of(twice, "b", WEB, twice.replace("['b']", "[]")),
                Arguments.of(twice, "a", null, twice.replace("'six', 'a'", "'six'")),
                Arguments.of(
                        HEAD + "dependencies = [\n  \"six<1; os_name == 'nt'\",\n  \"six\",\n]\n",
                        "Six",
                        null,
                        HEAD + "dependencies = []\n"));
    }

    @ParameterizedTest
    @MethodSource("removals")
    void theFileSaysLess(String before, String name, @Nullable ProjectPart part, String after)
            throws Exception {
        Path project = project();
        Files.writeString(project.resolve("pyproject.toml"), before);
        var removed =
                (Removing.Removed.Planned)
                        Removing.from(Project.at(project), List.of(new PackageName(name)), part);
        assertThat(texts(removed.edit())).isEqualTo(Map.of("pyproject.toml", after));
        Files.writeString(project.resolve("pyproject.toml"), after);
        assertThat(removed.project()).isEqualTo(Project.at(project));
    }

    /** Where another's table or program says it, a person takes it out there. */
    @Test
    void whatIsNotEditedFromHereIsNamed() throws Exception {
        Path project = project();
        Path file = project.resolve("pyproject.toml");
        Files.writeString(
                file,
                "[tool.poetry.dependencies]\nSix = '*'\n[tool.poetry.group.dev.dependencies]\nb = '*'\n");
        assertThat(((Removing.Removed.NotAsked) removed(project, "six", null)).hints())
                .containsExactly(
                        "it is asked for in pyproject.toml:2, [tool.poetry.dependencies]: take it out there, then blast sync");
        assertThat(((Removing.Removed.NotAsked) removed(project, "b", null)).hints())
                .containsExactly(
                        "it is asked for in pyproject.toml:4, [tool.poetry.group.dev.dependencies]: take it out there, then blast sync");
        Files.delete(file);
        Files.writeString(project.resolve("setup.py"), "import setuptools\n");
        assertThat(((Removing.Removed.NotAsked) removed(project, "six", null)).hints())
                .containsExactly(
                        "its build backend says what it needs (setup.py): if it does, take it out where that reads it, then blast sync");
        Files.delete(project.resolve("setup.py"));
        Files.writeString(folder.resolve("more.txt"), "six\n");
        Files.writeString(project.resolve("requirements.txt"), "six<2\n-r ../more.txt\n");
        var left = (Removing.Removed.Planned) removed(project, "six", null);
        assertThat(left.left())
                .containsExactly("six is asked for still, in %s/more.txt:1".formatted(folder));
        Files.writeString(project.resolve("requirements.txt"), "-r ../more.txt\n");
        assertThat(((Removing.Removed.NotAsked) removed(project, "six", null)).hints())
                .containsExactly(
                        "it is asked for in %s/more.txt:1: take it out there, then blast sync"
                                .formatted(folder));
    }

    @Test
    void whatIsAskedForNowhereOrInSeveralPlacesIsSaid() throws Exception {
        Path project = project();
        Files.writeString(
                project.resolve("pyproject.toml"),
                HEAD
                        + "dependencies = ['six']\noptional-dependencies = {web = ['b']}\n[dependency-groups]\ndev = ['b']\n");
        assertThat(removed(project, "b", null))
                .isEqualTo(new Removing.Removed.Several(new PackageName("b"), List.of(WEB, DEV)));
        assertThat(removed(project, "sixx", null))
                .isEqualTo(
                        new Removing.Removed.NotAsked(
                                new PackageName("sixx"),
                                List.of(),
                                Set.of(new PackageName("six"), new PackageName("b"))));
        assertThat(((Removing.Removed.NotAsked) removed(project, "six", DEV)).hints())
                .containsExactly("it is asked for in the dependencies");
    }
}
