package dev.blast.solver.repair;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.packaging.VersionSet;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.Aim;
import dev.blast.solver.KnownVersions;
import dev.blast.solver.Obstacle;
import dev.blast.solver.Pin;
import dev.blast.solver.Proof;
import dev.blast.solver.Request;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Statement;
import dev.blast.solver.Strategy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What could be let go so that a proof does not hold any more. What excludes each other is solved
 * by itself to find out how far a requirement has to be widened: the same few requirements whatever
 * else the request asks for.
 */
final class Candidates {
    private static final Strategy LOWEST = only(Objective.LOWEST);
    private static final Strategy NEWEST = only(Objective.NEWEST);

    private final Solving solving;
    private final Map<Conflict, List<Relaxation>> known = new HashMap<>();

    private record Conflict(List<RootRequirement> core, List<Relaxation> others) {}

    Candidates(Solving solving) {
        this.solving = solving;
    }

    private static Strategy only(Objective objective) {
        return new Strategy("nearest", List.of(Aim.of(1, objective)));
    }

    /** In the order of the request, then of the proof. */
    List<Relaxation> of(Proof proof, Relaxed relaxed) {
        var conflict = new Conflict(proof.core(), relaxed.others());
        List<Relaxation> candidates = known.get(conflict);
        if (candidates == null) {
            candidates = find(proof, relaxed);
            known.put(conflict, candidates);
        }
        return candidates;
    }

    private List<Relaxation> find(Proof proof, Relaxed relaxed) {
        List<Relaxation> all = new ArrayList<>();
        for (RootRequirement root : proof.core()) {
            RootRequirement origin = relaxed.origin(root);
            if (origin.constraint() && origin.requirement().specifier().isPin()) {
                all.add(new Relaxation.Unpin(origin));
            } else {
                widening(proof.core(), root, relaxed).ifPresent(all::add);
                all.add(new Relaxation.Drop(origin));
            }
        }
        for (Statement statement : proof.statements()) {
            switch (statement) {
                case Statement.Ruled(_, KnownVersions versions, boolean held, Reason reason, _)
                        when held && reason != null ->
                        all.add(new Relaxation.LiftHold(versions.of().name(), null, reason));
                case Statement.Unusable unusable when hasPrereleases(unusable) ->
                        all.add(new Relaxation.AllowPrereleases(unusable.about().name(), null));
                default -> {}
            }
        }
        return all.stream().distinct().toList();
    }

    private static boolean hasPrereleases(Statement.Unusable unusable) {
        return unusable.hindrances().stream()
                .anyMatch(it -> it.obstacles().getFirst() instanceof Obstacle.Prerelease);
    }

    /** The narrowest that lets the other requirements be met, on the side where it is nearest. */
    private Optional<Relaxation> widening(
            List<RootRequirement> core, RootRequirement root, Relaxed relaxed) {
        Requirement now = root.requirement();
        RootRequirement origin = relaxed.origin(root);
        SpecifierSet asked = origin.requirement().specifier();
        VersionSet held = asked.versions().or(now.specifier().versions());
        if (now.url() != null || asked.versions().isEmpty()) {
            return Optional.empty();
        }
        Requirement any =
                new Requirement(now.name(), now.extras(), SpecifierSet.ANY, null, now.marker());
        Request free =
                relaxed.request(
                        core.stream()
                                .map(it -> it.equals(root) ? Relaxed.with(root, any) : it)
                                .toList());
        var surrounding = new Surrounding(asked, solving.versions(free, now.name()));
        Relaxation.@Nullable Widen nearest = null;
        for (Surrounding.Side side : Surrounding.Side.values()) {
            Strategy order = side == Surrounding.Side.ABOVE ? LOWEST : NEWEST;
            List<Version> among = surrounding.beside(held, side);
            Optional<Version> found = nearest(free, now.name(), order, surrounding, among);
            if (found.isPresent()) {
                int distance = surrounding.distance(found.get());
                if (nearest == null || distance < nearest.distance()) {
                    Requirement to =
                            new Requirement(
                                    now.name(),
                                    now.extras(),
                                    surrounding.widenedTo(found.get()),
                                    null,
                                    now.marker());
                    nearest = new Relaxation.Widen(origin, to, distance);
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    /**
     * The first of these versions with which there is an answer. A search that tries the nearest
     * first need not find it, where something else was decided before; so it is asked again for one
     * that is nearer.
     */
    private Optional<Version> nearest(
            Request free,
            PackageName name,
            Strategy order,
            Surrounding surrounding,
            List<Version> among) {
        Optional<Version> nearest = Optional.empty();
        List<Version> left = among;
        while (!left.isEmpty()) {
            Map<Version, String> others = new HashMap<>();
            for (Version version : surrounding.versions()) {
                if (!left.contains(version)) {
                    others.put(version, "it is not meant");
                }
            }
            Optional<Version> found =
                    solving.answer(free.with(name, order, others))
                            .flatMap((Resolution it) -> it.pin(name))
                            .map(Pin::version);
            if (found.isEmpty()) {
                return nearest;
            }
            nearest = found;
            left = left.subList(0, left.indexOf(found.get()));
        }
        return nearest;
    }
}
