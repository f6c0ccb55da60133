package dev.blast.environment.build;

import dev.blast.environment.install.Store;
import dev.blast.environment.install.StoredFile;
import dev.blast.environment.install.StoredWheel;
import dev.blast.index.DistributionFile;
import dev.blast.index.Formats;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.index.Transfer;
import dev.blast.packaging.Digest;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.packaging.archive.Refusal;
import dev.blast.packaging.archive.RefusedWheelException;
import dev.blast.rules.Context;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Artifact;
import dev.blast.rules.fact.ArtifactKind;
import dev.blast.rules.verdict.Judgement;
import dev.blast.solver.BuildException;
import dev.blast.solver.Outcome;
import dev.blast.solver.Pin;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Sourcing;
import dev.blast.solver.Strategy;
import dev.blast.solver.Target;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.UnsupportedRequirementException;
import dev.blast.solver.search.Resolver;
import dev.blast.solver.text.ProofText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The wheels of what has to be installed before a source can be built: resolved as any other
 * packages, by the same rules from the same index, and brought into the store.
 *
 * @param asking how this command asks the solver: its judge, its date, its pre-releases
 * @param context what is true for rules on what builds require
 * @param builds builds those of them that have no wheel
 */
record BuildRequirements(
        Index index,
        Store store,
        Target target,
        InstantSource clock,
        UnaryOperator<Request> asking,
        Formats formats,
        Policy policy,
        Context context,
        Builds builds) {
    /** One bad file is one version less; so many are an index of bad files. */
    private static final int TRIES = 8;

    /** As statements of a proof are numbered. */
    private static final String FIRST = "1. ";

    /**
     * The wheels for these.
     *
     * @param origin where they are required, as shown in proofs
     * @param folder where files lie until they are in the store
     * @throws BuildException where they cannot be had together
     */
    List<StoredWheel> wheels(List<Requirement> requirements, String origin, Path folder)
            throws BuildException, IndexException, IOException {
        List<RootRequirement> roots =
                requirements.stream().map(it -> RootRequirement.of(it, origin)).toList();
        Request request =
                asking.apply(Request.of(roots, target, clock.instant()))
                        .with(new Sourcing(formats, builds, Map.of()));
        for (int tries = 0; ; tries++) {
            var wheels = new ArrayList<StoredWheel>();
            List<Pin> pins = resolution(request).pins();
            for (Pin pin : pins) {
                String unusable = bring(pin, folder, wheels);
                if (unusable != null && tries == TRIES) {
                    throw new BuildException(
                            Message.of(
                                    "cannot be built: %s, which it requires to be built, cannot be used: %s",
                                    pin, unusable));
                }
                if (unusable != null) {
                    request = without(request, pin, unusable);
                    break;
                }
            }
            if (wheels.size() == pins.size()) {
                return wheels;
            }
        }
    }

    /** Adds the wheel of a pin, or says why it is of no use. */
    private @Nullable String bring(Pin pin, Path folder, List<StoredWheel> wheels)
            throws BuildException, IndexException, IOException {
        try {
            StoredWheel wheel = wheel(pin, folder);
            String refusal = refusal(pin, wheel);
            if (refusal == null) {
                wheels.add(wheel);
            }
            return refusal;
        } catch (RefusedWheelException e) {
            return e.sentence();
        }
    }

    /** What the rules have against a file, as against any that is installed. */
    private @Nullable String refusal(Pin pin, StoredWheel wheel) {
        var fact =
                new Artifact(
                        pin.name(),
                        pin.version(),
                        pin.file().kind().isSource() ? ArtifactKind.SDIST : ArtifactKind.WHEEL,
                        pin.file().uri().getHost(),
                        wheel.files().stream().mapToLong(StoredFile::sizeBytes).sum(),
                        wheel.wheel().tags().stream()
                                .anyMatch(tag -> !tag.platform().equals("any")),
                        false,
                        List.of());
        Judgement judgement = policy.judge(fact, context);
        if (judgement.allowed()) {
            return null;
        }
        return judgement.deciding().stream()
                .findFirst()
                .map(it -> "%s (rule \"%s\", %s)".formatted(it.text(), it.rule(), it.origin()))
                .orElse("no rule allows its file");
    }

    private static Request without(Request request, Pin pin, String why) {
        Map<Version, String> unusable = Map.of(pin.version(), why);
        PackageName name = pin.name();
        return request.with(name, Strategy.STABLE, unusable);
    }

    private Resolution resolution(Request request) throws BuildException, IndexException {
        try {
            Outcome outcome = new Resolver(index, Progress.SILENT, false).resolve(request);
            return switch (outcome) {
                case Resolution resolution -> resolution;
                case Unsolvable(var proof, _) -> throw cannotBeHad(ProofText.render(proof));
            };
        } catch (UnsupportedRequirementException e) {
            throw new BuildException(
                    Message.of(
                            "cannot be built: what it requires to be built cannot be had: %s",
                            Message.of(e)));
        }
    }

    /** Of the proof its first statement goes into the first line, which is all that others tell. */
    private static BuildException cannotBeHad(String proof) {
        String first =
                proof.lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith(FIRST))
                        .findFirst()
                        .map(line -> line.substring(FIRST.length()).replaceAll(" {2,}", " "))
                        .orElse("");
        return new BuildException(
                Message.of(
                        "cannot be built: what it requires to be built cannot be had: %s\n%s",
                        first, new Message(proof.stripTrailing())));
    }

    private StoredWheel wheel(Pin pin, Path folder)
            throws BuildException, IndexException, IOException {
        DistributionFile file = pin.file();
        if (file.kind().isSource()) {
            return store.add(builds.wheel(file));
        }
        String sha256 = file.sha256();
        Optional<StoredWheel> known = sha256 == null ? Optional.empty() : store.find(sha256);
        StoredWheel wheel = known.isPresent() ? known.get() : fetched(file, sha256, folder);
        compareMetadata(file, wheel);
        return wheel;
    }

    private StoredWheel fetched(DistributionFile file, @Nullable String sha256, Path folder)
            throws IndexException, IOException {
        Path wheel = index.fetch(file, folder, Transfer.SILENT);
        try {
            return sha256 == null ? store.add(wheel) : store.add(wheel, sha256);
        } finally {
            Files.deleteIfExists(wheel);
        }
    }

    /** What was resolved with was a text beside the wheel. */
    private void compareMetadata(DistributionFile file, StoredWheel stored)
            throws IOException, IndexException {
        Optional<String> promised = index.metadataSha256(file);
        String path = stored.distInfo() + "/METADATA";
        Optional<String> found =
                stored.files().stream()
                        .filter(f -> f.path().equals(path))
                        .map(StoredFile::hash)
                        .findFirst();
        if (promised.isPresent() && !found.equals(promised.map(Digest::recordHash))) {
            throw new RefusedWheelException(
                    file.filename(), Refusal.METADATA_BESIDE, file.filename());
        }
    }
}
