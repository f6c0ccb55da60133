package dev.blast.environment.project;

import dev.blast.environment.EnvironmentException;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.PyProject;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.WheelName;
import dev.blast.solver.RootRequirement;
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

    /**
     * The names of a project.
     *
     * @param members whose needs are the project's too, by folder
     */
    static OwnNames of(
            Path directory,
            PyProjectFile file,
            Optional<UvWorkspace> workspace,
            Map<Path, PyProjectFile> members)
            throws EnvironmentException {
        var names = new OwnNames(directory, workspace);
        PyProject pyproject = file.content();
        if (pyproject.name() != null) {
            names.all.add(
                    OwnName.itself(
                            pyproject.name(), file.place("project", "name"), pyproject.version()));
        }
        names.indexes = IndexTables.of(file.toml(), directory);
        if (workspace.isPresent()) {
            UvWorkspace around = workspace.get();
            names.indexes = names.indexes.below(IndexTables.of(around.toml(), around.root()));
        }
        for (Map.Entry<Path, PyProjectFile> member : members.entrySet()) {
            names.addOfMember(member.getKey(), member.getValue());
        }
        names.add(Sources.of(file.toml(), directory, file.name(), names.indexes, workspace));
        if (workspace.isPresent()) {
            names.add(workspace.get());
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
        found.members()
                .forEach((folder, member) -> {
                    if (!folder.equals(directory)) {
                        all.add(
                                new OwnName(
                                        member.name(),
                                        "a member of the workspace, "
                                                + directory.relativize(folder),
                                        file + ":" + member.line(),
                                        Sources.of(folder),
                                        true,
                                        null));
                    }
                });
    }

    /** What a member says of what it needs counts for all, who share one environment. */
    private void addOfMember(Path folder, PyProjectFile member) throws EnvironmentException {
        IndexTables tables = IndexTables.of(member.toml(), folder).below(indexes);
        Sources sources = Sources.of(member.toml(), folder, member.name(), tables, workspace);
        bound.addAll(sources.bound());
        wheels.putAll(sources.wheels());
        for (OwnName each : sources.own()) {
            for (OwnName other : all) {
                if (other.isAnotherPlaceThan(each)) {
                    throw new EnvironmentException(
                            Message.of(
                                    "%s %s, and %s: members of a workspace share one environment\nlet both name one place, or start one alone: blast -C %s start",
                                    each.name(),
                                    other.sentence(),
                                    each.sentence(),
                                    directory.relativize(folder)));
                }
            }
            all.add(each);
        }
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
