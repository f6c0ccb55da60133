package dev.blast.environment.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                "setup.py=setup() | false | ",
                "setup.cfg=[options]/install_requires = a | true | setup.cfg is not read",
                "setup.cfg=[flake8]/max-line-length = 100 | false | ",
                "Pipfile=[packages] | true | Pipfile is not read",
                "environment.yml=name: x | true | environment.yml is not read: conda's",
                "requirements-dev.txt=a | true | requirements-dev.txt is not read: blast sync -r",
                "dev-requirements.in=a | true | dev-requirements.in is not read",
                "requirements.txt=a;;requirements-dev.txt=b | false | requirements-dev.txt is not read",
                "requirements.txt=-r requirements-dev.txt;;requirements-dev.txt=b | false | ",
                "requirements.txt=a;;setup.py=setup() | false | ",
                "pyproject.toml=[tool.poetry.dependencies]/python = '^3'/a = '1' | true"
                        + " | pyproject.toml:1: [tool.poetry.dependencies] is not read",
                "pyproject.toml=[tool.poetry.dependencies]/python = '^3' | false | ",
                "pyproject.toml=[tool.poetry.group.dev.dependencies]/a = '1' | true"
                        + " | [tool.poetry.group] is not read",
                "pyproject.toml=[project]/name = 'x'/version = '1'/[tool.poetry.group.dev.dependencies]/a = '1' | false"
                        + " | pyproject.toml:4: [tool.poetry.group] is not read: list them in [dependency-groups] (PEP 735)",
                "pyproject.toml=[project]/name = 'x'/version = '1'/[tool.poetry.dependencies]/a = '1' | true"
                        + " | pyproject.toml:4: [tool.poetry.dependencies] is not read",
                "pyproject.toml=[project]/name = 'x'/version = '1'/dynamic = ['dependencies']/[tool.poetry.group.dev.dependencies]/a = '1' | true"
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
                "pyproject.toml=[build-system]/requires = [];;setup.py=x | false | ",
                "conda-dev.yaml=name: x | true | conda-dev.yaml is not read: conda's",
                "pixi.toml=x | true | pixi.toml is not read: conda's",
                "pylock.dev.toml=x | true | pylock.dev.toml is not read: name it pylock.toml",
                "Requirements.txt=x | true | Requirements.txt is not read: blast sync -r",
                "pyproject.toml=[project]/name = 'x'/version = '1';;uv.toml=x | false | uv.toml is not read",
                "pyproject.toml=[tool.uv]/exclude-newer = '2024-01-01' | false | ",
                "pyproject.toml=[tool.uv]/exclude-newer = '2 moons' | false"
                        + " | pyproject.toml:2: [tool.uv.exclude-newer] is not read: '2 moons'",
                "pyproject.toml=[tool.uv]/exclude-newer = '2024-01-01'/[tool.blast]/exclude-newer = '30 days'"
                        + " | false | [tool.uv.exclude-newer] is not read: [tool.blast] exclude-newer goes before it",
                "pyproject.toml=[tool.uv]/exclude-newer-package = { a = '2024-01-01' } | false"
                        + " | pyproject.toml:2: [tool.uv.exclude-newer-package] is not read",
                "pyproject.toml=[tool.hatch.envs.default]/dependencies = ['a'] | false"
                        + " | pyproject.toml:1: the dependencies of [tool.hatch.envs] are not read",
                "pyproject.toml=[tool.hatch.envs.default]/scripts = { a = 'b' } | false | ",
                "pyproject.toml=[[tool.poetry.source]]/name = 'x'/url = 'y' | false"
                        + " | [[tool.poetry.source]] is asked for the names that are bound to it",
                "pyproject.toml=[[tool.poetry.source]]/name = 'x'/url = 'y'/priority = 'explicit' | false | ",
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
    void thatAClonedRepositoryIsNoPlaceToWorkIsSaidOnce() throws Exception {
        Files.writeString(
                folder.resolve("requirements.txt"),
                "-e git+https://host/a#egg=a\nsix\n-e git+https://host/b#egg=b\n");
        assertThat(Project.at(folder).unread())
                .extracting(Unread::toString)
                .containsExactly(
                        "requirements.txt:1 and 1 more: -e of a repository is installed as it is at that commit: clone it, and name the folder, to work on it");
    }

    @Test
    void aFolderThatSaysNothingDeclaresNothing() throws Exception {
        assertThat(Project.at(folder).declared()).isFalse();
        Files.writeString(folder.resolve("pyproject.toml"), "[tool.ruff]\n");
        assertThat(Project.at(folder).declared()).isFalse();
        Files.writeString(folder.resolve("requirements.txt"), "");
        assertThat(Project.at(folder).declared()).isTrue();
    }

    /** What setuptools would read of files needs no build to be known. */
    @Test
    void dynamicDependenciesInFilesAreRead() throws Exception {
        Files.writeString(folder.resolve("base.txt"), "a # why\nb>=1\n");
        Files.writeString(folder.resolve("requirements.txt"), "c\n");
        String project =
                """
                [project]
                name = 'x'
                version = '1'
                dynamic = ['dependencies', 'optional-dependencies']
                [tool.setuptools.dynamic]
                dependencies = { file = ['base.txt', 'requirements.txt'] }
                optional-dependencies.test = { file = 'test.txt' }
                """;
        Files.writeString(folder.resolve("pyproject.toml"), project);
        assertThatThrownBy(() -> Project.at(folder))
                .hasMessageStartingWith("pyproject.toml:7:")
                .hasMessageContaining(
                        "there is no file " + folder.toRealPath().resolve("test.txt"));
        Files.writeString(folder.resolve("test.txt"), "d\n");
        Project read = Project.at(folder);
        assertThat(read.unread()).isEmpty();
        assertThat(read.dependencies())
                .extracting(root -> root.requirement() + " " + root.origin())
                .containsExactly("a base.txt:1", "b>=1 base.txt:2", "c requirements.txt:1");
        assertThat(read.extras().toString()).contains("test").contains("test.txt:1");
        assertThat(read.inputs()).contains(folder.toRealPath().resolve("base.txt"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default-groups = ['docs'] | | [docs]",
                "default-groups = 'all' | | [dev, docs]",
                "default-groups = ['docs'] | groups = 'dev' | [dev]",
                " | | [dev]",
            })
    void whichGroupsAreInstalledUvSaysToo(String uv, String blast, String groups) throws Exception {
        Files.writeString(
                folder.resolve("pyproject.toml"),
                "[dependency-groups]\ndev = []\ndocs = []\n[tool.uv]\n%s\n[tool.blast]\n%s\n"
                        .formatted(uv == null ? "" : uv, blast == null ? "" : blast));
        assertThat(Project.at(folder).defaultGroups()).hasToString(groups);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " | ",
                "[project.scripts]/nx = 'x:main' | ",
                "[build-system]/nrequires = [] | pyproject.toml:4 known",
                "[build-system]/nrequires = []/n[tool.uv]/npackage = false | ",
                "[tool.uv]/npackage = true | pyproject.toml:5 known",
                "dynamic = ['dependencies']/n[build-system]/nrequires = [] | pyproject.toml:5 asked",
            })
    void aProjectThatIsBuiltBelongsInItsEnvironment(String more, String itself) throws Exception {
        Files.writeString(
                folder.resolve("pyproject.toml"),
                "[project]\nname = 'x'\nversion = '1'\n"
                        + (more == null ? "" : more.replace("/n", "\n")));
        assertThat(
                        Project.at(folder)
                                .itself()
                                .map(it -> it.origin() + (it.known() ? " known" : " asked"))
                                .orElse(null))
                .isEqualTo(itself);
    }

    @Test
    void aProjectOfSetuptoolsIsAskedWhatItNeeds() throws Exception {
        Files.writeString(folder.resolve("setup.cfg"), "[flake8]\n");
        assertThat(Project.at(folder).itself()).isEmpty();
        Files.writeString(folder.resolve("setup.cfg"), "[metadata]\nname = x\n");
        Project project = Project.at(folder);
        assertThat(project.itself().orElseThrow().known()).isFalse();
        assertThat(project.declared()).isTrue();
        assertThat(project.isUnreadable()).isFalse();
        assertThat(project.unread()).isEmpty();
    }
}
