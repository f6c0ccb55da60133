package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.Generation;
import dev.blast.environment.change.LiftedHold;
import dev.blast.environment.change.Occasion;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.packaging.PackageName;
import dev.blast.rules.source.PolicyFile;
import dev.blast.solver.Note;
import dev.blast.solver.Pin;
import dev.blast.solver.Resolution;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is written down about a change: the entry of the history, and the small file that later
 * commands read first.
 */
final class SyncRecord {
    private SyncRecord() {}

    /** The next generation, with all that is there after the change. */
    static Generation generation(
            int number,
            String id,
            Instant now,
            Situation situation,
            Resolution resolution,
            String strategy,
            Installation installation,
            Optional<Generation> last) {
        return new Generation(
                number,
                id,
                now,
                Occasion.of(
                        Occasion.Kind.CHANGE,
                        situation.job().options().command(),
                        situation.job().caller()),
                strategy,
                situation.interpreter().version().toString(),
                situation.job().policy().revision(),
                packages(situation, resolution, installation, last),
                lifted(resolution),
                situation.parts().asked().stream().map(Generation.Asked::of).toList());
    }

    /** The holds on what is chosen that a person lifted. */
    static List<LiftedHold> lifted(Resolution resolution) {
        return resolution.notes().stream()
                .filter(Note.Lifted.class::isInstance)
                .map(Note.Lifted.class::cast)
                .map(it -> LiftedHold.of(it.name(), it.version(), it.reason()))
                .toList();
    }

    /** Whether there was a change, and all that is lifted was noted then. */
    static boolean isKnown(Optional<Applied> applied, List<LiftedHold> lifted) {
        return applied.isPresent()
                && lifted.stream()
                        .allMatch(it -> applied.get().lifted().stream().anyMatch(it::isKnownBy));
    }

    /**
     * What stays has the wheel that it came from; what somebody else installed has none that we
     * know.
     */
    private static List<Generation.Installed> packages(
            Situation situation,
            Resolution resolution,
            Installation installation,
            Optional<Generation> last) {
        Map<PackageName, Generation.Installed> packages = new TreeMap<>();
        for (InstalledDistribution d : situation.installed()) {
            packages.put(
                    d.name(),
                    last.flatMap(it -> it.installed(d.name().normalized(), d.version().toString()))
                            .orElseGet(() ->
                                    new Generation.Installed(
                                            d.name().normalized(),
                                            d.version().toString(),
                                            "",
                                            "",
                                            d.requested())));
        }
        for (Pin pin : resolution.pins()) {
            String sha256 = pin.file().sha256();
            packages.put(
                    pin.name(),
                    new Generation.Installed(
                            pin.name().normalized(),
                            pin.version().toString(),
                            pin.file().filename(),
                            sha256 == null ? "" : sha256,
                            pin.direct()));
        }
        for (Wanted wanted : installation.plan().incoming()) {
            packages.put(
                    wanted.name(),
                    new Generation.Installed(
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

    /**
     * What later commands read first.
     *
     * @param texts what files will hold when the change is finished, where that is not what they
     *     hold now
     */
    static Applied applied(
            int number,
            Instant time,
            Situation situation,
            Resolving.Followed followed,
            List<LiftedHold> lifted,
            List<String> distributions,
            Map<Path, byte[]> texts)
            throws EnvironmentException {
        Sync.Job job = situation.job();
        List<Path> inputs = new ArrayList<>(job.project().inputs());
        inputs.add(job.project().lockFile());
        inputs.addAll(job.policyInputs());
        inputs.addAll(situation.addressed().inputs());
        Path interpreter = situation.interpreter().executable();
        String identity = job.options().identity();
        return new Applied(
                situation.name(),
                number,
                time,
                situation.interpreter().version().toString(),
                interpreter,
                situation.interpreter().venvScheme().purelib(),
                inputs,
                identity,
                followed.keepsCurrent()
                                && !job.project().options().usesVariables()
                                && job.policy().sources().stream().noneMatch(PolicyFile::isExposed)
                        ? Fingerprint.of(inputs, interpreter, identity, texts)
                        : "",
                job.policy().revision(),
                followed.strategies(),
                lifted,
                distributions,
                situation.addressed().folders());
    }
}
