package dev.blast.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.Aim;
import dev.blast.solver.Pin;
import dev.blast.solver.Preferences;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Resolution;
import dev.blast.solver.Score;
import dev.blast.solver.Strategy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What an answer is said to be worth is what it is worth, and no answer has less than the bound.
 * More worlds: -Dlaws.worlds=20000.
 */
final class AppraisalLawTest {
    private static final int WORLDS = Integer.getInteger("laws.worlds", 2000);

    private static final List<Objective> COUNTED =
            List.of(
                    Objective.NEWEST,
                    Objective.NEWEST_DIRECT,
                    Objective.LOWEST,
                    Objective.LOWEST_DIRECT,
                    Objective.FEWEST_CHANGES,
                    Objective.FEWEST_PACKAGES);

    @Test
    void noAnswerIsBetterThanTheBound() throws IndexException {
        int proved = 0;
        int solved = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            var random = new Random(seed);
            World world = World.of(random);
            Map<PackageName, Version> installed = installed(world, random);
            Strategy strategy = strategy(random);
            Request request =
                    world.request(world.roots)
                            .with(strategy)
                            .with(new Preferences(Map.of(), installed));
            if (!(new Resolver(world.index, Progress.SILENT, false).resolve(request)
                    instanceof Resolution resolution)) {
                continue;
            }
            String about =
                    "seed %d: %s, %s installed, %s".formatted(seed, strategy, installed, world);
            var reference = new Reference(world, strategy, installed);
            Map<PackageName, Version> chosen =
                    resolution.pins().stream().collect(Collectors.toMap(Pin::name, Pin::version));
            assertThat(resolution.appraisal().score()).as(about).isEqualTo(reference.score(chosen));
            Score best =
                    world.answers(world.roots).stream()
                            .map(reference::score)
                            .min(Score::compareTo)
                            .orElseThrow();
            assertThat(resolution.appraisal().bound()).as(about).isLessThanOrEqualTo(best);
            proved += resolution.appraisal().isProvedBest() ? 1 : 0;
            solved++;
        }
        System.out.printf("appraisal: %d answers, %d of them proved best%n", solved, proved);
        assertThat(proved).isPositive();
    }

    static Map<PackageName, Version> installed(World world, Random random) {
        Map<PackageName, Version> installed = new HashMap<>();
        world.releases.forEach((name, releases) -> {
            if (random.nextInt(3) == 0) {
                List<Version> versions = List.copyOf(releases.keySet());
                installed.put(name, versions.get(random.nextInt(versions.size())));
            }
        });
        return installed;
    }

    /** One to three places, two objectives in some. */
    static Strategy strategy(Random random) {
        List<Aim> aims = new ArrayList<>();
        int places = 1 + random.nextInt(3);
        for (int place = 1; place <= places; place++) {
            for (int i = 0; i < 1 + random.nextInt(2); i++) {
                aims.add(
                        new Aim(
                                place,
                                COUNTED.get(random.nextInt(COUNTED.size())),
                                500L + random.nextInt(2000),
                                null));
            }
        }
        return new Strategy("random", aims);
    }

    /** The formulas, written down once more as simply as can be. */
    record Reference(World world, Strategy strategy, Map<PackageName, Version> installed) {

        Score score(Map<PackageName, Version> answer) {
            List<Long> places = new ArrayList<>();
            for (List<Aim> place : strategy.places()) {
                long sum = 0;
                for (Aim aim : place) {
                    for (var pin : answer.entrySet()) {
                        sum +=
                                aim.thousandths()
                                        * count(aim.objective(), pin.getKey(), pin.getValue());
                    }
                }
                places.add(sum);
            }
            return new Score(places);
        }

        private long count(Objective objective, PackageName name, Version version) {
            List<Version> versions =
                    List.copyOf(world.releases.getOrDefault(name, Map.of()).keySet());
            int older = versions.indexOf(version);
            boolean asked =
                    world.roots.stream()
                            .anyMatch(root ->
                                    !root.constraint() && root.requirement().name().equals(name));
            return switch (objective) {
                case NEWEST -> versions.size() - 1 - older;
                case NEWEST_DIRECT -> asked ? versions.size() - 1 - older : 0;
                case LOWEST -> older;
                case LOWEST_DIRECT -> asked ? older : 0;
                case FEWEST_CHANGES ->
                        version.equals(installed.getOrDefault(name, version)) ? 0 : 1;
                case FEWEST_PACKAGES -> 1;
                default -> throw new IllegalArgumentException(objective.word());
            };
        }
    }
}
