package dev.blast.environment.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blast.environment.Directories;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Trees;
import dev.blast.environment.interpreter.Processes;
import dev.blast.environment.policies.PolicySources;
import dev.blast.environment.policies.Trust;
import dev.blast.packaging.ExtraName;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectTest {
    @TempDir Path given;
    private Path folder;

    @BeforeEach
    void setUp() throws Exception {
        folder = given.toRealPath();
    }

    @Test
    void requirementsKnowTheirLines() throws Exception {
        write(
                "pyproject.toml",
                """
                [project]
                name = "Shop.Web"
                version = "1"
                requires-python = ">=3.11"
                dependencies = [
                  "httpx>=0.27",
                  "anyio",
                ]
                [project.optional-dependencies]
                cli = ["rich"]
                [dependency-groups]
                dev = ["pytest", {include-group = "lint"}]
                lint = ["ruff"]
                [tool.blast]
                python = "3.12"
                policies = "rules/own.drl"
                """);
        Project project = Project.at(folder);
        assertThat(project.name()).isEqualTo("shop-web");
        assertThat(project.settings().python()).contains("3.12");
        assertThat(project.requiresPythonPlace()).contains("pyproject.toml:4");
        assertThat(project.defaultGroups()).containsExactly(new ExtraName("dev"));
        assertThat(asked(project, project.defaultGroups(), Set.of(new ExtraName("CLI"))))
                .containsExactly(
                        "httpx>=0.27 pyproject.toml:6",
                        "anyio pyproject.toml:7",
                        "pytest pyproject.toml:12",
                        "ruff pyproject.toml:13",
                        "rich pyproject.toml:10");
        assertThatThrownBy(() -> project.requirements(List.of(new ExtraName("docs")), Set.of()))
                .hasMessage("shop-web has no dependency group 'docs'; there are: [dev, lint]");
    }

    @Test
    void aFolderIsFoundFromBelowAndMayAskForNothing() throws Exception {
        Path below = Files.createDirectories(folder.resolve("src/deep"));
        assertThat(Project.directoryOf(below, folder.resolve("home"))).isEqualTo(below);
        write("pyproject.toml", "[tool.ruff]\nline-length = 100\n");
        Project project = Project.at(Project.directoryOf(below, folder.resolve("home")));
        assertThat(project.directory()).isEqualTo(folder);
        assertThat(project.dependencies()).isEmpty();
        assertThat(project.name()).isEqualTo(folder.getFileName().toString());
    }

    @Test
    void overridesKnowWhereTheyWereSaid() throws Exception {
        write("pyproject.toml", "[tool.blast]\noverrides = [\n 'a>=2',\n 'b[x]==1',\n]\n");
        write("o.txt", "# by hand\nc<3\n");
        Project project =
                Project.at(folder).overriddenBy(List.of(folder.resolve("o.txt").toString()));
        assertThat(project.overrides())
                .extracting(it -> it.requirement() + " " + it.origin())
                .containsExactly(
                        "a>=2 pyproject.toml:3", "b[x]==1 pyproject.toml:4", "c<3 o.txt:2");
        assertThat(project.inputs()).contains(project.directory().resolve("o.txt"));
    }

    @Test
    void errorsHaveAPlaceAndACaret() throws Exception {
        assertError(
                "[project\nname = 'x'\n",
                """
                pyproject.toml:1:9: Unexpected end of line, expected ]
                   1 | [project
                               ^\
                """);
        assertError(
                "[project]\nname = 'x'\nversion = '1'\ndependencies = [\n  'a',\n  'b >> 2',\n]\n",
                "pyproject.toml:6:3: ");
        assertError(
                "[tool.blast]\npyton = '3'\n",
                """
                pyproject.toml:2:1: unknown key 'pyton' of [tool.blast] (did you mean 'python'?); there are: compile-bytecode, environment, exclude-newer, groups, index, index-strategy, no-binary, no-build, overrides, policies, prerelease, python
                   2 | pyton = '3'
                       ^\
                """);
        assertError(
                "[tool.Blast]\npython = '3'\n",
                "pyproject.toml:1:1: the table is called [tool.blast]");
        assertError(
                "[tool.blast]\nindexes = 'x'\n",
                "pyproject.toml:2:1: unknown key 'indexes' of [tool.blast] (did you mean 'index'?)");
        assertError(
                "[tool.blast]\nstrategy = 'x'\n",
                "pyproject.toml:2:1: unknown key 'strategy' of [tool.blast]; there are:");
        assertError("[tool.blast]\nindex = ''\n", "pyproject.toml:2:1: index holds an empty text");
        assertError(
                "[dependency-groups]\ndocs = []\n[tool.blast]\ngroups = ['dosc']\n",
                "pyproject.toml:4:1: there is no dependency group 'dosc'; there are: [docs]");
        assertError(
                "[tool.blast]\npolicies = [1]\n",
                "pyproject.toml:2:1: policies is a list of texts");
        assertError(
                "[tool.blast]\noverrides = [\n 'a>=2',\n 'b >> 2',\n]\n", "pyproject.toml:4:2: ");
        assertError(
                "[tool.blast]\noverrides = ['a @ https://a.example/a.whl']\n",
                "pyproject.toml:2:14: an override says which versions count");
        assertError(
                "[tool.blast]\nexclude-newer = '30 dais'\n",
                "pyproject.toml:2:1: exclude-newer: '30 dais': there is no unit 'dais' (did you mean 'days'?); expected is");
        assertError(
                "[tool.blast]\nexclude-newer = ['2026-01-01']\n",
                "pyproject.toml:2:1: exclude-newer is a text, such as \"30 days\"");
        assertError(
                "[tool.blast]\nindex-strategy = 'unsafe-best'\n",
                "pyproject.toml:2:1: index-strategy: there is no strategy 'unsafe-best' (did you mean 'unsafe-best-match'?); there are: first-index,");
    }

    private void assertError(String text, String beginning) throws Exception {
        write("pyproject.toml", text);
        assertThatThrownBy(() -> Project.at(folder))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageStartingWith(beginning);
    }

    @Test
    void requirementsFilesWithIncludesAndConstraints() throws Exception {
        write(
                "requirements.txt",
                """
                # what the shop needs
                httpx >= 0.27  # for everything
                -r more/base.txt
                --constraint=limits.txt
                anyio \\
                   < 5
                name @ https://files.example/name-1-py3-none-any.whl#sha256=00
                """);
        write("more/base.txt", "rich\n-r base.txt\n");
        write("limits.txt", "idna<4\n");
        Project project = Project.at(folder);
        assertThat(asked(project, List.of(), List.of()))
                .containsExactly(
                        "httpx>=0.27 requirements.txt:2",
                        "rich more/base.txt:1",
                        "anyio<5 requirements.txt:5",
                        "name @ https://files.example/name-1-py3-none-any.whl#sha256=00 requirements.txt:7");
        assertThat(project.constraints())
                .singleElement()
                .satisfies(c -> assertThat(c.origin()).isEqualTo("limits.txt:1"));
        assertThat(project.inputs())
                .contains(folder.resolve("limits.txt"), folder.resolve("pyproject.toml"));
        write("requirements.txt", "a\n  --frobnicate x\n");
        assertThatThrownBy(() -> Project.at(folder))
                .hasMessage(
                        """
                        requirements.txt:2:3: the option '--frobnicate' is not understood here
                           2 |   --frobnicate x
                                 ^\
                        """);
        write("requirements.txt", "-r gone.txt\n");
        assertThatThrownBy(() -> Project.at(folder))
                .hasMessageContaining("requirements.txt:1:1: there is no file ");
    }

    @Test
    void policiesOfFourLayersAndTheirTrust() throws Exception {
        write("shipped/a.drl", "shipped");
        write("home/.config/blast/policies/mine.drl", "user");
        write("shop/policies/one.drl", "one");
        write("shop/policies/readme.txt", "no policy");
        write("shop/rules/two.drl", "two");
        var directories = Directories.of(Map.of(), folder.resolve("home"));
        var sources =
                new PolicySources(
                        folder.resolve("shipped"),
                        folder.resolve("etc"),
                        directories.config().resolve("policies"),
                        folder.resolve("home"));
        var trust = new Trust(directories);
        Project project = Project.at(folder.resolve("shop"));
        assertThat(sources.read(project, trust))
                .containsExactly(
                        new PolicyFile(Layer.SHIPPED, "shipped policies/a.drl", "shipped", true),
                        new PolicyFile(
                                Layer.USER, "~/.config/blast/policies/mine.drl", "user", true),
                        new PolicyFile(Layer.PROJECT, "policies/one.drl", "one", false));
        trust.grant(project.directory(), PolicySources.project(project));
        assertThat(sources.read(project, trust).getLast().trusted()).isTrue();

        write("shop/pyproject.toml", "[tool.blast]\npolicies = ['rules', 'policies/one.drl']\n");
        Project other = Project.at(folder.resolve("shop"));
        assertThat(sources.read(other, trust))
                .extracting(PolicyFile::displayPath)
                .endsWith("policies/one.drl", "rules/two.drl");
        assertThat(sources.read(other, trust).getLast().trusted()).isFalse();
        write("shop/pyproject.toml", "[tool.blast]\npolicies = ['../shipped/a.drl']\n");
        assertThatThrownBy(() -> sources.read(Project.at(folder.resolve("shop")), trust))
                .hasMessageContaining("outside the project");
        assertThatThrownBy(() ->
                        new PolicySources(folder.resolve("none"), folder, folder, folder)
                                .read(project, trust))
                .hasMessageContaining("no policy files");
    }

    @ParameterizedTest
    @CsvSource({
        "rw-r--r--, rwxr-xr-x,",
        "rw-rw-rw-, rwxr-xr-x, mine.drl",
        "rw-r--r--, rwxrwxrwx, policies",
    })
    void aPolicyThatOthersMayChangeIsAStrangers(String file, String above, @Nullable String where)
            throws Exception {
        write("shipped/a.drl", "shipped");
        write("shop/pyproject.toml", "");
        write("home/.config/blast/policies/mine.drl", "user");
        Directories directories = Directories.of(Map.of(), folder.resolve("home"));
        Path policies = directories.config().resolve("policies");
        Path mine = policies.resolve("mine.drl");
        Files.setPosixFilePermissions(mine, PosixFilePermissions.fromString(file));
        Files.setPosixFilePermissions(policies, PosixFilePermissions.fromString(above));
        var sources =
                new PolicySources(
                        folder.resolve("shipped"),
                        folder.resolve("etc"),
                        policies,
                        folder.resolve("home"));
        PolicyFile read =
                sources.read(Project.at(folder.resolve("shop")), new Trust(directories)).getLast();
        assertThat(read.layer()).isEqualTo(Layer.USER);
        assertThat(read.trusted()).isEqualTo(where == null);
        assertThat(sources.exposed())
                .isEqualTo(
                        where == null
                                ? Map.of()
                                : Map.of(
                                        "~/.config/blast/policies/mine.drl",
                                        "is anybody's to change: all may write "
                                                + (where.equals("policies") ? policies : mine)
                                                        .toRealPath()));
    }

    @Test
    void aPolicyOfTheSystemIsRootsAlone() throws Exception {
        assumeTrue(Processes.own() == 0, "needs root to give away");
        write("shipped/a.drl", "shipped");
        write("etc/ours.drl", "system");
        Path ours = folder.resolve("etc/ours.drl");
        var sources =
                new PolicySources(
                        folder.resolve("shipped"),
                        folder.resolve("etc"),
                        folder.resolve("none"),
                        folder.resolve("home"));
        assertThat(sources.exposed()).isEmpty();
        Files.setAttribute(ours, "unix:uid", 1000);
        assertThat(sources.exposed().values())
                .containsExactly(
                        "is another user's to change: %s belongs to user 1000"
                                .formatted(ours.toRealPath()));
    }

    @Test
    void aPolicyIsAnOrdinaryFileOfTheProject() throws Exception {
        write("outside/secret.drl", "rule");
        write("shop/pyproject.toml", "");
        Path policies = Files.createDirectory(folder.resolve("shop/policies"));
        Path link =
                Files.createSymbolicLink(
                        policies.resolve("a.drl"), folder.resolve("outside/secret.drl"));
        Project project = Project.at(folder.resolve("shop"));
        assertThatThrownBy(() -> PolicySources.project(project))
                .hasMessageContaining("is a link that leads out of the project");
        Files.delete(link);
        assertThat(new ProcessBuilder("mkfifo", link.toString()).start().waitFor()).isZero();
        assertThatThrownBy(() -> PolicySources.project(project))
                .hasMessageContaining("is no ordinary file");
        Files.delete(link);
        Files.delete(policies);
        Files.createSymbolicLink(policies, folder.resolve("outside"));
        assertThatThrownBy(() -> PolicySources.project(project))
                .hasMessageContaining("is a link that leads out of the project");
    }

    private static List<String> asked(
            Project project, Collection<ExtraName> groups, Collection<ExtraName> extras)
            throws EnvironmentException {
        return project.requirements(groups, extras).stream()
                .map(r -> r.requirement() + " " + r.origin())
                .toList();
    }

    private void write(String path, String text) throws Exception {
        Trees.write(folder, Map.of(path, text));
    }
}
