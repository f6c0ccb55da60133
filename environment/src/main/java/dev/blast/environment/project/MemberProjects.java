package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.PyProject;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Specifier;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.solver.RootRequirement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the members of a workspace ask for together, where its root is no project: all of them are
 * installed, with the groups and extras of one name of all of them, as uv has it. A member that
 * nothing is built of is not installed; what it needs is. Fills its collections while it reads; for
 * one thread.
 */
final class MemberProjects {
    private static final int NAMED = 4;

    private final Path root;
    private final ProjectTexts texts;

    /** By folder. */
    private final Map<Path, PyProjectFile> files = new LinkedHashMap<>();

    private final Map<PackageName, PyProjectFile> byName = new TreeMap<>();
    private final List<RootRequirement> dependencies = new ArrayList<>();
    private final Map<ExtraName, List<RootRequirement>> groups = new LinkedHashMap<>();
    private final Map<ExtraName, List<RootRequirement>> extras = new LinkedHashMap<>();
    private final List<PythonNeed> pythons = new ArrayList<>();
    private final Set<Path> inputs = new LinkedHashSet<>();
    private final List<RootRequirement> overrides = new ArrayList<>();
    private final List<String> overridden = new ArrayList<>();

    private MemberProjects(Path root, ProjectTexts texts) {
        this.root = root;
        this.texts = texts;
    }

    /** Of a project that has none. */
    static MemberProjects none(Path directory) {
        return new MemberProjects(directory, ProjectTexts.AS_THEY_ARE);
    }

    /**
     * Reads them.
     *
     * @param unreads gets what of them is not read
     */
    static MemberProjects of(UvWorkspace workspace, ProjectTexts texts, Unreads unreads)
            throws EnvironmentException {
        var members = new MemberProjects(workspace.root(), texts);
        for (Map.Entry<Path, UvMember> each : workspace.members().entrySet()) {
            members.read(each.getKey(), each.getValue(), unreads);
        }
        members.inputs.addAll(workspace.folders().listed());
        for (UvMember each : workspace.members().values()) {
            members.override(each);
        }
        members.requirePython();
        return members;
    }

    private void read(Path folder, UvMember member, Unreads unreads) throws EnvironmentException {
        Path path = folder.resolve(Project.PYPROJECT);
        PyProjectFile file = PyProjectFile.read(path, root.relativize(path).toString(), texts);
        requireOneOfItsKind(member.name(), file);
        files.put(folder, file);
        inputs.add(path);
        file.requiresPython().ifPresent(pythons::add);
        PyProject said = file.content();
        boolean isPackage = file.isPackage().orElse(file.hasBuildSystem());
        DynamicFiles dynamic = DynamicFiles.of(folder, file.toml(), said, texts);
        dynamic.files().stream().map(folder::resolve).forEach(inputs::add);
        unreads.document(file, dynamic, isPackage);
        var own = new LinkedHashMap<>(file.extras());
        dynamic.extras().forEach((extra, needed) -> own.put(extra, of(folder, needed)));
        if (isPackage) {
            dependencies.add(asked(member.name(), null, Project.PYPROJECT + ":" + member.line()));
            own.keySet()
                    .forEach(extra ->
                            add(
                                    extras,
                                    extra,
                                    List.of(
                                            asked(
                                                    member.name(),
                                                    extra,
                                                    file.place(
                                                            "project", "optional-dependencies")))));
        } else {
            var needed = new ArrayList<>(file.dependencies());
            needed.addAll(of(folder, dynamic.dependencies()));
            var itself = new OwnExtras(member.name(), said.version(), own);
            dependencies.addAll(itself.expand(needed));
            for (Map.Entry<ExtraName, List<RootRequirement>> each : own.entrySet()) {
                add(extras, each.getKey(), itself.expand(each.getValue()));
            }
        }
        for (Map.Entry<ExtraName, List<RootRequirement>> each : file.groups().entrySet()) {
            List<RootRequirement> group = each.getValue();
            add(
                    groups,
                    each.getKey(),
                    isPackage
                            ? group
                            : new OwnExtras(member.name(), said.version(), own).expand(group));
        }
    }

    private void requireOneOfItsKind(PackageName name, PyProjectFile file)
            throws EnvironmentException {
        PyProjectFile other = byName.putIfAbsent(name, file);
        if (other != null) {
            throw new EnvironmentException(
                    Message.of(
                            "two members of the workspace have the name %s: %s and %s\nexclude one of them in [tool.uv.workspace]",
                            name, other.place("project", "name"), file.place("project", "name")));
        }
        if (file.toml().values().get("tool") instanceof Map<?, ?> tool
                && tool.get("uv") instanceof Map<?, ?> uv
                && uv.containsKey("workspace")) {
            throw new EnvironmentException(
                    Message.of(
                            "%s: a member of a workspace is no root of another one\nexclude it in [tool.uv.workspace]",
                            file.place("tool", "uv", "workspace")));
        }
    }

    private static RootRequirement asked(
            PackageName name, @Nullable ExtraName extra, String origin) {
        Set<ExtraName> extras = extra == null ? Set.of() : Set.of(extra);
        return new RootRequirement(
                new Requirement(name, extras, SpecifierSet.ANY, null, null), origin, extra);
    }

    /** What files of a member ask for, with its folder in the places. */
    private List<RootRequirement> of(Path folder, List<RootRequirement> roots) {
        return roots.stream()
                .map(it ->
                        new RootRequirement(
                                it.requirement(),
                                root.relativize(folder).resolve(it.origin()).toString(),
                                it.group()))
                .toList();
    }

    private static void add(
            Map<ExtraName, List<RootRequirement>> all,
            ExtraName name,
            List<RootRequirement> requirements) {
        all.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(requirements);
    }

    private void requirePython() throws EnvironmentException {
        PythonNeed all = python().orElse(null);
        if (all != null && !all.value().isSatisfiable(true)) {
            throw new EnvironmentException(
                    Message.of(
                            "no Python is for all members of the workspace: %s\nexclude some of them in [tool.uv.workspace], or start one alone: blast -C %s start",
                            pythons.stream()
                                    .map(it -> "%s (%s)".formatted(it.value(), it.origin()))
                                    .collect(Collectors.joining(", ")),
                            root.relativize(files.keySet().iterator().next())));
        }
    }

    /**
     * A member is the only one of its name, whichever versions others ask for, as uv has it. Where
     * they ask for others than it is, or for some and only a build says which it is, all that is
     * asked of it is overridden.
     */
    private void override(UvMember member) {
        Version version = Objects.requireNonNull(byName.get(member.name())).content().version();
        List<RootRequirement> unmet =
                files.values().stream()
                        .flatMap(PyProjectFile::requirements)
                        .filter(it -> it.requirement().name().equals(member.name()))
                        .filter(it -> {
                            SpecifierSet asked = it.requirement().specifier();
                            return version == null
                                    ? !asked.specifiers().isEmpty()
                                    : !asked.contains(version, true);
                        })
                        .toList();
        if (unmet.isEmpty()) {
            return;
        }
        overrides.add(
                RootRequirement.override(
                        new Requirement(member.name(), Set.of(), SpecifierSet.ANY, null, null),
                        Project.PYPROJECT + ":" + member.line()));
        RootRequirement first = unmet.getFirst();
        if (version != null) {
            overridden.add(
                    "%s: '%s' is met by the member of the workspace, which is %s"
                            .formatted(first.origin(), first.requirement(), version));
        }
    }

    /** In place of what members ask of each other and are not. */
    List<RootRequirement> overrides() {
        return overrides;
    }

    /** What counts though it says otherwise, a sentence each. */
    List<String> overridden() {
        return overridden;
    }

    List<RootRequirement> dependencies() {
        return dependencies;
    }

    /** These groups, with those of the members. */
    Map<ExtraName, List<RootRequirement>> groupsWith(Map<ExtraName, List<RootRequirement>> own) {
        return joined(own, groups);
    }

    /** These extras, with those of the members. */
    Map<ExtraName, List<RootRequirement>> extrasWith(Map<ExtraName, List<RootRequirement>> own) {
        return joined(own, extras);
    }

    private static Map<ExtraName, List<RootRequirement>> joined(
            Map<ExtraName, List<RootRequirement>> some,
            Map<ExtraName, List<RootRequirement>> more) {
        var all = new LinkedHashMap<ExtraName, List<RootRequirement>>();
        some.forEach((name, requirements) -> add(all, name, requirements));
        more.forEach((name, requirements) -> add(all, name, requirements));
        return all;
    }

    /** What all of them fit; empty where none says it. */
    Optional<PythonNeed> python() {
        if (pythons.isEmpty()) {
            return Optional.empty();
        }
        var clauses = new LinkedHashSet<Specifier>();
        pythons.forEach(it -> clauses.addAll(it.value().specifiers()));
        String origins =
                pythons.stream()
                        .map(PythonNeed::origin)
                        .limit(NAMED)
                        .collect(Collectors.joining(", "));
        return Optional.of(
                new PythonNeed(
                        new SpecifierSet(List.copyOf(clauses)),
                        pythons.size() > NAMED ? origins + ", …" : origins));
    }

    Map<Path, PyProjectFile> files() {
        return files;
    }

    /** Their files, and the folders that are looked through for them. */
    Set<Path> inputs() {
        return inputs;
    }
}
