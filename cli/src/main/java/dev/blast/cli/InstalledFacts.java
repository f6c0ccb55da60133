package dev.blast.cli;

import dev.blast.environment.Applied;
import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.Project;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.InstalledDistributions;
import dev.blast.packaging.PackageName;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Distribution;
import dev.blast.solver.RootRequirement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is installed, as facts; read only where a rule asks. */
final class InstalledFacts {
    private InstalledFacts() {}

    static List<Distribution> of(
            Project project, Environment environment, Applied applied, Policy policy)
            throws EnvironmentException {
        if (!policy.mentions(Distribution.class, "name")) {
            return List.of();
        }
        Map<PackageName, RootRequirement> roots = roots(project);
        var facts = new ArrayList<Distribution>();
        try {
            for (InstalledDistribution found :
                    InstalledDistributions.scan(
                            environment.root().resolve(applied.sitePackages()))) {
                RootRequirement root = roots.get(found.name());
                String group =
                        root == null || root.group() == null ? null : root.group().toString();
                facts.add(new Distribution(found.name(), found.version(), root != null, group));
            }
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read what is installed in "
                            + environment.root()
                            + ": "
                            + e.getMessage(),
                    e);
        }
        return facts;
    }

    private static Map<PackageName, RootRequirement> roots(Project project) {
        var roots = new HashMap<PackageName, RootRequirement>();
        project.groups()
                .values()
                .forEach(
                        group -> group.forEach(root -> roots.put(root.requirement().name(), root)));
        project.dependencies().forEach(root -> roots.put(root.requirement().name(), root));
        return roots;
    }
}
