package dev.blast.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.packaging.VersionSet;
import dev.blast.solver.Outcome;
import dev.blast.solver.Progress;
import dev.blast.solver.Proof;
import dev.blast.solver.Request;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.repair.Relaxation;
import dev.blast.solver.repair.Repair;
import dev.blast.solver.repair.RepairSearch;
import dev.blast.solver.repair.WaysOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The law of ways out, by trying everything: each one leads to an answer, there always is one, and
 * none that lets go of a single requirement is cheaper than the cheapest that is shown.
 */
final class RepairLawTest {
    private static final int WORLDS = Integer.getInteger("blast.worlds", 3000);

    @Test
    void eachSolvesAndNoSingleOneIsCheaper() throws IndexException {
        int conflicts = 0;
        int shown = 0;
        int several = 0;
        int besides = 0;
        int late = 0;
        long proving = 0;
        long repairing = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            World world = seed % 3 == 0 ? World.tall(new Random(seed)) : World.of(new Random(seed));
            Request request = world.request(world.roots);
            var index = new RememberedIndex(world.index);
            long began = System.nanoTime();
            Outcome outcome = new Resolver(index, Progress.SILENT).resolve(request);
            long proved = System.nanoTime();
            if (!(outcome instanceof Unsolvable unsolvable)) {
                continue;
            }
            conflicts++;
            WaysOut waysOut = RepairSearch.of(index, request, unsolvable).waysOut();
            proving += proved - began;
            repairing += System.nanoTime() - proved;
            assertThat(waysOut.complete()).as("seed %d", seed).isTrue();
            assertThat(waysOut.repairs()).as("seed %d: %s", seed, world).isNotEmpty();
            for (Proof beside : waysOut.besides()) {
                besides++;
                assertThat(world.answer(beside.core(), (_, _) -> true, _ -> true))
                        .as("seed %d: %s in %s", seed, beside, world)
                        .isEmpty();
            }
            for (Repair repair : waysOut.repairs()) {
                shown++;
                several += repair.relaxations().size() > 1 ? 1 : 0;
                holds(world, repair, "seed %d: %s in %s".formatted(seed, repair, world));
            }
            Repair cheapest = waysOut.repairs().get(waysOut.cheapest());
            late += waysOut.cheapest() > 0 ? 1 : 0;
            assertThat(cheapest.cost())
                    .as("seed %d: %s in %s", seed, cheapest, world)
                    .isLessThanOrEqualTo(cheapestSingle(world));
        }
        System.out.printf(
                "ways out: %d conflicts, %d others beside them, %d ways shown, %d with more than one relaxation, %d times the cheapest is not the first; %d ms for proofs, %d ms for ways out%n",
                conflicts,
                besides,
                shown,
                several,
                late,
                proving / 1_000_000,
                repairing / 1_000_000);
        assertThat(several).isPositive();
    }

    /** The answer is one of the relaxed request, and the requirements are what is said. */
    private static void holds(World world, Repair repair, String as) {
        List<RootRequirement> relaxed = new ArrayList<>(world.roots);
        for (Relaxation relaxation : repair.relaxations()) {
            var ofRoot = (Relaxation.OfRoot) relaxation;
            int place = relaxed.indexOf(ofRoot.root());
            assertThat(place).as(as).isNotNegative();
            switch (ofRoot) {
                case Relaxation.Drop _, Relaxation.Unpin _ -> relaxed.remove(place);
                case Relaxation.Widen(RootRequirement root, Requirement to, _) ->
                        relaxed.set(
                                place,
                                new RootRequirement(
                                        to, root.origin(), root.group(), root.constraint()));
            }
        }
        Map<PackageName, Version> pins = new TreeMap<>();
        repair.resolution().pins().forEach(pin -> pins.put(pin.name(), pin.version()));
        assertThat(
                        world.answer(
                                relaxed,
                                (name, version) -> Objects.equals(version, pins.get(name)),
                                pins::equals))
                .as(as)
                .isPresent();
    }

    /** What the cheapest relaxation costs that is enough by itself. */
    private static int cheapestSingle(World world) {
        int cheapest = Integer.MAX_VALUE;
        for (RootRequirement root : world.roots) {
            List<RootRequirement> others = new ArrayList<>(world.roots);
            int place = others.indexOf(root);
            others.remove(place);
            Requirement asked = root.requirement();
            boolean pin = root.constraint() && asked.specifier().isPin();
            if (world.hasAnswer(others)) {
                cheapest = Math.min(cheapest, pin ? 5 : 100);
            }
            List<Version> versions =
                    world.releases.getOrDefault(asked.name(), Map.of()).keySet().stream().toList();
            VersionSet held = asked.specifier().versions();
            for (Version version : pin ? List.<Version>of() : versions) {
                Requirement exactly =
                        new Requirement(
                                asked.name(),
                                asked.extras(),
                                SpecifierSet.parse("==" + version),
                                null,
                                null);
                List<RootRequirement> all = new ArrayList<>(others);
                all.add(place, RootRequirement.of(exactly, root.origin()));
                if (!held.contains(version) && world.hasAnswer(all)) {
                    cheapest = Math.min(cheapest, 10 + distance(held, versions, version));
                }
            }
        }
        return cheapest;
    }

    /** By the least and greatest version that a specifier lets through, which each world has. */
    private static int distance(VersionSet held, List<Version> versions, Version version) {
        List<Version> inside = versions.stream().filter(held::contains).toList();
        if (inside.isEmpty()) {
            return Integer.MAX_VALUE / 2;
        }
        int place = versions.indexOf(version);
        int first = versions.indexOf(inside.getFirst());
        int last = versions.indexOf(inside.getLast());
        return place < first ? first - place : Math.max(1, place - last);
    }
}
