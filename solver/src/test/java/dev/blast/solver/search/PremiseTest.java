package dev.blast.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.solver.Hindrance;
import dev.blast.solver.KnownVersions;
import dev.blast.solver.Obstacle;
import dev.blast.solver.PackagePart;
import dev.blast.solver.Progress;
import dev.blast.solver.Proof;
import dev.blast.solver.Requests;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Statement;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.text.ProofText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The law of what a proof says, line by line as it is printed: each line is true in its world for
 * each version that it names, and the lines and what is blamed leave nothing to choose from. {@code
 * -Dblast.worlds=20000} tries more.
 */
final class PremiseTest {
    private static final int WORLDS = Integer.getInteger("blast.worlds", 600);

    @Test
    void eachLineIsTrue() throws IndexException {
        int proofs = 0;
        int lines = 0;
        int rests = 0;
        var wrong = new ArrayList<String>();
        for (long seed = 0; seed < WORLDS; seed++) {
            World world = world(seed);
            if (outcome(world) instanceof Unsolvable unsolvable) {
                proofs++;
                List<Statement> statements = unsolvable.proof().statements();
                for (Statement statement : statements) {
                    lines++;
                    rests +=
                            statement instanceof Statement.Needs needs && needs.usableOf() != null
                                    ? 1
                                    : 0;
                    if (!isTrue(statement, world, statements)) {
                        wrong.add(
                                "seed %d, line %d: %s in %s, %s"
                                        .formatted(
                                                seed,
                                                statement.number(),
                                                ProofText.render(unsolvable.proof()),
                                                world,
                                                world.flaws));
                    }
                }
            }
        }
        System.out.printf(
                "premises: %d proofs, %d lines, %d of them of a rest, %d wrong%n",
                proofs, lines, rests, wrong.size());
        assertThat(wrong).as(wrong.isEmpty() ? "" : wrong.getFirst()).isEmpty();
        assertThat(rests).isPositive();
    }

    @Test
    void theLinesAreEnough() throws IndexException {
        int proofs = 0;
        var wrong = new ArrayList<String>();
        for (long seed = 0; seed < WORLDS; seed++) {
            World world = world(seed);
            if (outcome(world) instanceof Unsolvable unsolvable) {
                proofs++;
                if (new Reading(world, unsolvable.proof()).canBeFilled()) {
                    wrong.add(
                            "seed %d: %s in %s, %s"
                                    .formatted(
                                            seed,
                                            ProofText.render(unsolvable.proof()),
                                            world,
                                            world.flaws));
                }
            }
        }
        System.out.printf("premises: %d proofs, %d say too little%n", proofs, wrong.size());
        assertThat(wrong).as(wrong.isEmpty() ? "" : wrong.getFirst()).isEmpty();
    }

    /** A clash is found as if each version had a wheel, and is no less true for that. */
    @Test
    void aClashIsTrueAndEachLineOfTheRequestIsNeededForIt() throws IndexException {
        int clashes = 0;
        var wrong = new ArrayList<String>();
        for (long seed = 0; seed < WORLDS; seed++) {
            World world = world(seed);
            Optional<Proof> clash =
                    new Resolver(world.index, Progress.SILENT)
                            .clash(world.request(world.roots), Allowance.NONE);
            if (clash.isPresent()) {
                clashes++;
                List<Statement> statements = clash.get().statements();
                boolean isTrue = statements.stream().allMatch(it -> isTrue(it, world, statements));
                boolean isEnough = !new Reading(world, clash.get()).canBeFilled();
                boolean isNeeded =
                        clash.get().core().stream()
                                .allMatch(root ->
                                        new Reading(world, without(clash.get(), root))
                                                .canBeFilled());
                if (!isTrue || !isEnough || !isNeeded) {
                    wrong.add(
                            "seed %d: true %s, enough %s, needed %s: %s in %s, %s"
                                    .formatted(
                                            seed,
                                            isTrue,
                                            isEnough,
                                            isNeeded,
                                            ProofText.render(clash.get()),
                                            world,
                                            world.flaws));
                }
            }
        }
        System.out.printf("premises: %d clashes, %d wrong%n", clashes, wrong.size());
        assertThat(wrong).as(wrong.isEmpty() ? "" : wrong.getFirst()).isEmpty();
        assertThat(clashes).isPositive();
    }

    private static Proof without(Proof proof, RootRequirement root) {
        return new Proof(
                proof.statements().stream()
                        .filter(it ->
                                !(it instanceof Statement.Asked asked && asked.root().equals(root)))
                        .toList(),
                proof.blamed().stream().filter(it -> !it.root().equals(root)).toList(),
                true);
    }

    private static World world(long seed) {
        World world = seed % 3 == 0 ? World.tall(new Random(seed)) : World.wild(new Random(seed));
        return seed % 4 == 0 ? world.keepingApart(new Random(seed + 1)) : world;
    }

    private static dev.blast.solver.Outcome outcome(World world) throws IndexException {
        return new Resolver(world.index, Progress.SILENT).resolve(world.request(world.roots));
    }

    private static boolean isTrue(Statement statement, World world, List<Statement> statements) {
        return switch (statement) {
            case Statement.Asked asked ->
                    world.roots.contains(asked.root())
                            && (asked.lack() == null
                                    || accepted(world, asked.root().requirement()).isEmpty());
            case Statement.Needs needs ->
                    isNamed(world, needs.from())
                            && isNamed(world, needs.usableOf())
                            && isNamed(world, needs.missing())
                            && versions(world, needs.from()).stream()
                                    .allMatch(version -> needs(world, needs, version))
                            && isRest(world, needs, statements)
                            && isMissing(world, needs);
            case Statement.Unusable unusable ->
                    unusable.hindrances().stream()
                            .allMatch(it ->
                                    isNamed(world, it.versions())
                                            && versions(world, it.versions()).stream()
                                                    .allMatch(version ->
                                                            isFlawed(world, it, version)));
            case Statement.Ruled _ -> false;
            case Statement.Apart apart ->
                    isNamed(world, apart.one())
                            && isNamed(world, apart.other())
                            && versions(world, apart.one()).stream()
                                    .allMatch(one ->
                                            versions(world, apart.other()).stream()
                                                    .allMatch(other ->
                                                            world.isApart(
                                                                    apart.one().of().name(),
                                                                    one,
                                                                    apart.other().of().name(),
                                                                    other)));
            case Statement.Follows follows ->
                    follows.from().stream().allMatch(it -> it < follows.number());
        };
    }

    /** The words and the versions mean the same. */
    private static boolean isNamed(World world, @Nullable KnownVersions versions) {
        if (versions == null) {
            return true;
        }
        Set<Version> all = world.releases.getOrDefault(versions.of().name(), Map.of()).keySet();
        Set<Version> named = versions(world, versions);
        return named.size() == versions.count()
                && versions.all() == named.equals(all)
                && (versions.written() == null
                        || all.stream()
                                .allMatch(version ->
                                        versions.written().contains(version)
                                                == named.contains(version)));
    }

    private static boolean needs(World world, Statement.Needs needs, Version version) {
        PackagePart from = needs.from().of();
        PackagePart to = needs.known().of();
        Set<ExtraName> extras = from.extra() == null ? Set.of() : Set.of(from.extra());
        return flaw(world, from.name(), version) != Obstacle.Unreadable.class
                && world.needs(from.name(), version).stream()
                        .filter(need -> need.appliesTo(Requests.TARGET.markers(), extras))
                        .filter(need -> need.name().equals(to.name()))
                        .filter(need -> to.extra() == null || need.extras().contains(to.extra()))
                        .anyMatch(need ->
                                accepted(world, need).stream()
                                        .allMatch(needs.accepted()::contains));
    }

    /** Each of the others is excluded by another line. */
    private static boolean isRest(World world, Statement.Needs needs, List<Statement> statements) {
        if (needs.usableOf() == null) {
            return true;
        }
        var others = new HashSet<>(versions(world, needs.usableOf()));
        boolean isPart = others.containsAll(versions(world, needs.from()));
        others.removeAll(versions(world, needs.from()));
        for (Statement statement : statements) {
            if (statement instanceof Statement.Unusable unusable
                    && unusable.about().name().equals(needs.about().name())) {
                unusable.hindrances()
                        .forEach(it -> others.removeAll(versions(world, it.versions())));
            }
        }
        return isPart && others.isEmpty();
    }

    private static boolean isMissing(World world, Statement.Needs needs) {
        Set<Version> known = versions(world, needs.known());
        return needs.missing() == null
                || versions(world, needs.missing()).stream().noneMatch(known::contains);
    }

    private static boolean isFlawed(World world, Hindrance hindrance, Version version) {
        Class<?> flaw = flaw(world, hindrance.versions().of().name(), version);
        return hindrance.obstacles().stream()
                .anyMatch(obstacle ->
                        obstacle.getClass() == flaw
                                || (obstacle instanceof Obstacle.Prerelease
                                        && version.isPrerelease()));
    }

    private static @Nullable Class<?> flaw(World world, PackageName name, Version version) {
        return world.flaws.getOrDefault(name, Map.of()).get(version);
    }

    private static Set<Version> accepted(World world, Requirement requirement) {
        var accepted =
                new HashSet<>(world.releases.getOrDefault(requirement.name(), Map.of()).keySet());
        accepted.removeIf(version -> !requirement.specifier().contains(version));
        return accepted;
    }

    private static Set<Version> versions(World world, KnownVersions versions) {
        var named = new HashSet<Version>();
        for (Version version :
                world.releases.getOrDefault(versions.of().name(), Map.of()).keySet()) {
            if (versions.runs().stream()
                    .anyMatch(run ->
                            run.first().compareTo(version) <= 0
                                    && version.compareTo(run.last()) <= 0)) {
                named.add(version);
            }
        }
        return named;
    }

    /**
     * A proof as somebody reads it who knows nothing but its lines and which versions there are.
     */
    private static final class Reading {
        private final World world;
        private final Proof proof;
        private final List<PackagePart> parts;
        private final Map<PackagePart, @Nullable Version> chosen = new HashMap<>();

        Reading(World world, Proof proof) {
            this.world = world;
            this.proof = proof;
            var names = new HashSet<PackageName>();
            var all = new HashSet<PackagePart>();
            proof.core().forEach(root -> all.addAll(parts(root.requirement())));
            for (Statement statement : proof.statements()) {
                all.add(statement.about());
                if (statement instanceof Statement.Needs needs) {
                    all.add(needs.known().of());
                }
                if (statement instanceof Statement.Apart apart) {
                    all.add(apart.other().of());
                }
            }
            all.forEach(part -> names.add(part.name()));
            names.forEach(name -> all.add(new PackagePart(name, null)));
            parts =
                    all.stream()
                            .sorted(
                                    Comparator.<PackagePart, Boolean>comparing(
                                                    part -> part.extra() != null)
                                            .thenComparing(PackagePart::toString))
                            .toList();
        }

        private static List<PackagePart> parts(Requirement requirement) {
            var parts = new ArrayList<PackagePart>();
            parts.add(new PackagePart(requirement.name(), null));
            requirement.extras().forEach(it -> parts.add(new PackagePart(requirement.name(), it)));
            return parts;
        }

        boolean canBeFilled() {
            return canBeFilled(0);
        }

        private boolean canBeFilled(int index) {
            if (index == parts.size()) {
                return true;
            }
            PackagePart part = parts.get(index);
            var versions = new ArrayList<@Nullable Version>();
            versions.add(null);
            if (part.extra() != null) {
                versions.add(chosen.get(new PackagePart(part.name(), null)));
            } else {
                versions.addAll(
                        new TreeSet<>(world.releases.getOrDefault(part.name(), Map.of()).keySet()));
            }
            for (Version version : versions) {
                chosen.put(part, version);
                if (isPossible() && canBeFilled(index + 1)) {
                    return true;
                }
            }
            chosen.remove(part);
            return false;
        }

        /** Whether no line is broken by what was chosen up to now. */
        private boolean isPossible() {
            for (RootRequirement root : proof.core()) {
                for (PackagePart part : parts(root.requirement())) {
                    Version version = chosen.get(part);
                    if (chosen.containsKey(part)
                            && (version == null
                                    || !root.requirement().specifier().contains(version))) {
                        return false;
                    }
                }
            }
            for (Statement statement : proof.statements()) {
                if (isBroken(statement)) {
                    return false;
                }
            }
            return true;
        }

        private boolean isBroken(Statement statement) {
            return switch (statement) {
                case Statement.Needs needs ->
                        isOneOf(needs.from())
                                && chosen.containsKey(needs.known().of())
                                && !isOneOf(needs.known());
                case Statement.Unusable unusable ->
                        unusable.hindrances().stream().anyMatch(it -> isOneOf(it.versions()));
                case Statement.Apart apart -> isOneOf(apart.one()) && isOneOf(apart.other());
                case Statement.Asked _, Statement.Ruled _, Statement.Follows _ -> false;
            };
        }

        private boolean isOneOf(KnownVersions versions) {
            Version version = chosen.get(versions.of());
            return version != null && versions(world, versions).contains(version);
        }
    }
}
