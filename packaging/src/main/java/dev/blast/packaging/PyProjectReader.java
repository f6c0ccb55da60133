package dev.blast.packaging;

import dev.blast.packaging.PyProject.BuildSystem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code pyproject.toml} table by table. */
final class PyProjectReader {
    private PyProjectReader() {}

    static PyProject read(Table document) {
        Table project = document.optionalTable("project");
        Table tool = document.optionalTable("tool");
        Map<ExtraName, List<Located<Requirement>>> groups =
                new DependencyGroups(document).resolve();
        Map<String, Object> tools = tool == null ? Map.of() : tool.toMap();
        BuildSystem buildSystem = buildSystem(document);
        if (project == null) {
            return new PyProject(
                    null,
                    null,
                    null,
                    List.of(),
                    Map.of(),
                    groups,
                    Set.of(),
                    EntryPoints.NONE,
                    buildSystem,
                    tools);
        }
        Set<String> dynamic = dynamic(project);
        return new PyProject(
                project.parsed("name", PackageName::parse),
                version(project, dynamic),
                project.located("requires-python", SpecifierSet::parse),
                project.locatedList("dependencies", Requirement::parse),
                optionalDependencies(project),
                groups,
                dynamic,
                entryPoints(project),
                buildSystem,
                tools);
    }

    private static Set<String> dynamic(Table project) {
        List<String> dynamic = project.texts("dynamic");
        for (int i = 0; i < dynamic.size(); i++) {
            String field = dynamic.get(i);
            if (field.equals("name")) {
                throw project.error("'name' cannot be dynamic", "dynamic", i);
            }
            if (project.has(field)) {
                throw project.error(
                        "'%s' is given and cannot be dynamic too".formatted(field), "dynamic", i);
            }
        }
        return Set.copyOf(dynamic);
    }

    private static @Nullable Version version(Table project, Set<String> dynamic) {
        Version version = project.optional("version", Version::parse);
        if (version == null && !dynamic.contains("version")) {
            throw project.error("'version' is missing; give one, or list it in 'dynamic'");
        }
        return version;
    }

    private static Map<ExtraName, List<Located<Requirement>>> optionalDependencies(Table project) {
        var extras = new LinkedHashMap<ExtraName, List<Located<Requirement>>>();
        Table table = project.optionalTable("optional-dependencies");
        if (table != null) {
            for (String key : table.keys()) {
                ExtraName extra = table.read(key, ExtraName::new, key);
                if (extras.put(extra, table.locatedList(key, Requirement::parse)) != null) {
                    throw table.error("another extra has the same name in normal form", key);
                }
            }
        }
        return extras;
    }

    private static EntryPoints entryPoints(Table project) {
        var entryPoints = new ArrayList<EntryPoint>();
        addEntryPoints(entryPoints, project, "scripts", EntryPoint.CONSOLE_SCRIPTS);
        addEntryPoints(entryPoints, project, "gui-scripts", EntryPoint.GUI_SCRIPTS);
        Table groups = project.optionalTable("entry-points");
        if (groups != null) {
            for (String group : groups.keys()) {
                if (group.equals(EntryPoint.CONSOLE_SCRIPTS)
                        || group.equals(EntryPoint.GUI_SCRIPTS)) {
                    throw groups.error(
                            "these belong in 'scripts' and 'gui-scripts' of [project]", group);
                }
                addEntryPoints(entryPoints, groups, group, group);
            }
        }
        return new EntryPoints(entryPoints);
    }

    private static void addEntryPoints(
            List<EntryPoint> entryPoints, Table parent, String key, String group) {
        Table table = parent.optionalTable(key);
        if (table != null) {
            for (String name : table.keys()) {
                entryPoints.add(table.parsed(name, text -> EntryPoint.parse(group, name, text)));
            }
        }
    }

    private static BuildSystem buildSystem(Table document) {
        Table table = document.optionalTable("build-system");
        if (table == null) {
            var setuptools = new Located<>(Requirement.parse("setuptools>=40.8.0"), 0);
            return new BuildSystem(List.of(setuptools), BuildSystem.DEFAULT_BACKEND, List.of());
        }
        if (!table.has("requires")) {
            throw table.error("'requires' is missing (PEP 518)");
        }
        String backend = table.optionalText("build-backend");
        return new BuildSystem(
                table.locatedList("requires", Requirement::parse),
                backend == null ? BuildSystem.DEFAULT_BACKEND : backend,
                table.texts("backend-path"));
    }
}
