package dev.blast.environment;

import dev.blast.environment.install.InstalledDistribution;
import dev.blast.environment.install.InstalledDistributions;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.rules.Context;
import dev.blast.rules.fact.Distribution;
import dev.blast.rules.fact.Purpose;
import dev.blast.solver.Pin;
import dev.blast.solver.RootRequirement;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a sync finds before it decides anything: read once, under the writer lock.
 *
 * @param applied what the last change left; empty before the first
 * @param requirements what is asked for, with the groups and extras in force
 * @param installed what is really there
 */
record Situation(
        Sync.Job job,
        Base.Found base,
        Optional<Applied> applied,
        List<RootRequirement> requirements,
        List<InstalledDistribution> installed) {

    static Situation of(Sync.Job job, Base.Found base) throws EnvironmentException {
        Collection<ExtraName> groups = job.options().groups().orElse(job.project().defaultGroups());
        List<RootRequirement> requirements =
                job.project().requirements(groups, job.options().extras());
        return new Situation(
                job,
                base,
                applied(job),
                requirements,
                base.isFresh() ? List.of() : installed(job, base));
    }

    /** A damaged file counts as none when a repair is asked for. */
    private static Optional<Applied> applied(Sync.Job job) throws EnvironmentException {
        try {
            return job.environment().applied();
        } catch (EnvironmentException e) {
            if (job.options().force()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static List<InstalledDistribution> installed(Sync.Job job, Base.Found base)
            throws EnvironmentException {
        var sitePackages =
                job.environment().root().resolve(base.interpreter().venvScheme().purelib());
        try {
            return InstalledDistributions.scan(sitePackages);
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot read %s: %s".formatted(sitePackages, Cause.of(e)), e);
        }
    }

    int nextGeneration() {
        return 1 + applied.map(Applied::generation).orElse(0);
    }

    Interpreter interpreter() {
        return base.interpreter();
    }

    /**
     * The dist-info folders that we left; those of an environment that Blast has not changed yet
     * are all somebody else's.
     */
    Set<String> ours() {
        return new HashSet<>(applied.map(Applied::distributions).orElse(List.of()));
    }

    /** How many distributions somebody else has put in, changed or taken out. */
    int foreign() {
        Set<String> difference = ours();
        installed.stream()
                .map(d -> d.distInfo().getFileName().toString())
                .filter(name -> !difference.remove(name))
                .toList()
                .forEach(difference::add);
        return applied.isEmpty() ? 0 : difference.size();
    }

    Map<PackageName, Pin> lockedPins() {
        return Map.of();
    }

    Optional<String> lock() {
        return Optional.empty();
    }

    /** For the rules. */
    Context context() {
        List<Distribution> distributions =
                installed.stream()
                        .map(d -> {
                            Optional<RootRequirement> root = root(d.name());
                            String group =
                                    root.map(RootRequirement::group)
                                            .map(ExtraName::normalized)
                                            .orElse(null);
                            return new Distribution(d.name(), d.version(), root.isPresent(), group);
                        })
                        .toList();
        var session =
                job.caller()
                        .session(
                                job.name(),
                                job.project().directory(),
                                job.environment(),
                                base.interpreter(),
                                Purpose.RESOLVE,
                                "blast");
        return new Context(session, distributions);
    }

    private Optional<RootRequirement> root(PackageName name) {
        return requirements.stream().filter(r -> r.requirement().name().equals(name)).findFirst();
    }
}
