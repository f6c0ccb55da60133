package dev.blast.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.solver.Judge;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Statistics;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.logic.Effort;
import dev.blast.solver.text.ProofText;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What was asked of one knowledge makes no difference to what is asked of it next. */
final class OneKnowledgeTest {
    private static final int WORLDS = 600;
    private static final int QUESTIONS = 8;

    @Test
    void answersAsIfItWereAskedFirst() throws IndexException {
        int solvable = 0;
        int conceded = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            var random = new Random(seed);
            World world = World.wild(random);
            Request request = world.request(world.roots).with(new Moody(seed));
            var shared = new Knowledge(request, world.index);
            for (int i = 0; i < QUESTIONS; i++) {
                List<RootRequirement> part = some(world.roots, random);
                if (random.nextInt(4) == 0) {
                    search(shared, Set.of("p" + random.nextInt(4)), part);
                }
                String answer = answer(shared, part);
                assertThat(answer)
                        .as("seed %d, question %d: %s", seed, i, part)
                        .isEqualTo(answer(new Knowledge(request, world.index), part));
                solvable += answer.startsWith("[") ? 1 : 0;
                conceded += answer.contains("Prerelease[name=") ? 1 : 0;
            }
        }
        System.out.printf(
                "one knowledge: %d questions, %d solvable, %d by a concession%n",
                WORLDS * QUESTIONS, solvable, conceded);
        assertThat(conceded).isPositive();
    }

    /** The requirements of a core exclude each other, and all but one of them never do. */
    @Test
    void blamesTheSameWhateverWasTriedBefore() throws IndexException {
        int proofs = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            World world = World.wild(new Random(seed));
            Request request = world.request(world.roots).with(new Moody(seed));
            if (new Resolver(world.index, Progress.SILENT).resolve(request)
                    instanceof Unsolvable unsolvable) {
                proofs++;
                List<RootRequirement> core = unsolvable.proof().core();
                assertThat(isSolvable(world, request, core)).as("seed %d", seed).isFalse();
                for (RootRequirement root : core) {
                    var others = new ArrayList<>(core);
                    others.remove(root);
                    assertThat(isSolvable(world, request, others))
                            .as("seed %d: %s without %s", seed, core, root)
                            .isTrue();
                }
            }
        }
        System.out.printf("one knowledge: the cores of %d proofs tried%n", proofs);
    }

    private static boolean isSolvable(World world, Request request, List<RootRequirement> part)
            throws IndexException {
        return new Attempt(new Knowledge(request, world.index), part, Progress.SILENT).run()
                instanceof Resolution;
    }

    private static List<RootRequirement> some(List<RootRequirement> roots, Random random) {
        List<RootRequirement> some = roots.stream().filter(_ -> random.nextInt(3) > 0).toList();
        return some.isEmpty() ? roots : some;
    }

    /** A search alone, with pre-releases that nobody else is to have from it. */
    private static void search(
            Knowledge knowledge, Set<String> prereleases, List<RootRequirement> part)
            throws IndexException {
        var names = prereleases.stream().map(PackageName::new).collect(Collectors.toSet());
        var view = new View(knowledge, new Ledger(Progress.SILENT), Concessions.prereleases(names));
        new Search(view, Bounds.NONE, new Effort()).run(part);
    }

    private static String answer(Knowledge knowledge, List<RootRequirement> part)
            throws IndexException {
        dev.blast.solver.Outcome outcome = new Attempt(knowledge, part, Progress.SILENT).run();
        Statistics cost = outcome.statistics();
        return switch (outcome) {
                    case Resolution it -> it.pins() + " " + it.requirements() + " " + it.notes();
                    case Unsolvable it -> ProofText.render(it.proof()) + it.proof();
                }
                + " %d versions, %d pages, %d decisions, %d conflicts, %d backjumps"
                        .formatted(
                                cost.versionsRead(),
                                cost.pages(),
                                cost.decisions(),
                                cost.conflicts(),
                                cost.backjumps());
    }

    /**
     * Denies one version in twelve, holds back as many, and has its favourites in every other
     * world. In every third it knows that only when it has read the version.
     */
    private record Moody(long seed) implements Judge {
        @Override
        public Judgement judge(Candidate candidate) {
            var random =
                    new Random(
                            seed * 31
                                    + candidate.name().hashCode() * 7L
                                    + candidate.version().hashCode());
            Outcome outcome =
                    switch (random.nextInt(12)) {
                        case 0 -> Outcome.DENIED;
                        case 1 -> Outcome.HELD;
                        default -> Outcome.ALLOWED;
                    };
            var reason =
                    new Reason(
                            new Origin("team.drl", 9, 1), "moods", Layer.PROJECT, "deny", "a mood");
            return new Judgement(
                    outcome,
                    outcome == Outcome.ALLOWED ? List.of() : List.of(reason),
                    List.of(),
                    random.nextInt(9) == 0 ? List.of(reason) : List.of(),
                    List.of(),
                    givesPoints()
                            ? List.of(new Judgement.Preference(random.nextInt(3), reason))
                            : List.of(),
                    null,
                    null);
        }

        @Override
        public Judgement foresee(Candidate candidate) {
            Judgement word = judge(candidate);
            return asksMetadata()
                    ? new Judgement(
                            Outcome.ALLOWED,
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            word.preferences(),
                            null,
                            null)
                    : word;
        }

        @Override
        public boolean asksMetadata() {
            return seed % 3 == 0;
        }

        @Override
        public boolean givesPoints() {
            return seed % 2 == 0;
        }
    }
}
