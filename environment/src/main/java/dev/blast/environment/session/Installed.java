package dev.blast.environment.session;

import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Applied;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.InstalledDistributions;
import dev.blast.environment.project.Project;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Distribution;
import dev.blast.solver.RootRequirement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is installed in an environment. */
public final class Installed {
    private Installed() {}

    public static Map<PackageName, Version> versions(Environment environment, Applied applied)
            throws EnvironmentException {
        var versions = new TreeMap<PackageName, Version>();
        scan(environment, applied).forEach(found -> versions.put(found.name(), found.version()));
        return versions;
    }

    /** As facts for the rules; read only where a rule asks. */
    public static List<Distribution> facts(
            Project project, Environment environment, Applied applied, Policy policy)
            throws EnvironmentException {
        if (!policy.mentions(Distribution.class, "name")) {
            return List.of();
        }
        var roots = new HashMap<PackageName, RootRequirement>();
        Locked.roots(project)
                .reversed()
                .forEach(root -> roots.put(root.requirement().name(), root));
        var facts = new ArrayList<Distribution>();
        for (InstalledDistribution found : scan(environment, applied)) {
            RootRequirement root = roots.get(found.name());
            String group = root == null || root.group() == null ? null : root.group().toString();
            facts.add(new Distribution(found.name(), found.version(), root != null, group));
        }
        return facts;
    }

    private static List<InstalledDistribution> scan(Environment environment, Applied applied)
            throws EnvironmentException {
        try {
            return InstalledDistributions.scan(environment.root().resolve(applied.sitePackages()));
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read what is installed in "
                            + environment.root()
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }
}
