package dev.blast.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import dev.blast.index.Formats;
import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.solver.Advisories;
import dev.blast.solver.Aim;
import dev.blast.solver.Judge;
import dev.blast.solver.Judgements;
import dev.blast.solver.Lift;
import dev.blast.solver.MemoryIndex;
import dev.blast.solver.Preferences;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Requests;
import dev.blast.solver.Resolution;
import dev.blast.solver.Strategy;
import dev.blast.solver.logic.Effort;
import dev.blast.solver.optimise.Draft;
import dev.blast.solver.optimise.Optimiser;
import dev.blast.solver.optimise.Slot;
import dev.blast.solver.optimise.Wants;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * For each sentence of the model a small index where the first answer is not the best: it becomes
 * the best, and without that sentence it stays as it is.
 */
final class OptimiserTest {
    private static final int NEIGHBOURHOODS = 100;
    private static final int READS = 16;

    private final MemoryIndex index = new MemoryIndex();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    newest            | app 2, base 1                   | app 1, base 5
                    newest-direct     | app 2, base 1                   | app 1, base 5
                    lowest            | app 1, base 5                   | app 2, base 1
                    lowest-direct     | app 1, base 5                   | app 2, base 1
                    fewest-advisories | app 2, base 1                   | app 1, base 2
                    fewest-builds     | app 2, base 1                   | app 1, base 2
                    fewest-holds-lifted | app 2, base 1                 | app 1, base 2
                    fewest-packages   | app 2, base 5, more 1           | app 1
                    fewest-changes    | app 2, base 2, mid 2            | app 1, base 1, mid 1
                    settled           | app 2, fresh 1                  | app 1
                    preferred         | app 2, base 1                   | app 1, base 2
                    smallest-download | app 2, big 1                    | app 1
                    """)
    void isTheBestBecauseOfOneSentence(String word, String first, String best)
            throws IndexException {
        Objective objective = Objective.of(word);
        Request request = request(objective);
        assertThat(first(request)).isEqualTo(first);
        assertThat(improved(request, Wants.class)).isEqualTo(best);
        WithoutOne.leftOut = word;
        assertThat(improved(request, WithoutOne.class)).isEqualTo(first);
    }

    /** A package that is to be old, beside others that are to be new. */
    @Test
    void countsWhatAPackageWantsForItself() throws IndexException {
        index.release("app", "1");
        index.release("app", "2").needs("base>=5");
        bases();
        Request request = Requests.of("app");
        Strategy low = strategy(Objective.LOWEST);
        request =
                new Request(
                        request.requirements(),
                        request.target(),
                        request.preferences(),
                        strategy(Objective.NEWEST),
                        Map.of(new PackageName("base"), low),
                        null,
                        request.prereleases(),
                        request.now());
        assertThat(first(request)).isEqualTo("app 2, base 5");
        assertThat(improved(request, Wants.class)).isEqualTo("app 1");
        WithoutOne.leftOut = "own place 1";
        assertThat(improved(request, WithoutOne.class)).isEqualTo("app 2, base 5");
    }

    /**
     * One version older of one package is the best: none still older of the other can be better.
     */
    @Test
    void whatNoBetterAnswerHasIsNotRead() throws IndexException {
        index.release("left", "1");
        index.release("left", "2").needs("base<2");
        for (int i = 1; i <= 20; i++) {
            index.release("right", String.valueOf(i)).needs(i > 2 ? "base>=2" : "base");
        }
        index.release("base", "1");
        index.release("base", "2");
        Request request = Requests.of("right", "left").with(strategy(Objective.NEWEST_DIRECT));
        var resolution = (Resolution) new Resolver(index, Progress.SILENT).resolve(request);
        assertThat(resolution.pins()).hasToString("[base 2, left 1, right 20]");
        assertThat(resolution.appraisal().isProvedBest()).isTrue();
        assertThat(index.read).doesNotContain("right-18-py3-none-any.whl");
    }

    /** A package may have fewer places than the others. */
    @Test
    void weighsStrategiesOfDifferentDepth() throws IndexException {
        index.release("app", "1").needs("base");
        index.release("app", "2").needs("base<2", "more");
        bases();
        index.release("more", "1");
        index.release("more", "2");
        Request request = Requests.of("app", "more<2");
        request =
                new Request(
                        request.requirements(),
                        request.target(),
                        request.preferences(),
                        Strategy.STABLE,
                        Map.of(new PackageName("base"), strategy(Objective.NEWEST)),
                        null,
                        request.prereleases(),
                        request.now());
        assertThat(improved(request, Wants.class)).isEqualTo("app 1, base 5, more 1");
    }

    private Request request(Objective objective) {
        Request request = Requests.of("app");
        Map<PackageName, Version> installed = new HashMap<>();
        switch (objective) {
            case NEWEST -> {
                index.release("app", "1").needs("base");
                index.release("app", "2").needs("base<2");
                bases();
            }
            case NEWEST_DIRECT -> {
                request = Requests.of("app", "base");
                index.release("app", "1");
                index.release("app", "2").needs("base<2");
                bases();
            }
            case LOWEST -> {
                index.release("app", "1").needs("base>=5");
                index.release("app", "2").needs("base");
                bases();
            }
            case LOWEST_DIRECT -> {
                request = Requests.of("app", "base");
                index.release("app", "1").needs("base>=5");
                index.release("app", "2");
                bases();
            }
            case FEWEST_PACKAGES -> {
                index.release("app", "1");
                index.release("app", "2").needs("base", "more");
                bases();
                index.release("more", "1");
            }
            case FEWEST_CHANGES -> {
                index.release("app", "1").needs("mid", "base");
                index.release("app", "2").needs("mid>=2", "base>=2");
                for (String version : List.of("1", "2")) {
                    index.release("mid", version);
                    index.release("base", version);
                }
                installed.put(new PackageName("mid"), Version.parse("1"));
                installed.put(new PackageName("base"), Version.parse("1"));
            }
            case SETTLED -> {
                index.release("app", "1").uploaded("2026-05-20T00:00:00Z");
                index.release("app", "2").uploaded("2026-01-01T00:00:00Z").needs("fresh");
                index.release("fresh", "1").uploaded("2026-05-31T00:00:00Z");
            }
            case PREFERRED -> {
                index.release("app", "1").needs("base");
                index.release("app", "2").needs("base<2");
                index.release("base", "1");
                index.release("base", "2");
                request = request.with(prefers(Map.of("app 2", 1, "base 2", 10)));
            }
            case SMALLEST_DOWNLOAD -> {
                index.release("app", "1").bytes(200);
                index.release("app", "2").bytes(100).needs("big");
                index.release("big", "1").bytes(1000);
            }
            case FEWEST_ADVISORIES -> {
                index.release("app", "1").needs("base");
                index.release("app", "2").needs("base<2");
                index.release("base", "1");
                index.release("base", "2");
                request = request.with(hole("base 1"));
            }
            case FEWEST_HOLDS_LIFTED -> {
                index.release("app", "1").needs("base");
                index.release("app", "2").needs("base<2");
                index.release("base", "1");
                index.release("base", "2");
                request =
                        request.with(holds("base 1"))
                                .lifting(
                                        Set.of(
                                                Lift.of(
                                                        new PackageName("base"),
                                                        Version.parse("1"))));
            }
            case FEWEST_BUILDS -> {
                index.release("app", "1").needs("base");
                index.release("app", "2").needs("base<2");
                index.release("base", "1").wheels().sdist();
                index.release("base", "2");
                request = request.with(index.building(Formats.ANY));
            }
        }
        return request.with(strategy(objective)).with(new Preferences(Map.of(), installed));
    }

    private static Advisories hole(String version) {
        return new Advisories() {
            @Override
            public List<String> of(PackageName name, Version of) {
                return version.equals(name + " " + of) ? List.of("PYSEC-2026-1") : List.of();
            }

            @Override
            public boolean mends(PackageName name, Version of) {
                return false;
            }
        };
    }

    private static Judge holds(String version) {
        var reason = new Reason(new Origin("team.drl", 1, 1), "rule", Layer.USER, "hold", "");
        return candidate -> {
            boolean held = version.equals(candidate.name() + " " + candidate.version());
            return Judgements.of(
                    held ? Outcome.HELD : Outcome.ALLOWED, held ? List.of(reason) : List.of());
        };
    }

    private void bases() {
        IntStream.rangeClosed(1, 5).forEach(i -> index.release("base", String.valueOf(i)));
    }

    private static Strategy strategy(Objective objective) {
        return new Strategy(objective.word(), List.of(Aim.of(1, objective)));
    }

    private static Judge prefers(Map<String, Integer> points) {
        var reason = new Reason(new Origin("team.drl", 1, 1), "rule", Layer.USER, "prefer", "");
        return new Judge() {
            @Override
            public Judgement judge(Candidate candidate) {
                int given = points.getOrDefault(candidate.name() + " " + candidate.version(), 0);
                return new Judgement(
                        Outcome.ALLOWED,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        given == 0 ? List.of() : List.of(new Judgement.Preference(given, reason)),
                        null,
                        null);
            }

            @Override
            public boolean givesPoints() {
                return true;
            }
        };
    }

    private String first(Request request) throws IndexException {
        var view = view(request);
        return text(
                new Neighbours(view, request.requirements(), new Effort(), READS),
                found(view, request));
    }

    private String improved(Request request, Class<? extends ConstraintProvider> sentences)
            throws IndexException {
        var view = view(request);
        var neighbours = new Neighbours(view, request.requirements(), new Effort(), READS);
        return text(
                neighbours,
                new Optimiser<>(neighbours, NEIGHBOURHOODS, sentences)
                        .improve(found(view, request)));
    }

    private View view(Request request) {
        return new View(
                new Knowledge(request, index), new Ledger(Progress.SILENT), Concessions.NONE);
    }

    private static Search.End.Found found(View view, Request request) throws IndexException {
        return (Search.End.Found)
                new Search(view, Bounds.NONE, new Effort()).run(request.requirements());
    }

    private static String text(Neighbours neighbours, Search.End.Found answer)
            throws IndexException {
        Map<String, String> pins = new TreeMap<>();
        neighbours
                .packages(answer)
                .forEach((domain, state) ->
                        pins.put(domain.name().toString(), domain.version(state).toString()));
        return pins.entrySet().stream()
                .map(it -> it.getKey() + " " + it.getValue())
                .collect(Collectors.joining(", "));
    }

    /** The model without one of its sentences: what it counts is passed over. */
    public static final class WithoutOne implements ConstraintProvider {
        static String leftOut = "";

        @Override
        public Constraint[] defineConstraints(ConstraintFactory draft) {
            return Arrays.stream(new Wants().defineConstraints(draft))
                    .map(it ->
                            it.getConstraintRef().id().equals(leftOut)
                                    ? silent(draft, leftOut)
                                    : it)
                    .toArray(Constraint[]::new);
        }

        private static Constraint silent(ConstraintFactory draft, String id) {
            return draft.forEach(Slot.class)
                    .filter(_ -> false)
                    .penalize(Draft.inPlace(0, 1))
                    .asConstraint(id);
        }
    }
}
