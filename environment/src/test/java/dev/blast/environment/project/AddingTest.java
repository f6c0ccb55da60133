package dev.blast.environment.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of projects before and after something is added to them and taken out again. */
class AddingTest {
    private static final ProjectPart DEPENDENCIES = new ProjectPart.Dependencies();
    private static final ProjectPart DEV = new ProjectPart.Group(new ExtraName("dev"));
    private static final ProjectPart WEB = new ProjectPart.Extra(new ExtraName("web"));
    private static final Map<PackageName, Version> CHOSEN =
            Map.of(new PackageName("six"), Version.parse("1.17.0+local"));
    private static final String HEAD = "[project]\nname = 's'\nversion = '1'\n";

    @TempDir Path folder;

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

    static Stream<Arguments> lines() {
        return Stream.of(
                line("the last", "six", "a\nb==1 # b\n", "a\nb==1 # b\nsix>=1.17.0\n"),
                line("in order", "six", "a\nz\n", "a\nsix>=1.17.0\nz\n"),
                line("the first in order", "six", "t\nz\n", "six>=1.17.0\nt\nz\n"),
                line("without an end", "six", "b\na", "b\na\nsix>=1.17.0"),
                line("CRLF", "six", "\uFEFFb\r\na\r\n", "\uFEFFb\r\na\r\nsix>=1.17.0\r\n"),
                line("an empty file", "six", "", "six>=1.17.0\n"),
                line("comments alone", "six", "# none", "# none\nsix>=1.17.0"),
                line(
                        "behind continued lines",
                        "six",
                        "b>=1, \\\n  <2\na\n# end\n",
                        "b>=1, \\\n  <2\na\nsix>=1.17.0\n# end\n"),
                line(
                        "other versions",
                        "six>=2",
                        "a\nsix <2 ; os_name == 'posix'  # s\n",
                        "a\nsix >=2 ; os_name == 'posix'  # s\n"),
                line("an extra more", "six[x]", "six<2 # s\n", "six[x]<2 # s\n"),
                line("asked for already", "six", "six<2\n", "six<2\n"),
                line(
                        "an address",
                        "six @ https://host.example/six-1.zip",
                        "six<2 # s\n",
                        "six @ https://host.example/six-1.zip # s\n"),
                line(
                        "latin-1",
                        "six",
                        "# -*- coding: latin-1 -*-\nb # \u00fc\na\n",
                        "# -*- coding: latin-1 -*-\nb # \u00fc\na\nsix>=1.17.0\n"));
    }

    private static Arguments line(String what, String typed, String before, String after) {
        return Arguments.of(what, typed, before, after);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    void theRequirementsFileSaysMore(String what, String typed, String before, String after)
            throws Exception {
        check("requirements.txt", DEPENDENCIES, typed, before, after);
    }

    private void check(String file, ProjectPart part, String typed, String before, String after)
            throws Exception {
        var letters =
                before.contains("latin-1") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        Path project = Files.createDirectories(folder.resolve("s"));
        Files.write(project.resolve(file), before.getBytes(letters));
        Adding.Added added = Adding.to(Project.at(project), typed(project, typed), part);
        String now = before;
        for (AmendedFile each : added.edit().files(CHOSEN)) {
            assertThat(each.file()).hasToString(file);
            assertThat(each.before()).isEqualTo(before.getBytes(letters));
            now = new String(each.after(), letters);
        }
        assertThat(now).isEqualTo(after);
        assertThat(added.edit().isEmpty()).isEqualTo(before.equals(after));
        assertThat(added.said().isEmpty())
                .isEqualTo(!before.equals(after) && !isMade(part, before));
        Files.write(project.resolve(file), now.getBytes(letters));
        assertThat(Adding.to(Project.at(project), typed(project, typed), part).edit().isEmpty())
                .as("added once more")
                .isTrue();
    }

    private static boolean isMade(ProjectPart part, String before) {
        return part.equals(DEPENDENCIES)
                && before.contains("[tool.x]")
                && !before.contains("[project]");
    }

    private static List<Addition> typed(Path project, String... typed) throws Exception {
        var reading =
                new TypedAdditions(
                        project,
                        project,
                        null,
                        false,
                        unnamed -> new PackageName(unnamed.url().replaceFirst(".*/", "")));
        var all = new ArrayList<Addition>();
        for (String each : typed) {
            all.add(reading.of(each.replaceFirst("^-e ", ""), each.startsWith("-e ")));
        }
        return all;
    }

    @Test
    void aFolderIsNamedByItsPlace() throws Exception {
        Path project = Files.createDirectories(folder.resolve("s"));
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

    @Test
    void whereNothingSaysWhatIsNeededAFileIsMade() throws Exception {
        Path project = Files.createDirectories(folder.resolve("My Shop"));
        Adding.Added added = Adding.to(Project.at(project), typed(project, "six"), DEV);
        AmendedFile made = added.edit().files(CHOSEN).getFirst();
        assertThat(made.before()).isNull();
        assertThat(made.after())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(
                        """
                        [project]
                        name = "my-shop"
                        version = "0.1.0"
                        dependencies = []

                        [dependency-groups]
                        dev = [
                            "six>=1.17.0",
                        ]
                        """);
        assertThat(added.said().getFirst()).contains("a pyproject.toml is made");
        assertThat(project).isEmptyDirectory();
    }

    @Test
    void besideWhatIsSaidElsewhereTheFileHasGroupsAlone() throws Exception {
        Path project = Files.createDirectories(folder.resolve("s"));
        Files.writeString(project.resolve("setup.py"), "import setuptools\n");
        Adding.Added added = Adding.to(Project.at(project), typed(project, "six"), DEV);
        assertThat(texts(added.edit()))
                .isEqualTo(
                        Map.of(
                                "pyproject.toml",
                                "[dependency-groups]\ndev = [\n    \"six\",\n]\n"));
    }

    /** A file of the project that another one includes, or that setuptools is told to read. */
    @Test
    void aLineIsWordedAnewInTheFileThatHasIt() throws Exception {
        Path project = Files.createDirectories(folder.resolve("s"));
        Files.writeString(project.resolve("requirements.txt"), "-r base.txt\na\n");
        Files.writeString(project.resolve("base.txt"), "six<2\n");
        Adding.Added added =
                Adding.to(Project.at(project), typed(project, "six>=2", "b"), DEPENDENCIES);
        assertThat(added.edit().files()).hasSize(2);
        assertThat(texts(added.edit()))
                .isEqualTo(
                        Map.of("base.txt", "six>=2\n", "requirements.txt", "-r base.txt\na\nb\n"));
        Files.writeString(
                project.resolve("pyproject.toml"),
                HEAD
                        + "dynamic = ['dependencies']\n[tool.setuptools.dynamic]\ndependencies = {file = 'base.txt'}\n");
        added = Adding.to(Project.at(project), typed(project, "b"), DEPENDENCIES);
        assertThat(texts(added.edit())).isEqualTo(Map.of("base.txt", "six<2\nb\n"));
    }

    private static Map<String, String> texts(PlannedEdit edit) {
        var texts = new LinkedHashMap<String, String>();
        edit.files()
                .forEach(file ->
                        texts.put(
                                file.file().toString(),
                                new String(file.after(), StandardCharsets.UTF_8)));
        return texts;
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refused(
                        Map.of(
                                "pyproject.toml",
                                "[project]\nname = 's'\ndynamic = ['dependencies', 'version']\n"),
                        DEPENDENCIES,
                        "pyproject.toml:3: the dependencies are dynamic"),
                refused(
                        Map.of("pyproject.toml", HEAD + "dynamic = ['optional-dependencies']\n"),
                        WEB,
                        "pyproject.toml:4: the extras are dynamic"),
                refused(
                        Map.of(
                                "pyproject.toml",
                                "[tool.poetry]\nname = 's'\n[tool.poetry.dependencies]\na = '*'\n"),
                        DEPENDENCIES,
                        "pyproject.toml:3: what it needs stands in Poetry's own table"),
                refused(
                        Map.of("pyproject.toml", "[tool.uv.workspace]\nmembers = []\n"),
                        DEPENDENCIES,
                        "the root of a workspace"),
                refused(
                        Map.of("setup.py", "import setuptools\n"),
                        DEPENDENCIES,
                        "its build backend says what it needs (setup.py)"),
                refused(
                        Map.of("pyproject.toml", "[build-system]\nrequires = []\n"),
                        WEB,
                        "its build backend says what it needs (pyproject.toml:1)"),
                refused(
                        Map.of("requirements.in", "a\n"),
                        DEPENDENCIES,
                        "echo '-r requirements.in' >requirements.txt"),
                refused(
                        Map.of(
                                "requirements.txt",
                                "#\n# This file is autogenerated by pip-compile with Python 3.12\na==1\n"),
                        DEPENDENCIES,
                        "requirements.txt is written by pip-compile"),
                refused(
                        Map.of("requirements.txt", "a==1 --hash=sha256:" + "0".repeat(64) + "\n"),
                        DEPENDENCIES,
                        "requirements.txt has hashes"),
                refused(Map.of("requirements.txt", "a\n"), WEB, "requirements.txt has no extras"),
                refused(
                        Map.of(
                                "pyproject.toml",
                                HEAD
                                        + "dependencies = [\"six<1; os_name == 'nt'\", \"six; os_name == 'posix'\"]\n"),
                        DEPENDENCIES,
                        "six stands in pyproject.toml 2 times"),
                refused(
                        Map.of("pyproject.toml", HEAD + "dependencies = [\n"),
                        DEPENDENCIES,
                        "pyproject.toml:"));
    }

    private static Arguments refused(Map<String, String> files, ProjectPart part, String why) {
        return Arguments.of(files, part, why);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whereAPersonWritesItIsSaid(Map<String, String> files, ProjectPart part, String why)
            throws Exception {
        Path project = Files.createDirectories(folder.resolve("s"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(project.resolve(file.getKey()), file.getValue());
        }
        assertThatThrownBy(() -> Adding.to(Project.at(project), typed(project, "six"), part))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining(why);
        for (Map.Entry<String, String> file : files.entrySet()) {
            assertThat(project.resolve(file.getKey())).hasContent(file.getValue());
        }
    }

    @Test
    void whatPoetryWouldHaveIsSaidInItsWords() throws Exception {
        Path project = Files.createDirectories(folder.resolve("s"));
        Files.writeString(
                project.resolve("pyproject.toml"),
                "[tool.poetry]\nname = 's'\n[tool.poetry.dependencies]\na = '*'\n");
        Map<String, String> words =
                Map.of(
                        "six>=1,<2",
                        "six = \"<2,>=1\"",
                        "six",
                        "six = \"*\"",
                        "six[x]; os_name == 'nt'",
                        "six = { version = \"*\", extras = [\"x\"], markers = \"os_name == 'nt'\" }");
        for (Map.Entry<String, String> each : words.entrySet()) {
            assertThatThrownBy(() ->
                            Adding.to(
                                    Project.at(project),
                                    typed(project, each.getKey()),
                                    DEPENDENCIES))
                    .hasMessageContaining(each.getValue());
        }
    }

    @Test
    void aLinkAndAFileInOtherLettersAreLeft() throws Exception {
        Path project = Files.createDirectories(folder.resolve("s"));
        Path real = folder.resolve("real.toml");
        Files.writeString(real, HEAD);
        Path file = Files.createSymbolicLink(project.resolve("pyproject.toml"), real);
        assertThatThrownBy(
                        () -> Adding.to(Project.at(project), typed(project, "six"), DEPENDENCIES))
                .hasMessageContaining("is reached through a symbolic link");
        Files.delete(file);
        Files.write(file, new byte[] {'#', (byte) 0xff, '\n'});
        assertThatThrownBy(
                        () -> Adding.to(Project.at(project), typed(project, "six"), DEPENDENCIES))
                .hasMessageContaining("is not UTF-8");
    }

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
        Path project = Files.createDirectories(folder.resolve("s"));
        Files.writeString(project.resolve("pyproject.toml"), before);
        var removed =
                (Removing.Removed.Planned)
                        Removing.from(Project.at(project), List.of(new PackageName(name)), part);
        assertThat(texts(removed.edit())).isEqualTo(Map.of("pyproject.toml", after));
        Files.writeString(project.resolve("pyproject.toml"), after);
        assertThat(removed.project()).isEqualTo(Project.at(project));
    }

    @Test
    void whatIsAskedForNowhereOrInSeveralPlacesIsSaid() throws Exception {
        Path project = Files.createDirectories(folder.resolve("s"));
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
        assertThat(((Removing.Removed.NotAsked) removed(project, "six", DEV)).elsewhere())
                .containsExactly("the dependencies");
    }

    private static Removing.Removed removed(Path project, String name, @Nullable ProjectPart part)
            throws Exception {
        return Removing.from(Project.at(project), List.of(new PackageName(name)), part);
    }

    /** Whatever the file looks like, what was added is taken out without a trace. */
    @Test
    void addedAndRemovedTheFileIsAsItWas() throws Exception {
        Path project = Files.createDirectories(folder.resolve("s"));
        for (long seed = 0; seed < 400; seed++) {
            var random = new Random(seed);
            boolean isToml = random.nextInt(3) > 0;
            Path file = project.resolve(isToml ? "pyproject.toml" : "requirements.txt");
            byte[] before = isToml ? toml(random) : requirements(random);
            Files.write(file, before);
            ProjectPart part =
                    !isToml ? DEPENDENCIES : List.of(DEPENDENCIES, DEV, WEB).get(random.nextInt(3));
            Adding.Added added =
                    Adding.to(Project.at(project), typed(project, "six[x]>=1", "m"), part);
            write(project, added.edit());
            assertThat(Files.readAllBytes(file)).as("seed %d", seed).isNotEqualTo(before);
            var names = List.of(new PackageName("m"), new PackageName("six"));
            var removed =
                    (Removing.Removed.Planned) Removing.from(Project.at(project), names, part);
            write(project, removed.edit());
            assertThat(Files.readString(file))
                    .as("seed %d", seed)
                    .isEqualTo(new String(before, StandardCharsets.UTF_8));
            Files.delete(file);
        }
    }

    private static void write(Path project, PlannedEdit edit) throws IOException {
        for (AmendedFile each : edit.files()) {
            Files.write(project.resolve(each.file()), each.after());
        }
    }

    private static byte[] toml(Random random) {
        String text =
                "# ü\n[build-system]\nrequires = []\n\n[project] # p\nname = 's'\nversion = '1'\ndependencies = "
                        + array(random)
                        + "\n\n[project.optional-dependencies]\nweb = "
                        + array(random)
                        + " # w\n\n[dependency-groups]\ndev = "
                        + array(random)
                        + "\n\n[tool.x] # d = []\n";
        return encoded(random, text);
    }

    private static byte[] encoded(Random random, String text) {
        return ((random.nextInt(4) == 0 ? "\uFEFF" : "")
                        + (random.nextInt(4) == 0 ? text.replace("\n", "\r\n") : text))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static final List<String> NAMES =
            List.of("anyio", "Flask>=2", "numpy", "six-x==1", "Zope");

    private static List<String> names(Random random) {
        var names = new ArrayList<String>(NAMES.subList(0, random.nextInt(NAMES.size() + 1)));
        if (random.nextBoolean()) {
            Collections.shuffle(names, random);
        }
        return names;
    }

    private static String array(Random random) {
        List<String> names = names(random);
        String quote = random.nextBoolean() ? "'" : "\"";
        boolean lines = random.nextBoolean();
        boolean ended = random.nextBoolean();
        if (names.isEmpty()) {
            return "[]";
        }
        var text = new StringBuilder("[");
        for (int i = 0; i < names.size(); i++) {
            boolean isLast = i == names.size() - 1;
            text.append(lines ? "\n    " : i == 0 ? "" : " ");
            text.append(quote).append(names.get(i)).append(quote);
            text.append(!isLast || ended ? "," : "");
            text.append(lines && random.nextInt(4) == 0 ? "  # why ]" : "");
        }
        return text.append(lines ? "\n]" : "]").toString();
    }

    private static byte[] requirements(Random random) {
        var text = new StringBuilder(random.nextBoolean() ? "# top\n" : "");
        for (String name : names(random)) {
            text.append(random.nextInt(5) == 0 ? "\n# of it\n" : "");
            text.append(name).append(random.nextInt(4) == 0 ? " \\\n  ; os_name == 'posix'" : "");
            text.append(random.nextInt(4) == 0 ? "  # why" : "").append('\n');
        }
        text.append(text.isEmpty() || random.nextBoolean() ? "# end\n" : "");
        if (random.nextInt(4) == 0) {
            text.setLength(text.length() - 1);
        }
        return encoded(random, text.toString());
    }
}
