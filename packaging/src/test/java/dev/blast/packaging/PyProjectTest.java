package dev.blast.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PyProjectTest {
    /** A line that can be told from the path, as if each step went ten lines down. */
    private static final Locator LINES =
            path ->
                    Arrays.stream(path)
                            .mapToInt(step -> step instanceof Integer place ? place + 1 : 10)
                            .sum();

    /** Maps in the order of writing: pairs of key and value. */
    private static Map<String, Object> table(Object... pairs) {
        var table = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            table.put((String) pairs[i], pairs[i + 1]);
        }
        return table;
    }

    private static PyProject project(Object... pairs) {
        return PyProject.of(table("project", table(pairs)), LINES);
    }

    @Test
    void aProjectIsRead() {
        PyProject project =
                project(
                        "name", "My.Shop",
                        "version", "1.0",
                        "requires-python", ">=3.11",
                        "dependencies", List.of("Flask>=3", "httpx[http2]"),
                        "optional-dependencies", table("Pdf_Export", List.of("reportlab")),
                        "scripts", table("shop", "shop.cli:main"),
                        "gui-scripts", table("shop-window", "shop.gui:main"),
                        "entry-points", table("shop.plugins", table("csv", "shop.csv")),
                        "dynamic", List.of("description"),
                        "key-of-a-later-standard", true);
        assertThat(project.name()).hasToString("my-shop");
        assertThat(project.version()).hasToString("1.0");
        assertThat(project.requiresPython())
                .isEqualTo(new Located<>(SpecifierSet.parse(">=3.11"), 20));
        assertThat(project.dependencies())
                .containsExactly(
                        new Located<>(Requirement.parse("flask>=3"), 21),
                        new Located<>(Requirement.parse("httpx[http2]"), 22));
        assertThat(project.optionalDependencies())
                .containsExactly(
                        Map.entry(
                                new ExtraName("pdf-export"),
                                List.of(new Located<>(Requirement.parse("reportlab"), 31))));
        assertThat(project.entryPoints().all())
                .containsExactly(
                        new EntryPoint("console_scripts", "shop", "shop.cli", "main"),
                        new EntryPoint("gui_scripts", "shop-window", "shop.gui", "main"),
                        new EntryPoint("shop.plugins", "csv", "shop.csv", null));
        assertThat(project.dynamic()).containsExactly("description");
        assertThat(project.buildSystem().backend()).isEqualTo("setuptools.build_meta:__legacy__");
        assertThat(project.tool()).isEmpty();
    }

    @Test
    void aFileWithoutAProjectIsReadToo() {
        PyProject project =
                PyProject.of(
                        table(
                                "build-system",
                                        table(
                                                "requires",
                                                List.of("hatchling"),
                                                "build-backend",
                                                "hatchling.build"),
                                "tool", table("blast", table("policies", List.of("rules.drl")))),
                        Locator.NONE);
        assertThat(project.name()).isNull();
        assertThat(project.dependencies()).isEmpty();
        assertThat(project.buildSystem().backend()).isEqualTo("hatchling.build");
        assertThat(project.buildSystem().requires()).hasToString("[hatchling]");
        assertThat(project.tool()).containsOnlyKeys("blast");
    }

    @Test
    void mistakesNameThePlaceAndTheLine() {
        refused("project: 'name' is missing", 10, "version", "1");
        refused(
                "project: 'version' is missing; give one, or list it in 'dynamic'",
                10,
                "name",
                "a");
        refused(
                "project.version: not a version (PEP 440): 'one'",
                20,
                "name",
                "a",
                "version",
                "one");
        refused("project.name: expected text, found 3", 20, "name", 3L, "version", "1");
        refused(
                "project.dependencies[1]: expected ',', ';' or the end: 'b>=1 <2' (at character 6)",
                22,
                "name",
                "a",
                "version",
                "1",
                "dependencies",
                List.of("a", "b>=1 <2"));
        refused(
                "project.dependencies[0]: expected text, found a table",
                21,
                "name",
                "a",
                "version",
                "1",
                "dependencies",
                List.of(table()));
        refused(
                "project.dependencies: expected an array, found the text 'a'",
                20,
                "name",
                "a",
                "version",
                "1",
                "dependencies",
                "a");
        refused(
                "project.dynamic[0]: 'version' is given and cannot be dynamic too",
                21,
                "name",
                "a",
                "version",
                "1",
                "dynamic",
                List.of("version"));
        refused(
                "project.dynamic[0]: 'name' cannot be dynamic",
                21,
                "name",
                "a",
                "version",
                "1",
                "dynamic",
                List.of("name"));
        refused(
                "project.optional-dependencies.A_b: another extra has the same name in normal form",
                30,
                "name",
                "a",
                "version",
                "1",
                "optional-dependencies",
                table("a-b", List.of(), "A_b", List.of()));
        refused(
                "project.scripts.x: not an object reference (module or module:attribute): 'a b'",
                30,
                "name",
                "a",
                "version",
                "1",
                "scripts",
                table("x", "a b"));
        refused(
                "project.entry-points.console_scripts: these belong in 'scripts' and 'gui-scripts' of [project]",
                30,
                "name",
                "a",
                "version",
                "1",
                "entry-points",
                table("console_scripts", table()));
    }

    private static void refused(String message, int line, Object... pairs) {
        assertThatThrownBy(() -> project(pairs))
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        InvalidDocumentException.class, e -> assertThat(e.line()).isEqualTo(line));
    }

    private static PyProject groups(Object... pairs) {
        return PyProject.of(table("dependency-groups", table(pairs)), LINES);
    }

    private static Map<String, Object> include(String group) {
        return table("include-group", group);
    }

    @Test
    void groupsIncludeGroupsInTheirPlace() {
        PyProject project =
                groups(
                        "all", List.of("a", include("Dev_Tools"), "z"),
                        "test", List.of("pytest"),
                        "dev-tools", List.of(include("test"), "ruff", include("test")));
        assertThat(project.dependencyGroups().keySet())
                .extracting(ExtraName::normalized)
                .containsExactly("all", "test", "dev-tools");
        assertThat(project.dependencyGroups().get(new ExtraName("all")))
                .hasToString(
                        "[a (line 21), pytest (line 21), ruff (line 22), pytest (line 21), z (line 23)]");
    }

    @Test
    void groupsThatCannotBeResolvedAreRefused() {
        refusedGroups(
                "dependency-groups.b[0]: groups include each other in a circle: a → b → a",
                "a",
                List.of(include("b")),
                "b",
                List.of(include("a")));
        refusedGroups(
                "dependency-groups.a[0]: groups include each other in a circle: a → a",
                "a",
                List.of(include("A")));
        refusedGroups(
                "dependency-groups.a[1]: there is no group 'c'; groups are a, B",
                "a",
                List.of("x", include("c")),
                "B",
                List.of());
        refusedGroups(
                "dependency-groups.a: the same group as 'A' in normal form",
                "A",
                List.of(),
                "a",
                List.of());
        refusedGroups(
                "dependency-groups.a[0]: expected a requirement or a table { include-group = \"name\" }",
                "a",
                List.of(table("include-group", "b", "extra", 1L)));
        refusedGroups("dependency-groups.a: expected an array, found a table", "a", table());
    }

    private static void refusedGroups(String message, Object... pairs) {
        assertThatThrownBy(() -> groups(pairs))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessage(message);
    }
}
