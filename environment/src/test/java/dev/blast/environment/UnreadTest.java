package dev.blast.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not read is said, and is not taken for nothing. */
class UnreadTest {
    @TempDir Path folder;

    /** Files as {@code NAME=TEXT}, with {@code ;;} between them and {@code /} for line ends. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "setup.py=setup() | true | setup.py is not read, since it is a program",
                "setup.cfg=[options]/install_requires = a | true | setup.cfg is not read",
                "setup.cfg=[flake8]/max-line-length = 100 | false | ",
                "Pipfile=[packages] | true | Pipfile is not read",
                "environment.yml=name: x | true | environment.yml is not read: conda's",
                "requirements-dev.txt=a | true | requirements-dev.txt is not read: name it in",
                "dev-requirements.in=a | true | dev-requirements.in is not read",
                "requirements.txt=a;;requirements-dev.txt=b | false | requirements-dev.txt is not read",
                "requirements.txt=-r requirements-dev.txt;;requirements-dev.txt=b | false | ",
                "requirements.txt=a;;setup.py=setup() | false | setup.py is not read",
                "pyproject.toml=[tool.poetry.dependencies]/python = '^3'/a = '1' | true"
                        + " | pyproject.toml:1: [tool.poetry.dependencies] is not read",
                "pyproject.toml=[tool.poetry.dependencies]/python = '^3' | false | ",
                "pyproject.toml=[tool.poetry.group.dev.dependencies]/a = '1' | true"
                        + " | [tool.poetry.group] is not read",
                "pyproject.toml=[tool.pdm.dev-dependencies]/x = ['a'] | true"
                        + " | [tool.pdm.dev-dependencies] is not read",
                "pyproject.toml=[tool.uv]/dev-dependencies = ['a'] | true"
                        + " | pyproject.toml:2: [tool.uv.dev-dependencies] is not read",
                "pyproject.toml=[project]/name = 'x'/version = '1'/dynamic = ['dependencies'] | true"
                        + " | pyproject.toml:4: 'dependencies' is dynamic",
                "pyproject.toml=[project]/name = 'x'/version = '1'/dynamic = ['dependencies']/[dependency-groups]/dev = ['a']"
                        + " | false | pyproject.toml:4: 'dependencies' is dynamic",
                "pyproject.toml=[project]/name = 'x'/version = '1'/dependencies = ['a'];;requirements.txt=b"
                        + " | false | requirements.txt is not read",
                "pyproject.toml=[project]/name = 'x'/version = '1'/dependencies = ['a'];;setup.py=x"
                        + " | false | ",
                "pyproject.toml=[project]/name = 'x'/version = '1';;uv.lock=x"
                        + " | false | uv.lock is not read",
                "pyproject.toml=[build-system]/requires = [];;setup.py=x | true | setup.py is not read",
            })
    void whatIsNotReadIsSaid(String files, boolean unreadable, String said) throws Exception {
        for (String file : files.split(";;", -1)) {
            int equals = file.indexOf('=');
            Files.writeString(
                    folder.resolve(file.substring(0, equals)),
                    file.substring(equals + 1).replace('/', '\n') + "\n");
        }
        Project project = Project.at(folder);
        assertThat(project.isUnreadable()).isEqualTo(unreadable);
        if (said == null) {
            assertThat(project.unread()).isEmpty();
        } else {
            assertThat(project.unread())
                    .extracting(Unread::toString)
                    .anyMatch(u -> u.contains(said));
        }
    }

    @Test
    void aFolderThatSaysNothingDeclaresNothing() throws Exception {
        assertThat(Project.at(folder).declared()).isFalse();
        Files.writeString(folder.resolve("pyproject.toml"), "[tool.ruff]\n");
        assertThat(Project.at(folder).declared()).isFalse();
        Files.writeString(folder.resolve("requirements.txt"), "");
        assertThat(Project.at(folder).declared()).isTrue();
    }

    @Test
    void aProjectThatIsBuiltOrHasCommandsBelongsInItsEnvironment() throws Exception {
        String project = "[project]\nname = 'x'\nversion = '1'\n";
        Files.writeString(folder.resolve("pyproject.toml"), project);
        assertThat(Project.at(folder).itself()).isEmpty();
        Files.writeString(
                folder.resolve("pyproject.toml"), project + "[project.scripts]\nx = 'x:main'\n");
        assertThat(Project.at(folder).itself()).contains("pyproject.toml:4");
        Files.writeString(
                folder.resolve("pyproject.toml"), project + "[build-system]\nrequires = []\n");
        assertThat(Project.at(folder).itself()).contains("pyproject.toml:4");
    }
}
