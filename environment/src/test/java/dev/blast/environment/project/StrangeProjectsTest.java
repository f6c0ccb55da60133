package dev.blast.environment.project;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.EnvironmentException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands where in a project's files: it is read, or refused in words. */
class StrangeProjectsTest {
    private static final List<String> VALUES =
            List.of(
                    "'['",
                    "'**/[a'",
                    "\"a\\u0000b\"",
                    "\"x\\ny\"",
                    "'../../x'",
                    "''",
                    "3",
                    "true",
                    "[]",
                    "['[']",
                    "{}",
                    "[3]",
                    "[\"\\u0000\"]",
                    "{path='['}",
                    "{path=\"\\u0000\"}",
                    "{git='x'}",
                    "{index=3}",
                    "{workspace=true}",
                    "{url='::'}",
                    "[{include-group='x'}]",
                    "'~/x'",
                    "\"é\\u212a\"",
                    "1979-05-27",
                    "inf",
                    "[[1]]",
                    "'$(x)'",
                    "'a b'",
                    "'==1'",
                    "'>=3.x'");

    private static final List<String> KEYS =
            List.of(
                    "project.name",
                    "project.version",
                    "project.requires-python",
                    "project.dependencies",
                    "project.dynamic",
                    "project.optional-dependencies",
                    "project.optional-dependencies.a",
                    "project.scripts",
                    "dependency-groups",
                    "dependency-groups.dev",
                    "tool.blast",
                    "tool.blast.python",
                    "tool.blast.policies",
                    "tool.blast.index",
                    "tool.blast.groups",
                    "tool.blast.x",
                    "tool.uv.workspace",
                    "tool.uv.workspace.members",
                    "tool.uv.workspace.exclude",
                    "tool.uv.sources",
                    "tool.uv.sources.a",
                    "tool.uv",
                    "tool.poetry",
                    "tool.poetry.dependencies",
                    "tool.poetry.dependencies.a",
                    "tool.poetry.source",
                    "tool.poetry.group",
                    "tool.pdm.dev-dependencies",
                    "tool.hatch",
                    "build-system",
                    "build-system.requires",
                    "build-system.build-backend",
                    "tool.setuptools.dynamic",
                    "tool");

    @TempDir Path folder;

    @Test
    void anyValueUnderAnyKeyIsReadOrRefused() throws Exception {
        Path file = folder.resolve("pyproject.toml");
        for (String key : KEYS) {
            for (String value : VALUES) {
                boolean ofProject = key.startsWith("project.");
                Files.writeString(
                        file,
                        (ofProject && !key.equals("project.name") ? "project.name = 'p'\n" : "")
                                + key
                                + " = "
                                + value
                                + (ofProject ? "" : "\n[project]\nname = 'p'\nversion = '1'\n"));
                assertReadOrRefused(key + " = " + value);
            }
        }
    }

    @Test
    void anyWordInARequirementsFileIsReadOrRefused() throws Exception {
        Path file = folder.resolve("requirements.txt");
        for (String option : List.of("", "-r ", "-c ", "-e ", "-i ", "-f ", "--extra-index-url ")) {
            for (String value : VALUES) {
                String line = option + value.replace("'", "").replace("\\u0000", "\0");
                Files.writeString(file, line + "\n");
                assertReadOrRefused(line);
            }
        }
    }

    @Test
    void aWorkspaceInAFolderWhereAnybodyMayWriteIsNobodys() throws Exception {
        Path below = Files.createDirectory(folder.resolve("below"));
        Files.writeString(
                below.resolve("pyproject.toml"), "[project]\nname = 'p'\nversion = '1'\n");
        Files.writeString(folder.resolve("pyproject.toml"), "not = toml = at all");
        assertThatThrownBy(() -> Project.at(below)).isInstanceOf(EnvironmentException.class);
        Files.setAttribute(folder, "unix:mode", 041777);
        assertThatCode(() -> Project.at(below)).doesNotThrowAnyException();
    }

    private void assertReadOrRefused(String what) {
        ThrowingCallable read =
                () -> {
                    try {
                        Project project = Project.at(folder);
                        project.requirements(project.defaultGroups(), project.extras().keySet());
                    } catch (EnvironmentException _) {
                        // in words
                    }
                };
        assertThatCode(read).as(what).doesNotThrowAnyException();
    }
}
