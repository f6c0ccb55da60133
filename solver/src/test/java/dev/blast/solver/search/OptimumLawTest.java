package dev.blast.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.Improvement;
import dev.blast.solver.Optimum;
import dev.blast.solver.Preferences;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Resolution;
import dev.blast.solver.Score;
import dev.blast.solver.Strategy;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The exact search finds the best of all answers. An improved answer is valid and never worse than
 * the first one, and what is proved to be the best is. How often it is the best is counted. More
 * worlds: -Dlaws.worlds=20000.
 */
final class OptimumLawTest {
    private static final int WORLDS = Integer.getInteger("laws.worlds", 400);

    @Test
    void isNeverWorseAndMostlyTheBest() throws IndexException {
        int solved = 0;
        int improvable = 0;
        int improved = 0;
        int best = 0;
        int searches = 0;
        Map<Improvement.Finder, Integer> steps = new EnumMap<>(Improvement.Finder.class);
        for (long seed = 0; seed < WORLDS; seed++) {
            var random = new Random(seed);
            World world = World.of(random);
            Map<PackageName, Version> installed = AppraisalLawTest.installed(world, random);
            Strategy strategy = AppraisalLawTest.strategy(random);
            Request request =
                    world.request(world.roots)
                            .with(strategy)
                            .with(new Preferences(Map.of(), installed));
            if (!(new Resolver(world.index, Progress.SILENT, false).resolve(request)
                    instanceof Resolution first)) {
                continue;
            }
            var second = (Resolution) new Resolver(world.index, Progress.SILENT).resolve(request);
            String about =
                    "seed %d: %s, %s installed, %s".formatted(seed, strategy, installed, world);
            Score before = first.appraisal().score();
            Score after = second.appraisal().score();
            assertThat(after).as(about).isLessThanOrEqualTo(before);
            var reference = new AppraisalLawTest.Reference(world, strategy, installed);
            Score optimum =
                    world.answers(world.roots).stream()
                            .map(reference::score)
                            .min(Score::compareTo)
                            .orElseThrow();
            assertThat(after).as(about).isGreaterThanOrEqualTo(optimum);
            Optimum exact =
                    new Resolver(world.index, Progress.SILENT)
                            .optimum(request, before, Integer.MAX_VALUE)
                            .orElseThrow();
            assertThat(exact.score()).as(about).isEqualTo(optimum);
            assertThat(exact.proved()).as(about).isTrue();
            var worse = new Score(before.places().stream().map(it -> it + 1).toList());
            assertThat(
                            new Resolver(world.index, Progress.SILENT)
                                    .optimum(request, worse, Integer.MAX_VALUE)
                                    .map(Optimum::score))
                    .as(about)
                    .contains(optimum);
            searches += exact.searches();
            second.appraisal()
                    .improvements()
                    .forEach(step -> steps.merge(step.by(), 1, Integer::sum));
            solved++;
            improvable += before.equals(optimum) ? 0 : 1;
            improved += after.isBetterThan(before) ? 1 : 0;
            best += after.equals(optimum) ? 1 : 0;
            if (!after.equals(optimum)) {
                System.out.println(
                        "not the best: "
                                + about
                                + "\n  first "
                                + first.pins()
                                + before
                                + "\n  then "
                                + second.pins()
                                + after
                                + "\n  optimum "
                                + optimum);
            }
        }
        System.out.printf(
                "optimum: %d answers, the first not the best in %d, improved in %d, the best in %d; steps %s; %d searches to prove it%n",
                solved, improvable, improved, best, steps, searches);
        assertThat(improved).isPositive();
    }
}
