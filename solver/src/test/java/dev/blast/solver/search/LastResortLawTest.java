package dev.blast.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.solver.Note;
import dev.blast.solver.Outcome;
import dev.blast.solver.PackagePart;
import dev.blast.solver.Progress;
import dev.blast.solver.Requests;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The law of what comes last, pre-releases and versions without an extra that is asked for: it is
 * in an answer where a requirement there lets nothing else through, or where no answer has less of
 * it, as trying everything says.
 */
final class LastResortLawTest {
    private static final int WORLDS = 2000;

    /** What comes last of an answer. */
    private record Last(Set<PackageName> prereleases, Set<PackagePart> lacking) {
        static Last of(World world, Map<PackageName, Version> answer, List<Requirement> needs) {
            Set<PackagePart> lacking = new HashSet<>();
            for (Requirement need : needs) {
                for (ExtraName extra : need.extras()) {
                    if (!world.hasExtra(
                            need.name(), Objects.requireNonNull(answer.get(need.name())))) {
                        lacking.add(new PackagePart(need.name(), extra));
                    }
                }
            }
            return new Last(
                    answer.entrySet().stream()
                            .filter(it -> it.getValue().isPrerelease())
                            .map(Map.Entry::getKey)
                            .collect(Collectors.toSet()),
                    lacking);
        }

        boolean isPartOf(Last other) {
            return other.prereleases.containsAll(prereleases) && other.lacking.containsAll(lacking);
        }

        Last without(Object one) {
            var names = new HashSet<>(prereleases);
            names.remove(one);
            var parts = new HashSet<>(lacking);
            parts.remove(one);
            return new Last(names, parts);
        }
    }

    @Test
    void isInAnAnswerWhereNothingElseFits() throws IndexException {
        int solvable = 0;
        int compelled = 0;
        int necessary = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            World world = World.withLastResorts(new Random(seed));
            Outcome outcome =
                    new Resolver(world.index, Progress.SILENT).resolve(world.request(world.roots));
            assertThat(outcome instanceof Resolution)
                    .as("seed %d: %s", seed, world)
                    .isEqualTo(world.hasAnswer(world.roots));
            if (!(outcome instanceof Resolution resolution)) {
                continue;
            }
            solvable++;
            Map<PackageName, Version> pins = new HashMap<>();
            resolution.pins().forEach(pin -> pins.put(pin.name(), pin.version()));
            List<Requirement> needs = needs(world, pins);
            Last last = Last.of(world, pins, needs);
            assertThat(noted(resolution)).as("seed %d: %s", seed, world).isEqualTo(last);
            var each = new HashSet<Object>(last.prereleases());
            each.addAll(last.lacking());
            for (Object one : each) {
                if (needs.stream().anyMatch(need -> leavesNothingBut(world, need, one, last))) {
                    compelled++;
                } else {
                    necessary++;
                    assertThat(hasAnswer(world, last.without(one)))
                            .as("seed %d: %s in %s of %s", seed, one, pins, world)
                            .isFalse();
                }
            }
        }
        System.out.printf(
                "last resorts: %d answers, %d times compelled by a requirement, %d by all%n",
                solvable, compelled, necessary);
        assertThat(compelled).isPositive();
        assertThat(necessary).isPositive();
    }

    private static Last noted(Resolution resolution) {
        var names = new HashSet<PackageName>();
        var parts = new HashSet<PackagePart>();
        for (Note note : resolution.notes()) {
            if (note instanceof Note.Prerelease it) {
                names.add(it.name());
            } else if (note instanceof Note.NoSuchExtra it) {
                parts.add(new PackagePart(it.name(), it.extra()));
            }
        }
        return new Last(names, parts);
    }

    private static boolean hasAnswer(World world, Last most) {
        return world.answer(
                        world.roots,
                        (name, version) ->
                                !version.isPrerelease() || most.prereleases().contains(name),
                        answer -> Last.of(world, answer, needs(world, answer)).isPartOf(most))
                .isPresent();
    }

    private static boolean leavesNothingBut(World world, Requirement need, Object one, Last last) {
        List<Version> accepted =
                world.releases.getOrDefault(need.name(), Map.of()).keySet().stream()
                        .filter(need.specifier()::contains)
                        .toList();
        return switch (one) {
            case PackageName name ->
                    need.name().equals(name) && accepted.stream().allMatch(Version::isPrerelease);
            case PackagePart part ->
                    need.name().equals(part.name())
                            && need.extras().contains(part.extra())
                            && accepted.stream()
                                    .filter(it ->
                                            !it.isPrerelease()
                                                    || last.prereleases().contains(part.name()))
                                    .noneMatch(it -> world.hasExtra(part.name(), it));
            default -> throw new IllegalArgumentException(one.toString());
        };
    }

    /** All requirements that hold in an answer. */
    private static List<Requirement> needs(World world, Map<PackageName, Version> answer) {
        var needs = new HashSet<Requirement>();
        var open = new ArrayDeque<Requirement>();
        world.roots.stream().map(RootRequirement::requirement).forEach(open::add);
        Map<PackageName, Set<ExtraName>> extras = new HashMap<>();
        while (!open.isEmpty()) {
            Requirement next = open.removeFirst();
            Set<ExtraName> its = extras.computeIfAbsent(next.name(), _ -> new HashSet<>());
            if (needs.add(next)) {
                its.addAll(next.extras());
                world.needs(next.name(), Objects.requireNonNull(answer.get(next.name()))).stream()
                        .filter(it -> it.appliesTo(Requests.TARGET.markers(), its))
                        .forEach(open::add);
            }
        }
        return List.copyOf(needs);
    }
}
