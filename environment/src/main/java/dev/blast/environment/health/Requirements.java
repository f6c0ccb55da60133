package dev.blast.environment.health;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.OrdinaryFile;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.project.Project;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.RootRequirement;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether what is installed fits together and fits the project: each requirement of each
 * distribution, under the markers of its interpreter and the extras that anything asks for. What
 * {@code pip check} does, and the project besides.
 */
final class Requirements {
    private final MarkerEnvironment markers;
    private final Map<PackageName, Metadata> installed = new TreeMap<>();
    private final Map<PackageName, Set<ExtraName>> extras = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    private Requirements(MarkerEnvironment markers) {
        this.markers = markers;
    }

    static Finding check(
            Project project, Interpreter interpreter, Collection<InstalledDistribution> installed)
            throws IOException, EnvironmentException {
        var check = new Requirements(interpreter.markers());
        for (InstalledDistribution distribution : installed) {
            check.read(distribution);
        }
        List<RootRequirement> roots = project.requirements(project.defaultGroups(), Set.of());
        check.findExtras(roots);
        for (RootRequirement root : roots) {
            if (root.requirement().appliesTo(check.markers, Set.of())) {
                check.compare(root.origin() + " asks for", root.requirement());
            }
        }
        for (Metadata metadata : check.installed.values()) {
            String subject = metadata.name() + " " + metadata.version();
            if (metadata.requiresPython() != null
                    && !metadata.requiresPython().contains(interpreter.version(), true)) {
                check.faults.add(
                        "%s needs Python %s, this is %s"
                                .formatted(
                                        subject, metadata.requiresPython(), interpreter.version()));
            }
            for (Requirement requirement : check.applying(metadata)) {
                check.compare(subject + " needs", requirement);
            }
        }
        return check.finding();
    }

    private void read(InstalledDistribution distribution) throws IOException {
        Path file = distribution.distInfo().resolve("METADATA");
        try {
            Metadata metadata = Metadata.read(OrdinaryFile.text(file));
            installed.put(distribution.name(), metadata);
        } catch (InvalidSyntaxException | NoSuchFileException e) {
            faults.add(
                    "%s %s: its METADATA cannot be read"
                            .formatted(distribution.name(), distribution.version()));
        }
    }

    /** Extras that are asked for may ask for further ones: until nothing is added. */
    private void findExtras(List<RootRequirement> roots) {
        roots.forEach(r -> extras(r.requirement().name()).addAll(r.requirement().extras()));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Metadata metadata : installed.values()) {
                for (Requirement requirement : applying(metadata)) {
                    grown |= extras(requirement.name()).addAll(requirement.extras());
                }
            }
        }
    }

    private Set<ExtraName> extras(PackageName name) {
        return extras.computeIfAbsent(name, _ -> new TreeSet<>());
    }

    private List<Requirement> applying(Metadata metadata) {
        Set<ExtraName> wanted = new HashSet<>(extras(metadata.name()));
        return metadata.requiresDist().stream().filter(r -> r.appliesTo(markers, wanted)).toList();
    }

    private void compare(String who, Requirement requirement) {
        Metadata there = installed.get(requirement.name());
        String wanted = requirement.name() + requirement.specifier().toString();
        if (there == null) {
            faults.add("%s %s, which is not installed".formatted(who, wanted));
        } else if (!requirement.specifier().contains(there.version(), true)) {
            faults.add("%s %s, %s is installed".formatted(who, wanted, there.version()));
        }
    }

    private Finding finding() {
        if (faults.isEmpty()) {
            return Finding.ok(
                    "requirements",
                    "all %d fit together and fit the project".formatted(installed.size()));
        }
        return new Finding(
                "requirements",
                Finding.Level.FAIL,
                String.join("; ", faults),
                faults,
                List.of("blast sync"));
    }
}
