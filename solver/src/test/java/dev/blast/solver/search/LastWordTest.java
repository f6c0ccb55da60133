package dev.blast.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.Candidate;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.solver.Aim;
import dev.blast.solver.Appraisal;
import dev.blast.solver.DependencyGraph;
import dev.blast.solver.Judge;
import dev.blast.solver.Judgements;
import dev.blast.solver.Lift;
import dev.blast.solver.MemoryIndex;
import dev.blast.solver.Note;
import dev.blast.solver.Preferences;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Requests;
import dev.blast.solver.Resolution;
import dev.blast.solver.Strategy;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.repair.RepairSearch;
import dev.blast.solver.text.ProofText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules that look at what only metadata say have a word when a version is about to be decided. */
final class LastWordTest {
    private static final int WORLDS = 400;
    private static final PackageName APP = new PackageName("app");

    private final MemoryIndex index = new MemoryIndex();

    @Test
    void onlyWhatIsAboutToBeDecidedIsReadForIt() throws IndexException {
        for (int i = 1; i <= 50; i++) {
            index.release("app", String.valueOf(i)).license(i > 48 ? "GPL-3.0-only" : "MIT");
        }
        Request request = Requests.of("app").with(new NoGpl(Outcome.DENIED));
        assertThat(pins(request)).isEqualTo("app 48");
        assertThat(index.read).hasSizeLessThan(6);
    }

    @Test
    void aProofNamesTheRule() throws IndexException {
        index.release("app", "1").license("MIT");
        index.release("app", "2").license("GPL-3.0-only");
        index.release("app", "3").license("GPL-3.0-only").needs("nothing");
        var unsolvable =
                (Unsolvable)
                        new Resolver(index, Progress.SILENT)
                                .resolve(Requests.of("app>=2").with(new NoGpl(Outcome.DENIED)));
        assertThat(ProofText.render(unsolvable.proof()))
                .contains("app >=2 is forbidden: no copyleft  team.drl:7");
    }

    @Test
    void aHoldIsLifted() throws IndexException {
        index.release("app", "1").license("MIT");
        index.release("app", "2").license("GPL-3.0-only");
        Request request = Requests.of("app").with(new NoGpl(Outcome.HELD));
        assertThat(pins(request)).isEqualTo("app 1");
        Resolution lifted = resolve(request.lifting(Set.of(Lift.of(APP, Version.parse("2")))));
        assertThat(lifted.pins()).hasToString("[app 2]");
        assertThat(lifted.notes()).singleElement().isInstanceOf(Note.Lifted.class);
        Request stuck = Requests.of("app>=2").with(new NoGpl(Outcome.HELD));
        var unsolvable = (Unsolvable) new Resolver(index, Progress.SILENT).resolve(stuck);
        var search = RepairSearch.of(new RememberedIndex(index), stuck, unsolvable);
        assertThat(search.waysOut().repairs().toString()).contains("LiftHold");
    }

    @Test
    void whatIsRefusedByLicenseIsRefused() throws IndexException {
        for (int i = 1; i <= 20; i++) {
            index.release("app", String.valueOf(i)).license(i > 15 ? "GPL-3.0-only" : "MIT");
        }
        Request request = Requests.of("app").with(new NoGpl(Outcome.HELD));
        var standings = new Standings(request, index, DependencyGraph.of(List.of(), List.of()));
        assertThat(standings.refusals(Requirement.parse("app>15"))).hasSize(5);
        assertThat(standings.refusals(Requirement.parse("app>14"))).isEmpty();
    }

    /** Of two ways to meet the request the one needs a hold to be lifted that no page tells of. */
    @Test
    void aHoldByLicenseIsCountedAsLifted() throws IndexException {
        index.release("app", "1").needs("base");
        index.release("app", "2").needs("base<2");
        index.release("base", "1").license("GPL-3.0-only");
        index.release("base", "2").license("MIT");
        Request request =
                Requests.of("app")
                        .with(new NoGpl(Outcome.HELD))
                        .lifting(Set.of(Lift.of(new PackageName("base"), Version.parse("1"))));
        Resolution newest = resolve(request.with(places(Objective.NEWEST_DIRECT)));
        assertThat(newest.pins()).hasToString("[app 2, base 1]");
        assertThat(newest.notes()).singleElement().isInstanceOf(Note.Lifted.class);
        Strategy fewest = places(Objective.FEWEST_HOLDS_LIFTED, Objective.NEWEST);
        Resolution best = resolve(request.with(fewest));
        assertThat(best.pins()).hasToString("[app 1, base 2]");
        assertThat(counted(best, request.with(fewest))).containsExactly(0L, 1L);
        assertThat(counted(newest, request.with(fewest))).containsExactly(1L, 1L);
    }

    private List<Long> counted(Resolution resolution, Request by) throws IndexException {
        return new Valuation(by, index)
                .of(resolution).lines().stream().map(Appraisal.Line::count).toList();
    }

    private static Strategy places(Objective... objectives) {
        return new Strategy(
                "test",
                IntStream.range(0, objectives.length)
                        .mapToObj(place -> Aim.of(place + 1, objectives[place]))
                        .toList());
    }

    @Test
    void aLockThatSaysNothingOfItIsNotEnough() throws IndexException {
        index.release("app", "1").license("GPL-3.0-only");
        index.release("app", "2").license("MIT");
        Resolution first = resolve(Requests.of("app<2"));
        assertThat(first.pins().getFirst().license()).isEqualTo("GPL-3.0-only");
        for (boolean said : List.of(true, false)) {
            var locked = first.pins().getFirst().licensed(said ? "GPL-3.0-only" : null);
            Request request =
                    Requests.of("app")
                            .with(new Preferences(Map.of(APP, locked), new HashMap<>(), true));
            index.asked.clear();
            assertThat(resolve(request).pins()).hasToString("[app 1]");
            assertThat(index.asked).isEmpty();
            assertThat(pins(request.with(new NoGpl(Outcome.DENIED)))).isEqualTo("app 2");
            Resolution kept = resolve(request.with(new NoGpl(Outcome.ALLOWED)));
            assertThat(kept.pins()).hasToString("[app 1]");
            assertThat(kept.pins().getFirst().license()).isEqualTo("GPL-3.0-only");
        }
    }

    /** What is known late makes nothing possible or impossible that is not. */
    @Test
    void thereIsAnAnswerWhereThereIsOneForWhoKnowsAllFromTheStart() throws IndexException {
        int solvable = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            World world = World.wild(new Random(seed));
            Request request = world.request(world.roots);
            var late = new Unlucky(seed, true);
            var resolver = new Resolver(world.index, Progress.SILENT);
            var known = resolver.resolve(request.with(new Unlucky(seed, false)));
            var found = resolver.resolve(request.with(late));
            assertThat(found.getClass()).as("seed %d", seed).isEqualTo(known.getClass());
            if (found instanceof Resolution resolution) {
                solvable++;
                assertThat(resolution.pins())
                        .as("seed %d", seed)
                        .noneMatch(pin -> late.denies(pin.name(), pin.version()));
            }
        }
        assertThat(solvable).isBetween(WORLDS / 10, WORLDS * 9 / 10);
    }

    /** Denies one version in five. */
    private record Unlucky(long seed, boolean asksMetadata) implements Judge {
        boolean denies(PackageName name, Version version) {
            return new Random(seed * 31 + name.hashCode() * 7L + version.hashCode()).nextInt(5)
                    == 0;
        }

        @Override
        public Judgement judge(Candidate candidate) {
            return NoGpl.word(
                    denies(candidate.name(), candidate.version())
                            ? Outcome.DENIED
                            : Outcome.ALLOWED);
        }

        @Override
        public Judgement foresee(Candidate candidate) {
            return asksMetadata ? NoGpl.word(Outcome.ALLOWED) : judge(candidate);
        }
    }

    private String pins(Request request) throws IndexException {
        return resolve(request).pins().stream()
                .map(Object::toString)
                .collect(Collectors.joining(", "));
    }

    private Resolution resolve(Request request) throws IndexException {
        return (Resolution) new Resolver(index, Progress.SILENT).resolve(request);
    }

    /** Of what is under the GPL. */
    private record NoGpl(Outcome outcome) implements Judge {
        @Override
        public Judgement judge(Candidate candidate) {
            String license = candidate.license();
            return license != null && license.startsWith("GPL")
                    ? word(outcome)
                    : word(Outcome.ALLOWED);
        }

        @Override
        public Judgement foresee(Candidate candidate) {
            assertThat(candidate.license()).isNull();
            return word(Outcome.ALLOWED);
        }

        @Override
        public boolean asksMetadata() {
            return true;
        }

        private static Judgement word(Outcome outcome) {
            var reason =
                    new Reason(
                            new Origin("team.drl", 7, 1),
                            "no copyleft",
                            Layer.PROJECT,
                            "deny",
                            "no copyleft");
            return Judgements.of(outcome, outcome == Outcome.ALLOWED ? List.of() : List.of(reason));
        }
    }
}
