package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.PyProject;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.WheelName;
import dev.blast.solver.RootRequirement;
import dev.blast.toml.TomlDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names that mean something of a project: its own, those of its workspace, and those that it
 * binds to a place. What an index has under one of them is never taken for it.
 */
final class OwnNames {
    private final Path directory;
    private final Optional<UvWorkspace> workspace;
    private final List<OwnName> all = new ArrayList<>();

    /** Addresses of the wheels that names are bound to: these can be had. */
    private final Map<PackageName, String> wheels = new HashMap<>();

    private final List<BoundIndex> bound = new ArrayList<>();
    private IndexTables indexes = IndexTables.NONE;

    private OwnNames(Path directory, Optional<UvWorkspace> workspace) {
        this.directory = directory;
        this.workspace = workspace;
    }

    static OwnNames of(Path directory, TomlDocument toml, PyProject pyproject)
            throws EnvironmentException {
        var names = new OwnNames(directory, UvWorkspace.around(directory, toml));
        if (pyproject.name() != null) {
            names.all.add(
                    OwnName.itself(
                            pyproject.name(),
                            Project.PYPROJECT + ":" + toml.line("project", "name"),
                            pyproject.version()));
        }
        names.indexes = IndexTables.of(toml, directory);
        if (names.workspace.isPresent()) {
            UvWorkspace around = names.workspace.get();
            names.indexes = names.indexes.below(IndexTables.of(around.toml(), around.root()));
        }
        names.add(Sources.of(toml, directory, Project.PYPROJECT, names.indexes, names.workspace));
        if (names.workspace.isPresent()) {
            names.add(names.workspace.get());
        }
        return names;
    }

    List<OwnName> all() {
        return List.copyOf(all);
    }

    List<BoundIndex> bound() {
        return List.copyOf(bound);
    }

    /** What is said about indexes, the workspace's where the project says nothing. */
    IndexTables indexes() {
        return indexes;
    }

    Optional<UvWorkspace> workspace() {
        return workspace;
    }

    /** What was read besides the project's own file. */
    List<Path> inputs() {
        return workspace
                .map(found -> List.of(found.root().resolve(Project.PYPROJECT)))
                .orElse(List.of());
    }

    /** Sources of the root hold for its members, below their own; then come the members' names. */
    private void add(UvWorkspace found) throws EnvironmentException {
        Path file = directory.relativize(found.root().resolve(Project.PYPROJECT));
        if (!found.root().equals(directory)) {
            IndexTables tables = IndexTables.of(found.toml(), found.root());
            add(Sources.of(found.toml(), found.root(), file.toString(), tables, workspace));
        }
        String origin = file + ":" + found.toml().line("tool", "uv", "workspace");
        found.members()
                .forEach((folder, name) -> {
                    if (!folder.equals(directory)) {
                        all.add(
                                new OwnName(
                                        name,
                                        "a member of the workspace, "
                                                + directory.relativize(folder),
                                        origin,
                                        Sources.of(folder),
                                        true,
                                        null));
                    }
                });
    }

    private void add(Sources sources) {
        var known = new HashSet<PackageName>(wheels.keySet());
        all.forEach(each -> known.add(each.name()));
        bound.forEach(each -> known.add(each.name()));
        sources.bound().stream().filter(each -> !known.contains(each.name())).forEach(bound::add);
        for (OwnName each : sources.own()) {
            if (!known.contains(each.name())) {
                all.add(each);
            }
        }
        sources.wheels()
                .forEach((name, address) -> {
                    if (!known.contains(name)) {
                        wheels.put(name, address);
                    }
                });
    }

    /** A name that is bound to a wheel is asked for by the wheel's address. */
    RootRequirement addressed(RootRequirement root) throws EnvironmentException {
        Requirement requirement = root.requirement();
        String address = wheels.get(requirement.name());
        if (address == null || requirement.url() != null) {
            return root;
        }
        String filename = address.substring(address.lastIndexOf('/') + 1);
        try {
            if (!requirement.specifier().contains(WheelName.parse(filename).version(), true)) {
                throw new EnvironmentException(
                        "%s: '%s' does not let in the wheel that is its source, %s"
                                .formatted(root.origin(), requirement, filename));
            }
        } catch (InvalidSyntaxException e) {
            throw new EnvironmentException(root.origin() + ": " + e.getMessage(), e);
        }
        return root.with(
                new Requirement(
                        requirement.name(),
                        requirement.extras(),
                        SpecifierSet.ANY,
                        address,
                        requirement.marker()));
    }
}
