package dev.blast.solver.repair;

import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.rules.verdict.Reason;
import dev.blast.solver.KnownVersions;
import dev.blast.solver.Obstacle;
import dev.blast.solver.Proof;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What could be let go so that a proof does not hold any more. How far a requirement has to be
 * widened for that is found out later, once for the same conflict: it is the same few requirements
 * whatever else the request asks for.
 */
final class Candidates {
    private final Solving solving;
    private final Map<Conflict, List<Candidate>> known = new HashMap<>();

    private record Conflict(List<RootRequirement> core, List<Relaxation> others) {}

    /** One thing that could be let go. */
    sealed interface Candidate {
        /** It is known what. */
        record Exact(Relaxation relaxation) implements Candidate {}

        /** It is not known yet how far. */
        record Open(Widening widening) implements Candidate {}
    }

    Candidates(Solving solving) {
        this.solving = solving;
    }

    /** In the order of the request, then of the proof. */
    List<Candidate> of(Proof proof, Relaxed relaxed) {
        var conflict = new Conflict(proof.core(), relaxed.others());
        return known.computeIfAbsent(conflict, _ -> find(proof, relaxed));
    }

    private List<Candidate> find(Proof proof, Relaxed relaxed) {
        List<Candidate> all = new ArrayList<>();
        for (RootRequirement root : proof.core()) {
            RootRequirement origin = relaxed.origin(root);
            if (origin.constraint() && origin.requirement().specifier().isPin()) {
                all.add(new Candidate.Exact(new Relaxation.Unpin(origin)));
            } else {
                widening(proof, root, relaxed).map(Candidate.Open::new).ifPresent(all::add);
                all.add(new Candidate.Exact(new Relaxation.Drop(origin)));
            }
        }
        for (Statement statement : proof.statements()) {
            switch (statement) {
                case Statement.Ruled(_, KnownVersions versions, boolean held, Reason reason, _)
                        when held && reason != null ->
                        all.add(
                                new Candidate.Exact(
                                        new Relaxation.LiftHold(
                                                versions.of().name(), null, reason)));
                case Statement.Unusable unusable when hasPrereleases(unusable) ->
                        all.add(
                                new Candidate.Exact(
                                        new Relaxation.AllowPrereleases(
                                                unusable.about().name(), null)));
                default -> {}
            }
        }
        return all.stream().distinct().toList();
    }

    private static boolean hasPrereleases(Statement.Unusable unusable) {
        return unusable.hindrances().stream()
                .anyMatch(it -> it.obstacles().getFirst() instanceof Obstacle.Prerelease);
    }

    private Optional<Widening> widening(Proof proof, RootRequirement root, Relaxed relaxed) {
        Requirement now = root.requirement();
        RootRequirement origin = relaxed.origin(root);
        if (now.url() != null || origin.requirement().specifier().versions().isEmpty()) {
            return Optional.empty();
        }
        Requirement any =
                new Requirement(now.name(), now.extras(), SpecifierSet.ANY, null, now.marker());
        List<RootRequirement> core =
                proof.core().stream()
                        .map(it -> it.equals(root) ? Relaxed.with(root, any) : it)
                        .toList();
        var widening = new Widening(solving, proof, origin, now, relaxed.request(core));
        widening.foresee();
        return Optional.of(widening);
    }
}
