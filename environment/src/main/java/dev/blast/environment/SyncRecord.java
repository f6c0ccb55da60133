package dev.blast.environment;

import dev.blast.environment.install.InstalledDistribution;
import dev.blast.packaging.PackageName;
import dev.blast.solver.Pin;
import dev.blast.solver.Resolution;
import dev.blast.solver.Strategy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is written down about one change: the entry of the history, and the small file that later
 * commands read first.
 */
final class SyncRecord {
    private final Sync.Job job;
    private final Situation situation;
    private final Installation installation;
    private final Generation generation;
    private final Applied applied;

    SyncRecord(
            Sync.Tools tools,
            Sync.Job job,
            Situation situation,
            Resolution resolution,
            Strategy strategy,
            Installation installation,
            String id)
            throws EnvironmentException {
        this.job = job;
        this.situation = situation;
        this.installation = installation;
        Instant now = tools.clock().instant();
        int number = 1 + situation.applied().map(Applied::generation).orElse(0);
        this.generation =
                new Generation(
                        number,
                        id,
                        now,
                        job.options().command(),
                        strategy.name(),
                        situation.interpreter().version().toString(),
                        job.policy().revision(),
                        packages(resolution),
                        situation.requirements().stream()
                                .map(r ->
                                        new Generation.Asked(
                                                r.requirement().toString(), r.origin()))
                                .toList());
        List<Path> inputs = inputs();
        String identity = job.options().identity();
        this.applied =
                new Applied(
                        job.name(),
                        number,
                        now,
                        situation.interpreter().version().toString(),
                        situation.interpreter().executable(),
                        situation.interpreter().venvScheme().purelib(),
                        inputs,
                        identity,
                        strategy.keepsCurrent()
                                ? Fingerprint.of(
                                        inputs,
                                        situation.interpreter().executable(),
                                        identity,
                                        Map.of())
                                : "",
                        job.policy().revision(),
                        installation.distInfos());
    }

    Generation generation() {
        return generation;
    }

    Applied applied() {
        return applied;
    }

    private List<Path> inputs() {
        List<Path> inputs = new ArrayList<>(job.project().inputs());
        inputs.add(job.project().lockFile());
        inputs.addAll(job.policyInputs());
        return inputs;
    }

    /** All that is there afterwards; what somebody else installed has no wheel that we know. */
    private List<Generation.Package> packages(Resolution resolution) {
        Map<PackageName, Generation.Package> packages = new TreeMap<>();
        for (InstalledDistribution d : situation.installed()) {
            packages.put(
                    d.name(),
                    new Generation.Package(
                            d.name().normalized(), d.version().toString(), "", "", d.requested()));
        }
        for (Pin pin : resolution.pins()) {
            String sha256 = pin.file().sha256();
            packages.put(
                    pin.name(),
                    new Generation.Package(
                            pin.name().normalized(),
                            pin.version().toString(),
                            pin.file().filename(),
                            sha256 == null ? "" : sha256,
                            pin.direct()));
        }
        for (Wanted wanted : installation.plan().incoming()) {
            packages.put(
                    wanted.name(),
                    new Generation.Package(
                            wanted.name().normalized(),
                            wanted.version().toString(),
                            wanted.filename(),
                            installation.wheel(wanted.name()).sha256(),
                            wanted.requested()));
        }
        for (Change change : installation.plan().changes()) {
            if (change instanceof Change.Remove(PackageName name, _, _)) {
                packages.remove(name);
            }
        }
        return List.copyOf(packages.values());
    }
}
