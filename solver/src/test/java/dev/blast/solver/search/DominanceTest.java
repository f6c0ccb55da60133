package dev.blast.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.Note;
import dev.blast.solver.Preferences;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Resolution;
import dev.blast.solver.Strategy;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The law of answers that leaps led to: no other answer has some package better and none worse,
 * unless it is said that this was not all tried. {@code -Dblast.worlds=20000} tries more.
 */
final class DominanceTest {
    private static final int WORLDS = Integer.getInteger("blast.worlds", 600);

    private static final List<Strategy> STRATEGIES =
            List.of(Strategy.NEWEST, Strategy.STABLE, Strategy.LOWEST);

    /** What one strategy makes of one world. */
    private record Case(World world, Request request, Map<PackageName, Version> installed) {
        static Case of(long seed, Strategy strategy) {
            var random = new Random(seed);
            World world = World.tall(random);
            var installed = new HashMap<PackageName, Version>();
            world.releases.forEach((name, releases) -> {
                if (random.nextInt(3) == 0) {
                    int place = random.nextInt(releases.size());
                    installed.put(name, List.copyOf(releases.keySet()).get(place));
                }
            });
            Request request =
                    world.request(world.roots)
                            .with(strategy)
                            .with(new Preferences(Map.of(), installed));
            return new Case(world, request, installed);
        }

        Optional<Resolution> resolve(int patience) throws IndexException {
            var knowledge = new Knowledge(request, world.index);
            return new Attempt(knowledge, world.roots, Progress.SILENT, patience, false)
                    .resolution();
        }

        /** The best first. */
        Comparator<Version> order(PackageName name) {
            Comparator<Version> order =
                    request.strategy().equals(Strategy.LOWEST)
                            ? Comparator.naturalOrder()
                            : Comparator.reverseOrder();
            return request.strategy().equals(Strategy.STABLE)
                    ? Comparator.<Version, Boolean>comparing(
                                    version -> !Objects.equals(installed.get(name), version))
                            .thenComparing(order)
                    : order;
        }

        Optional<Map<PackageName, Version>> dominating(Map<PackageName, Version> pins) {
            return world.answer(
                    world.roots,
                    (name, version) -> rise(pins, name, version) >= 0,
                    other ->
                            other.entrySet().stream()
                                    .anyMatch(it -> rise(pins, it.getKey(), it.getValue()) > 0));
        }

        /** Above 0 where the version is better, 0 where the answer lacks the package. */
        private int rise(Map<PackageName, Version> pins, PackageName name, Version version) {
            Version own = pins.get(name);
            return own == null ? 0 : order(name).compare(own, version);
        }
    }

    @Test
    void noAnswerIsDominated() throws IndexException {
        int answers = 0;
        int unsaid = 0;
        int noted = 0;
        String first = "";
        for (long seed = 0; seed < WORLDS; seed++) {
            for (Strategy strategy : STRATEGIES) {
                Case it = Case.of(seed, strategy);
                Optional<Resolution> resolution = it.resolve((int) (seed % 3));
                if (resolution.isEmpty()) {
                    continue;
                }
                answers++;
                var pins = new TreeMap<PackageName, Version>();
                resolution.get().pins().forEach(pin -> pins.put(pin.name(), pin.version()));
                boolean said =
                        resolution.get().notes().stream()
                                .anyMatch(Note.NotAllTried.class::isInstance);
                noted += said ? 1 : 0;
                var better = said ? Optional.empty() : it.dominating(pins);
                if (better.isPresent()) {
                    unsaid++;
                    first =
                            first.isEmpty()
                                    ? "seed %d, %s: %s instead of %s in %s"
                                            .formatted(
                                                    seed,
                                                    strategy.name(),
                                                    better.get(),
                                                    pins,
                                                    it.world())
                                    : first;
                }
            }
        }
        System.out.printf(
                "dominance: %d worlds, %d answers, %d with better ones, %d not all tried%n",
                WORLDS, answers, unsaid, noted);
        assertThat(unsaid).as(first).isZero();
        assertThat(answers).isGreaterThan(WORLDS);
    }
}
