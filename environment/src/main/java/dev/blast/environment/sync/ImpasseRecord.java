package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Generation;
import dev.blast.environment.change.Impasse;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.rules.verdict.Reason;
import dev.blast.solver.Proof;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.repair.Relaxation;
import dev.blast.solver.repair.Repair;
import dev.blast.solver.repair.WaysOut;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is written down about a sync without an answer. */
final class ImpasseRecord {
    private ImpasseRecord() {}

    static Impasse of(
            Situation situation,
            Unsolvable unsolvable,
            WaysOut waysOut,
            Optional<Duration> firstWay,
            Instant now)
            throws EnvironmentException {
        Sync.Job job = situation.job();
        List<Path> files = new ArrayList<>(job.project().inputs());
        files.add(job.project().lockFile());
        List<Impasse.ShownWay> ways = new ArrayList<>();
        for (Repair repair : waysOut.repairs()) {
            ways.add(new Impasse.ShownWay(letter(ways.size()), letsGo(repair)));
        }
        return new Impasse(
                0,
                now,
                job.options().command(),
                Fingerprint.parts(
                        files,
                        job.policyInputs(),
                        situation.interpreter().executable(),
                        job.options().identity()),
                core(unsolvable.proof()),
                ways,
                unsolvable.statistics().elapsed(),
                firstWay,
                Optional.empty());
    }

    private static List<Generation.Asked> core(Proof proof) {
        return proof.core().stream()
                .map(root -> new Generation.Asked(root.requirement().toString(), root.origin(), ""))
                .toList();
    }

    private static String letter(int place) {
        return String.valueOf((char) ('A' + place));
    }

    /** By which a way out is known again. */
    static List<Impasse.LetGo> letsGo(Repair repair) {
        return repair.relaxations().stream().map(ImpasseRecord::of).toList();
    }

    private static Impasse.LetGo of(Relaxation relaxation) {
        return switch (relaxation) {
            case Relaxation.Widen(RootRequirement root, Requirement to, _) ->
                    of(Impasse.Kind.WIDEN, root, to.toString());
            case Relaxation.Drop(RootRequirement root) -> of(Impasse.Kind.DROP, root, "");
            case Relaxation.Unpin(RootRequirement root) -> of(Impasse.Kind.UNPIN, root, "");
            case Relaxation.LiftHold(PackageName name, Version version, Reason reason) ->
                    new Impasse.LetGo(
                            Impasse.Kind.LIFT,
                            name.normalized(),
                            text(version),
                            reason.origin().toString());
            case Relaxation.AllowPrereleases(PackageName name, Version version) ->
                    new Impasse.LetGo(
                            Impasse.Kind.PRERELEASE, name.normalized(), text(version), "");
        };
    }

    private static Impasse.LetGo of(Impasse.Kind kind, RootRequirement root, String to) {
        return new Impasse.LetGo(kind, root.written().toString(), to, root.origin());
    }

    private static String text(@Nullable Version version) {
        return version == null ? "" : version.toString();
    }
}
