package dev.blast.environment.health;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.health.RequirementFault.Asker;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.InstalledNeeds;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.project.Project;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.solver.RootRequirement;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether what is installed fits together and fits the project: each requirement of each
 * distribution, under the markers of its interpreter and the extras that anything asks for. What
 * {@code pip check} does, and the project besides.
 */
final class RequirementCheck {
    private final MarkerEnvironment markers;
    private final InstalledNeeds needs;
    private final List<RequirementFault> faults = new ArrayList<>();

    private RequirementCheck(MarkerEnvironment markers, InstalledNeeds needs) {
        this.markers = markers;
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
        var roots = new ArrayList<>(project.requirements(project.defaultGroups(), Set.of()));
        roots.addAll(project.constraints());
        for (RootRequirement root : roots) {
            if (root.requirement().appliesTo(check.markers, Set.of())
                    && excludes(root.requirement(), name, version)) {
                barriers.add(
                        new Finding.Barrier(new Asker.Project(root.origin()), root.requirement()));
            }
        }
        for (Metadata metadata : check.needs.metadata().values()) {
            var asker = new Asker.Installed(metadata.name(), metadata.version());
            check.needs.of(metadata.name()).stream()
                    .filter(requirement -> excludes(requirement, name, version))
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
        for (RootRequirement root : project.requirements(project.defaultGroups(), Set.of())) {
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

    private static boolean excludes(Requirement requirement, PackageName name, Version version) {
        return requirement.name().equals(name)
                && (requirement.url() != null || !requirement.specifier().contains(version, true));
    }

    private static RequirementCheck of(
            Project project, Interpreter interpreter, Collection<InstalledDistribution> installed)
            throws IOException, EnvironmentException {
        List<Requirement> asked =
                project.requirements(project.defaultGroups(), Set.of()).stream()
                        .map(RootRequirement::requirement)
                        .toList();
        var needs = InstalledNeeds.of(installed, asked, interpreter.markers());
        var check = new RequirementCheck(interpreter.markers(), needs);
        for (InstalledDistribution distribution : needs.unreadable()) {
            check.faults.add(
                    new RequirementFault.UnreadableMetadata(
                            new Asker.Installed(distribution.name(), distribution.version())));
        }
        return check;
    }

    static Finding.Requirements check(
            Project project, Interpreter interpreter, Collection<InstalledDistribution> installed)
            throws IOException, EnvironmentException {
        RequirementCheck check = of(project, interpreter, installed);
        List<RootRequirement> roots = project.requirements(project.defaultGroups(), Set.of());
        for (RootRequirement root : roots) {
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

    private void compare(Asker asker, Requirement requirement) {
        Metadata there = needs.metadata().get(requirement.name());
        if (there == null) {
            faults.add(new RequirementFault.Missing(asker, requirement));
        } else if (!requirement.specifier().contains(there.version(), true)) {
            faults.add(new RequirementFault.OtherVersion(asker, requirement, there.version()));
        }
    }
}
