package dev.blast.environment.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.packaging.PackageName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code pyproject.toml} holds once something is added to it. */
class TomlAdditionTest extends AddingFixture {
    static Stream<Arguments> additions() {
        return Stream.of(
                added(
                        "a bare name",
                        DEPENDENCIES,
                        "six",
                        HEAD + "dependencies = ['a']\n",
                        HEAD + "dependencies = ['a', 'six>=1.17.0']\n"),
                added(
                        "the first",
                        DEPENDENCIES,
                        "six",
                        HEAD + "dependencies = []\n",
                        HEAD + "dependencies = [\n    \"six>=1.17.0\",\n]\n"),
                added(
                        "no list yet",
                        DEPENDENCIES,
                        "six",
                        HEAD + "\n[tool.x]\na = 1\n",
                        HEAD + "dependencies = [\n    \"six>=1.17.0\",\n]\n\n[tool.x]\na = 1\n"),
                added(
                        "as it is typed",
                        DEPENDENCIES,
                        "Six >= 1, <2",
                        HEAD + "dependencies = []\n",
                        HEAD + "dependencies = [\n    \"Six >= 1, <2\",\n]\n"),
                added(
                        "with extras and a marker",
                        DEPENDENCIES,
                        "six[x,y]; sys_platform == \"linux\"",
                        HEAD + "dependencies = [\n  \"a\",\n]\n",
                        HEAD
                                + "dependencies = [\n  \"a\",\n  \"six[x,y]>=1.17.0; sys_platform == 'linux'\",\n]\n"),
                added(
                        "in the order of names",
                        DEPENDENCIES,
                        "six",
                        HEAD + "dependencies = [\n  'flask', # f\n  'Zope',\n]\n",
                        HEAD
                                + "dependencies = [\n  'flask', # f\n  'six>=1.17.0',\n  'Zope',\n]\n"),
                added(
                        "without an order",
                        DEPENDENCIES,
                        "six",
                        HEAD + "dependencies = [\n  'zope',\n  'a',\n]\n",
                        HEAD + "dependencies = [\n  'zope',\n  'a',\n  'six>=1.17.0',\n]\n"),
                added(
                        "in place of other versions",
                        DEPENDENCIES,
                        "six>=1.16",
                        HEAD + "dependencies = [\n  'a', 'Six <2', # six\n]\n",
                        HEAD + "dependencies = [\n  'a', 'Six >=1.16', # six\n]\n"),
                added(
                        "with an extra more",
                        DEPENDENCIES,
                        "six[x]",
                        HEAD + "dependencies = [\"six[y]<2; os_name == 'nt'\"]\n",
                        HEAD + "dependencies = [\"six[x,y]<2; os_name == 'nt'\"]\n"),
                added(
                        "asked for already",
                        DEPENDENCIES,
                        "six",
                        HEAD + "dependencies = ['six<2']\n",
                        HEAD + "dependencies = ['six<2']\n"),
                added(
                        "asked for in these versions",
                        DEPENDENCIES,
                        "six<2,>=1",
                        HEAD + "dependencies = ['six >= 1, < 2']\n",
                        HEAD + "dependencies = ['six >= 1, < 2']\n"),
                added(
                        "another marker is another requirement",
                        DEPENDENCIES,
                        "six>=2; os_name == 'posix'",
                        HEAD + "dependencies = [\"six<2; os_name == 'nt'\"]\n",
                        HEAD
                                + "dependencies = [\"six<2; os_name == 'nt'\", \"six>=2; os_name == 'posix'\"]\n"),
                added(
                        "by its marker",
                        DEPENDENCIES,
                        "six>=2; os_name == 'posix'",
                        HEAD
                                + "dependencies = [\"six<2; os_name == 'nt'\", \"six<1; os_name == 'posix'\"]\n",
                        HEAD
                                + "dependencies = [\"six<2; os_name == 'nt'\", \"six>=2; os_name == 'posix'\"]\n"),
                added(
                        "an address",
                        DEPENDENCIES,
                        "six @ https://host.example/six-1.17.0.tar.gz",
                        HEAD + "dependencies = ['six<2']\n",
                        HEAD + "dependencies = ['six @ https://host.example/six-1.17.0.tar.gz']\n"),
                added(
                        "an address that says its name",
                        DEPENDENCIES,
                        "https://host.example/six-1.17.0-py3-none-any.whl",
                        HEAD + "dependencies = []\n",
                        HEAD
                                + "dependencies = [\n    \"six @ https://host.example/six-1.17.0-py3-none-any.whl\",\n]\n"),
                added(
                        "a repository",
                        DEPENDENCIES,
                        "six[x] @ git+https://host.example/six@v1#subdirectory=lib",
                        HEAD + "dependencies = []\n",
                        HEAD
                                + "dependencies = [\n    \"six[x] @ git+https://host.example/six@v1#subdirectory=lib\",\n]\n"),
                added(
                        "a group",
                        DEV,
                        "six",
                        HEAD + "[dependency-groups]\nDev = [{include-group = 'x'}]\nx = []\n",
                        HEAD
                                + "[dependency-groups]\nDev = [{include-group = 'x'}, \"six>=1.17.0\"]\nx = []\n"),
                added(
                        "a new group",
                        DEV,
                        "six",
                        HEAD + "[dependency-groups]\nx = []\n\n# end\n",
                        HEAD
                                + "[dependency-groups]\nx = []\ndev = [\n    \"six>=1.17.0\",\n]\n\n# end\n"),
                added(
                        "the first group",
                        DEV,
                        "six",
                        HEAD,
                        HEAD + "\n[dependency-groups]\ndev = [\n    \"six>=1.17.0\",\n]\n"),
                added(
                        "a group without a project",
                        DEV,
                        "six",
                        "[tool.x]\na = 1",
                        "[tool.x]\na = 1\n\n[dependency-groups]\ndev = [\n    \"six>=1.17.0\",\n]\n"),
                added(
                        "an extra",
                        WEB,
                        "six",
                        HEAD + "[project.optional-dependencies]\nweb = ['a']\n",
                        HEAD + "[project.optional-dependencies]\nweb = ['a', 'six>=1.17.0']\n"),
                added(
                        "the first extra",
                        WEB,
                        "six",
                        HEAD + "\n[tool.x]\na = 1\n",
                        HEAD
                                + "\n[project.optional-dependencies]\nweb = [\n    \"six>=1.17.0\",\n]\n\n[tool.x]\na = 1\n"),
                added(
                        "an extra among dotted keys",
                        WEB,
                        "six",
                        HEAD + "optional-dependencies.a = [\n  'b',\n]\nurls.x = 'y'\n",
                        HEAD
                                + "optional-dependencies.a = [\n  'b',\n]\noptional-dependencies.web = [\n  \"six>=1.17.0\",\n]\nurls.x = 'y'\n"),
                added(
                        "an extra in an inline table",
                        WEB,
                        "six",
                        HEAD + "optional-dependencies = { a = ['b'] }\n",
                        HEAD + "optional-dependencies = { a = ['b'], web = [\"six>=1.17.0\"] }\n"),
                added(
                        "a project of dotted keys",
                        DEPENDENCIES,
                        "six",
                        "# p\nproject.urls = {h = 'x'}\nproject.name = 's'\nproject.version = '1'\n\n[tool.y]\na = 1\n",
                        "# p\nproject.urls = {h = 'x'}\nproject.name = 's'\nproject.version = '1'\nproject.dependencies = [\n    \"six>=1.17.0\",\n]\n\n[tool.y]\na = 1\n"),
                added(
                        "an extra of a project of dotted keys",
                        WEB,
                        "six",
                        "project.name = 's'\nproject.version = '1'\n",
                        "project.name = 's'\nproject.version = '1'\nproject.optional-dependencies.web = [\n    \"six>=1.17.0\",\n]\n"),
                added(
                        "a project in braces",
                        WEB,
                        "six",
                        "project = { name = 's', version = '1' }\n",
                        "project = { name = 's', version = '1', optional-dependencies = { web = [\"six>=1.17.0\"] } }\n"),
                added(
                        "a group among dotted keys",
                        DEV,
                        "six",
                        "dependency-groups.x = ['a']\n" + HEAD,
                        "dependency-groups.x = ['a']\ndependency-groups.dev = [\n    \"six>=1.17.0\",\n]\n"
                                + HEAD),
                added(
                        "no [project] yet",
                        DEPENDENCIES,
                        "six",
                        "# tools\n[tool.x]\na = 1\n",
                        "# tools\n[tool.x]\na = 1\n\n[project]\nname = \"s\"\nversion = \"0.1.0\"\ndependencies = [\n    \"six>=1.17.0\",\n]\n"),
                added(
                        "before the tables of tools",
                        DEPENDENCIES,
                        "six",
                        "[tool.x]\na = 1\n",
                        "[project]\nname = \"s\"\nversion = \"0.1.0\"\ndependencies = [\n    \"six>=1.17.0\",\n]\n\n[tool.x]\na = 1\n"),
                added(
                        "CRLF and a byte order mark",
                        DEPENDENCIES,
                        "six",
                        "\uFEFF[project]\r\nname = 's'\r\nversion = '1'\r\ndependencies = [\r\n\t'a' # ü\r\n]\r\n",
                        "\uFEFF[project]\r\nname = 's'\r\nversion = '1'\r\ndependencies = [\r\n\t'a', # ü\r\n\t'six>=1.17.0'\r\n]\r\n"));
    }

    private static Arguments added(
            String what, ProjectPart part, String typed, String before, String after) {
        return Arguments.of(what, part, typed, before, after);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("additions")
    void theFileSaysMore(String what, ProjectPart part, String typed, String before, String after)
            throws Exception {
        check("pyproject.toml", part, typed, before, after);
    }

    /**
     * A project cannot need its own name, and a folder is often named after what is tried in it.
     */
    @Test
    void aFolderNamedAsWhatItAsksForBecomesAProjectOfAnotherName() throws Exception {
        Path project = Files.createDirectories(folder.resolve("Six"));
        Adding.Added added = Adding.to(Project.at(project), typed(project, "six"), DEPENDENCIES);
        assertThat(texts(added.edit()).get("pyproject.toml"))
                .startsWith("[project]\nname = \"six-project\"\n");
        assertThat(added.said())
                .contains("the project is called six-project, since six is what it asks for");
        assertThat(added.project().dependencies()).hasSize(1);
    }

    @Test
    void whatIsNamedTwiceIsOneLineOrNone() throws Exception {
        Path project = project();
        Files.writeString(project.resolve("pyproject.toml"), HEAD);
        Project declared = Project.at(project);
        Adding.Added added = Adding.to(declared, typed(project, "six", "Six"), DEPENDENCIES);
        assertThat(texts(added.edit()).get("pyproject.toml"))
                .isEqualTo(HEAD + "dependencies = [\n    \"six\",\n]\n");
        assertThat(added.said()).isEmpty();
        assertThatThrownBy(() ->
                        Adding.to(declared, typed(project, "six[x]>=1", "six<2"), DEPENDENCIES))
                .hasMessage(
                        "six is named twice, as 'six[x]>=1' and as 'six<2'; nothing was changed\n"
                                + "say it once, with all that holds for it: 'six[x]<2,>=1'");
        added =
                Adding.to(
                        declared,
                        typed(project, "six<2; os_name == 'nt'", "six; os_name == 'posix'"),
                        DEPENDENCIES);
        assertThat(added.project().dependencies()).hasSize(2);
    }

    @Test
    void aFolderIsNamedByItsPlace() throws Exception {
        Path project = project();
        for (String lib : List.of("libs/api", "../other")) {
            Path there = Files.createDirectories(project.resolve(lib).normalize());
            Files.writeString(there.resolve("pyproject.toml"), "[project]\nname = 'x'\n");
        }
        Path file = project.resolve("pyproject.toml");
        Files.writeString(file, HEAD + "dependencies = []\n");
        Adding.Added added =
                Adding.to(
                        Project.at(project),
                        typed(project, "./libs/api[web]", "-e ../other"),
                        DEPENDENCIES);
        String now = new String(added.edit().files().getFirst().after(), StandardCharsets.UTF_8);
        assertThat(now)
                .isEqualTo(
                        HEAD
                                + "dependencies = [\n    \"api[web]\",\n    \"other\",\n]\n\n"
                                + "[tool.uv.sources]\napi = { path = \"libs/api\" }\n"
                                + "other = { path = \"../other\", editable = true }\n");
        Files.writeString(file, now);
        var removed =
                (Removing.Removed.Planned)
                        Removing.from(
                                Project.at(project),
                                List.of(new PackageName("api"), new PackageName("other")),
                                null);
        assertThat(removed.edit().files().getFirst().after())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(HEAD + "dependencies = []\n");
        Files.delete(file);
        Files.writeString(project.resolve("requirements.txt"), "b\na\n");
        added =
                Adding.to(
                        Project.at(project),
                        typed(project, "./libs/api[web]", "-e ../other"),
                        DEPENDENCIES);
        assertThat(added.edit().files().getFirst().after())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("b\na\n./libs/api[web]\n-e ../other\n");
    }
}
