package dev.blast.solver.repair;

import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.packaging.VersionSet;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.Aim;
import dev.blast.solver.Pin;
import dev.blast.solver.Proof;
import dev.blast.solver.Request;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Statement;
import dev.blast.solver.Strategy;
import dev.blast.solver.search.Tried;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a requirement has to be widened so that the others that a proof blames can be met: as
 * little as is enough. What is blamed is solved by itself, with a few versions of the package that
 * were not let through, the nearest first, then with more; after each step it is known how far it
 * is at least. For one thread.
 */
final class Widening {
    /** Versions of one step, and of each step after these. */
    private static final List<Integer> STEPS = List.of(4, 12, 48);

    /** Steps after which others have their turn, unless nothing had to be read for them. */
    private static final int NEAR = 2;

    /** Versions that are read all at once. */
    private static final int READ_AHEAD = 12;

    private static final Strategy LOWEST = only(Objective.LOWEST);
    private static final Strategy NEWEST = only(Objective.NEWEST);

    private final Solving solving;
    private final Proof proof;
    private final RootRequirement origin;
    private final Requirement now;
    private final Request free;
    private final Surrounding surrounding;
    private final Map<Version, Integer> distances;
    private final List<Ahead> ahead = new ArrayList<>();
    private @Nullable Version nearest;
    private int distance = Integer.MAX_VALUE;
    private int read;

    /** The versions on one side that nobody looked at yet, the nearest first. */
    private static final class Ahead {
        private final Surrounding.Side side;
        private List<Version> left;
        private int steps;

        Ahead(Surrounding.Side side, List<Version> left) {
            this.side = side;
            this.left = left;
        }

        List<Version> next() {
            int step = steps < STEPS.size() ? STEPS.get(steps) : left.size();
            return left.subList(0, Math.min(step, left.size()));
        }

        boolean isFar() {
            return steps >= NEAR;
        }

        void pass(int count) {
            left = left.subList(count, left.size());
            steps++;
        }
    }

    /** What came of a step. */
    private sealed interface Found {
        record Nearest(Version version) implements Found {}

        record Nothing() implements Found {}

        record Unknown() implements Found {}
    }

    private static Strategy only(Objective objective) {
        return new Strategy("nearest", List.of(Aim.of(1, objective)));
    }

    /**
     * Nothing looked at yet.
     *
     * @param origin as the request has it
     * @param now as it is in what is blamed, which may be wider
     * @param free what is blamed, with any version of the package
     */
    Widening(Solving solving, Proof proof, RootRequirement origin, Requirement now, Request free) {
        this.solving = solving;
        this.proof = proof;
        this.origin = origin;
        this.now = now;
        this.free = free;
        SpecifierSet asked = origin.requirement().specifier();
        VersionSet held = asked.versions().or(now.specifier().versions());
        this.surrounding = new Surrounding(asked, solving.versions(free, now.name()));
        boolean anyPrerelease = letsPrereleasesThrough();
        this.distances = surrounding.distances();
        for (Surrounding.Side side : Surrounding.Side.values()) {
            ahead.add(
                    new Ahead(
                            side,
                            surrounding.beside(held, side).stream()
                                    .filter(it -> anyPrerelease || !it.isPrerelease())
                                    .sorted(Comparator.comparingInt(this::distance))
                                    .toList()));
        }
    }

    private int distance(Version version) {
        return distances.getOrDefault(version, Integer.MAX_VALUE);
    }

    /** Else they are no way to widen: that they count is something that can be let go by itself. */
    private boolean letsPrereleasesThrough() {
        return origin.requirement().specifier().namesPrerelease()
                || now.specifier().namesPrerelease()
                || free.requirements().stream()
                        .map(RootRequirement::requirement)
                        .filter(it -> it.name().equals(now.name()))
                        .anyMatch(it -> it.specifier().namesPrerelease())
                || surrounding.versions().stream().allMatch(Version::isPrerelease);
    }

    /** Begins to read what is looked at first. */
    void foresee() {
        ahead.forEach(this::expect);
    }

    /** Whether nothing nearer is left to look at. */
    boolean isSettled() {
        return next().isEmpty();
    }

    /** What there is to say of it: how near it is at least, and where it is settled, how near. */
    Relaxation.Widen soFar() {
        int least = next().map(side -> distance(side.left.getFirst())).orElse(distance);
        return new Relaxation.Widen(origin, now, least);
    }

    /** The narrowest that is enough; empty where nothing is, or where it is not settled. */
    Optional<Relaxation.Widen> narrowest() {
        if (nearest == null || !isSettled()) {
            return Optional.empty();
        }
        var to =
                new Requirement(
                        now.name(),
                        now.extras(),
                        surrounding.widenedTo(nearest),
                        null,
                        now.marker());
        return Optional.of(new Relaxation.Widen(origin, to, distance));
    }

    /** Looks at some more versions; says whether it is to be asked again at this pace. */
    boolean advance(Pace pace) {
        Ahead side = next().orElseThrow();
        if (!solving.goesOn() || (pace == Pace.QUICK && read > 0 && side.isFar())) {
            return false;
        }
        expect(side);
        int before = solving.asked();
        List<Version> some = nearer(side.next());
        Found found = nearest(side.side, some, pace);
        read += solving.asked() - before;
        switch (found) {
            case Found.Nearest(Version version) -> {
                nearest = version;
                distance = distance(version);
                side.pass(side.left.size());
            }
            case Found.Nothing() -> side.pass(some.size());
            case Found.Unknown() -> {
                if (pace == Pace.QUICK) {
                    return false;
                }
                side.pass(some.size());
            }
        }
        return true;
    }

    /** The side on which the next version is nearest; empty where none is near enough. */
    private Optional<Ahead> next() {
        return ahead.stream()
                .filter(side -> !nearer(side.left).isEmpty())
                .min(Comparator.comparingInt(side -> distance(side.left.getFirst())));
    }

    /** Those of these versions that are nearer than what was found, and so come first. */
    private List<Version> nearer(List<Version> versions) {
        int count = 0;
        while (count < versions.size() && distance(versions.get(count)) < distance) {
            count++;
        }
        return versions.subList(0, count);
    }

    private void expect(Ahead side) {
        List<Version> next = nearer(side.next());
        if (next.size() <= READ_AHEAD) {
            solving.expect(free, now.name(), next.stream().filter(this::isNeeded).toList());
        }
    }

    /** Whether all that the proof's lines say of needs of the package lets the version through. */
    private boolean isNeeded(Version version) {
        return proof.statements().stream()
                .filter(Statement.Needs.class::isInstance)
                .map(Statement.Needs.class::cast)
                .filter(needs -> needs.known().of().name().equals(now.name()))
                .filter(needs -> !needs.about().name().equals(now.name()))
                .allMatch(needs -> needs.accepted().contains(version));
    }

    /**
     * The first of these versions with which there is an answer. A search that tries the nearest
     * first need not find it, where something else was decided before; so it is asked again for one
     * that is nearer.
     */
    private Found nearest(Surrounding.Side side, List<Version> among, Pace pace) {
        Strategy order = side == Surrounding.Side.ABOVE ? LOWEST : NEWEST;
        Found found = new Found.Nothing();
        List<Version> left = among;
        while (!left.isEmpty()) {
            switch (solving.first(among(left, order), pace)) {
                case Tried.Fits(var resolution) -> {
                    Version version = resolution.pin(now.name()).map(Pin::version).orElseThrow();
                    found = new Found.Nearest(version);
                    left = left.subList(0, left.indexOf(version));
                }
                case Tried.Excluded _ -> left = List.of();
                case Tried.Unknown _ -> {
                    return found instanceof Found.Nearest && pace == Pace.THOROUGH
                            ? found
                            : new Found.Unknown();
                }
            }
        }
        return found;
    }

    private Request among(List<Version> versions, Strategy order) {
        Map<Version, String> others = new HashMap<>();
        for (Version version : surrounding.versions()) {
            if (!versions.contains(version)) {
                others.put(version, "it is not meant");
            }
        }
        return free.with(now.name(), order, others);
    }
}
