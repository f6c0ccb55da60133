package dev.blast.environment.health;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.health.RequirementFault.Asker;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.InstalledNeeds;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.project.CurrentLock;
import dev.blast.environment.project.OwnName;
import dev.blast.environment.project.Project;
import dev.blast.environment.session.KnownProject;
import dev.blast.index.Formats;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.solver.Overrides;
import dev.blast.solver.RootRequirement;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is installed fits together and fits the project: each requirement of each
 * distribution, under the markers of its interpreter and the extras that anything asks for. What
 * {@code pip check} does, and the project besides.
 */
final class RequirementCheck {
    private final MarkerEnvironment markers;
    private final InstalledNeeds needs;

    /** Of the project itself, which may be left out of its environment; null for none. */
    private final @Nullable PackageName itself;

    private final List<RootRequirement> roots;
    private final List<RootRequirement> said;
    private final Overrides overrides;
    private final List<RequirementFault> faults = new ArrayList<>();

    private RequirementCheck(
            MarkerEnvironment markers,
            List<RootRequirement> roots,
            List<RootRequirement> said,
            InstalledNeeds needs,
            @Nullable PackageName itself) {
        this.itself = itself;
        this.markers = markers;
        this.roots = roots;
        this.said = said;
        this.overrides = Overrides.of(said, markers);
        this.needs = needs;
    }

    /** All that excludes this version: what the project asks for, and what is installed. */
    static List<Finding.Barrier> barriers(
            Project project,
            Interpreter interpreter,
            Collection<InstalledDistribution> installed,
            PackageName name,
            Version version)
            throws IOException, EnvironmentException {
        RequirementCheck check = of(project, interpreter, installed);
        var barriers = new ArrayList<Finding.Barrier>();
        var roots = new ArrayList<>(check.roots);
        roots.addAll(project.constraints());
        for (RootRequirement root : roots) {
            if (root.requirement().appliesTo(check.markers, Set.of())
                    && check.excludes(root.requirement(), root.constraint(), name, version)) {
                barriers.add(
                        new Finding.Barrier(new Asker.Project(root.origin()), root.requirement()));
            }
        }
        for (Metadata metadata : check.needs.metadata().values()) {
            var asker = new Asker.Installed(metadata.name(), metadata.version());
            check.needs.of(metadata.name()).stream()
                    .filter(requirement -> check.excludes(requirement, false, name, version))
                    .forEach(it -> barriers.add(new Finding.Barrier(asker, it)));
        }
        return barriers;
    }

    /** What is installed and asked for: by the project, or by what it asks for. */
    static Set<PackageName> asked(
            Project project, Interpreter interpreter, Collection<InstalledDistribution> installed)
            throws IOException, EnvironmentException {
        RequirementCheck check = of(project, interpreter, installed);
        var asked = new TreeSet<PackageName>();
        var open = new ArrayDeque<PackageName>();
        for (RootRequirement root : check.roots) {
            if (root.requirement().appliesTo(check.markers, Set.of())) {
                open.add(root.requirement().name());
            }
        }
        while (!open.isEmpty()) {
            Metadata metadata = check.needs.metadata().get(open.remove());
            if (metadata != null && asked.add(metadata.name())) {
                check.needs.of(metadata.name()).forEach(it -> open.add(it.name()));
            }
        }
        return asked;
    }

    private boolean excludes(
            Requirement requirement, boolean constraint, PackageName name, Version version) {
        return requirement.name().equals(name)
                && (constraint || !overrides.isAbout(name))
                && (requirement.url() != null || !requirement.specifier().contains(version, true));
    }

    private static RequirementCheck of(
            Project project, Interpreter interpreter, Collection<InstalledDistribution> installed)
            throws IOException, EnvironmentException {
        List<RootRequirement> roots =
                KnownProject.of(project, installed, interpreter.markers()).usual();
        List<Requirement> asked = roots.stream().map(RootRequirement::requirement).toList();
        var needs = InstalledNeeds.of(installed, asked, interpreter.markers());
        var check =
                new RequirementCheck(
                        interpreter.markers(),
                        roots,
                        overrides(project, interpreter),
                        needs,
                        project.ownName().map(OwnName::name).orElse(null));
        for (InstalledDistribution distribution : needs.unreadable()) {
            check.faults.add(
                    new RequirementFault.UnreadableMetadata(
                            new Asker.Installed(distribution.name(), distribution.version())));
        }
        return check;
    }

    /** What the project overrides, and what was overridden by hand when it was locked. */
    private static List<RootRequirement> overrides(Project project, Interpreter interpreter) {
        var all = new ArrayList<>(project.overrides());
        try {
            CurrentLock lock =
                    CurrentLock.read(
                            project.lockFile(),
                            interpreter.target(),
                            Set.of(),
                            Optional.empty(),
                            Formats.ANY);
            for (String text : lock.isOurs() ? lock.overrides() : List.<String>of()) {
                var requirement = Requirement.parse(text);
                if (all.stream().noneMatch(it -> it.requirement().equals(requirement))) {
                    all.add(
                            RootRequirement.override(
                                    requirement, project.lockFile().getFileName().toString()));
                }
            }
        } catch (EnvironmentException | InvalidSyntaxException _) {
            // another finding says that the lock cannot be read
        }
        return all;
    }

    static Finding.Requirements check(
            Project project, Interpreter interpreter, Collection<InstalledDistribution> installed)
            throws IOException, EnvironmentException {
        RequirementCheck check = of(project, interpreter, installed);
        for (RootRequirement root : check.roots) {
            if (root.requirement().appliesTo(check.markers, Set.of())) {
                check.compare(new Asker.Project(root.origin()), root.requirement());
            }
        }
        for (Metadata metadata : check.needs.metadata().values()) {
            var distribution = new Asker.Installed(metadata.name(), metadata.version());
            SpecifierSet python = metadata.requiresPython();
            if (python != null && !python.contains(interpreter.version(), true)) {
                check.faults.add(
                        new RequirementFault.WrongPython(
                                distribution, python, interpreter.version()));
            }
            for (Requirement requirement : check.needs.of(metadata.name())) {
                check.compare(distribution, requirement);
            }
        }
        return new Finding.Requirements(check.needs.metadata().size(), check.faults);
    }

    private String override(Requirement requirement) {
        return said.stream()
                .filter(root -> root.requirement().name().equals(requirement.name()))
                .map(RootRequirement::origin)
                .findFirst()
                .orElseThrow();
    }

    private void compare(Asker asker, Requirement requirement) {
        Metadata there = needs.metadata().get(requirement.name());
        boolean isDropped = overrides.leave(requirement).isEmpty();
        boolean isOverridden = overrides.isAbout(requirement.name());
        if (isDropped) {
            return; // nothing needs to be there
        }
        boolean isLeftOut =
                there == null
                        && asker instanceof Asker.Installed
                        && requirement.name().equals(itself);
        if (isLeftOut) {
            return; // where it is wanted, the project asks for it as well
        }
        if (there == null) {
            faults.add(new RequirementFault.Missing(asker, requirement));
        } else if (!requirement.specifier().contains(there.version(), true)) {
            faults.add(
                    isOverridden
                            ? new RequirementFault.Overridden(
                                    asker, requirement, there.version(), override(requirement))
                            : new RequirementFault.OtherVersion(
                                    asker, requirement, there.version()));
        }
    }
}
