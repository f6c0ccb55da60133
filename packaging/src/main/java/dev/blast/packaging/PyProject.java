package dev.blast.packaging;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code pyproject.toml} says about a project: its metadata (PEP 621), its dependency groups
 * (PEP 735) with their includes resolved, its build system (PEP 518), and the tables of tools as
 * they are. Each requirement has its line. Immutable.
 *
 * @param name null where there is no {@code [project]} table
 * @param version null where there is no {@code [project]} table, or where a build finds it out
 * @param dynamic fields of {@code [project]} that a build finds out
 * @param entryPoints scripts, gui-scripts and entry points
 * @param tool the {@code [tool]} table, empty where there is none
 */
public record PyProject(
        @Nullable PackageName name,
        @Nullable Version version,
        @Nullable Located<SpecifierSet> requiresPython,
        List<Located<Requirement>> dependencies,
        Map<ExtraName, List<Located<Requirement>>> optionalDependencies,
        Map<ExtraName, List<Located<Requirement>>> dependencyGroups,
        Set<String> dynamic,
        EntryPoints entryPoints,
        BuildSystem buildSystem,
        Map<String, Object> tool) {

    public PyProject {
        dependencies = List.copyOf(dependencies);
        optionalDependencies =
                Collections.unmodifiableMap(new LinkedHashMap<>(optionalDependencies));
        dependencyGroups = Collections.unmodifiableMap(new LinkedHashMap<>(dependencyGroups));
        dynamic = Collections.unmodifiableSet(new LinkedHashSet<>(dynamic));
        tool = Collections.unmodifiableMap(new LinkedHashMap<>(tool));
    }

    /**
     * How to build the project (PEP 517, 518).
     *
     * @param backendPath folders of the project that hold the backend itself
     */
    public record BuildSystem(
            List<Located<Requirement>> requires, String backend, List<String> backendPath) {
        /** What PEP 517 assumes where nothing is said. */
        static final String DEFAULT_BACKEND = "setuptools.build_meta:__legacy__";

        public BuildSystem {
            requires = List.copyOf(requires);
            backendPath = List.copyOf(backendPath);
        }
    }

    /**
     * From a parsed document.
     *
     * @param toml tables as maps, arrays as lists, texts, numbers, booleans
     * @param locator knows the lines of the document
     * @throws InvalidDocumentException if the document breaks one of the standards
     */
    public static PyProject of(Map<String, ?> toml, Locator locator) {
        return PyProjectReader.read(Table.root(toml, locator));
    }
}
