package dev.blast.environment.session;

import dev.blast.environment.Environment;
import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Applied;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.InstalledDistributions;
import dev.blast.environment.install.InstalledNeeds;
import dev.blast.environment.project.Project;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Distribution;
import dev.blast.solver.DependencyGraph;
import dev.blast.solver.RootRequirement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /**
     * As facts for the rules; read only where a rule asks.
     *
     * @param markers of the environment's interpreter
     */
    public static List<Distribution> facts(
            Project project,
            Environment environment,
            Applied applied,
            MarkerEnvironment markers,
            Policy policy)
            throws EnvironmentException {
        if (!policy.mentions(Distribution.class)) {
            return List.of();
        }
        List<InstalledDistribution> there = scan(environment, applied);
        var roots = new HashMap<PackageName, RootRequirement>();
        known(project, there, environment, markers)
                .reversed()
                .forEach(root -> roots.put(root.requirement().name(), root));
        var facts = new ArrayList<Distribution>();
        for (InstalledDistribution found : there) {
            RootRequirement root = roots.get(found.name());
            String group = root == null || root.group() == null ? null : root.group().toString();
            facts.add(new Distribution(found.name(), found.version(), root != null, group));
        }
        return facts;
    }

    /**
     * Who requires whom of what is installed, by its own metadata, beginning with what the project
     * asks for in any of its groups and extras.
     *
     * @param markers of the environment's interpreter
     */
    public static DependencyGraph graph(
            Project project, Environment environment, Applied applied, MarkerEnvironment markers)
            throws EnvironmentException {
        List<InstalledDistribution> there = scan(environment, applied);
        List<RootRequirement> asked =
                known(project, there, environment, markers).stream()
                        .filter(root -> root.requirement().appliesTo(markers, Set.of()))
                        .toList();
        try {
            var needs =
                    InstalledNeeds.of(
                            there,
                            asked.stream().map(RootRequirement::requirement).toList(),
                            markers);
            return DependencyGraph.of(
                    there.stream()
                            .map(it ->
                                    new DependencyGraph.Member(
                                            it.name(),
                                            it.version(),
                                            needs.extras(it.name()),
                                            needs.of(it.name())))
                            .toList(),
                    asked);
        } catch (IOException e) {
            throw unreadable(environment, e);
        }
    }

    private static List<RootRequirement> known(
            Project project,
            List<InstalledDistribution> there,
            Environment environment,
            MarkerEnvironment markers)
            throws EnvironmentException {
        try {
            return KnownProject.of(project, there, markers).all();
        } catch (IOException e) {
            throw unreadable(environment, e);
        }
    }

    static List<InstalledDistribution> scan(Environment environment, Applied applied)
            throws EnvironmentException {
        try {
            return InstalledDistributions.scan(environment.root().resolve(applied.sitePackages()));
        } catch (IOException e) {
            throw unreadable(environment, e);
        }
    }

    private static EnvironmentException unreadable(Environment environment, IOException e) {
        return new EnvironmentException(
                "cannot read what is installed in " + environment.root() + ": " + e.getMessage(),
                e);
    }
}
