package dev.blast.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.Outcome;
import dev.blast.solver.Progress;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.logic.Cause;
import dev.blast.solver.logic.Effort;
import dev.blast.solver.logic.Facts;
import dev.blast.solver.logic.Incompatibility;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.Refutation;
import dev.blast.solver.logic.Term;
import dev.blast.solver.proof.Argument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The law of the solver: on every small world it says what trying all combinations says. */
final class BruteForceTest {

    private static final int WORLDS = 6000;

    /** In each third of them somebody overrides what is required of a package. */
    private static World world(long seed) {
        var random = new Random(seed);
        return seed % 3 == 0 ? World.overridden(random) : World.of(random);
    }

    @Test
    void agreesWithTryingEverything() throws IndexException {
        int solvable = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            World world = world(seed);
            Outcome outcome =
                    new Resolver(world.index, Progress.SILENT).resolve(world.request(world.roots));
            boolean expected = world.hasAnswer(world.roots);
            assertThat(outcome instanceof Resolution)
                    .as("seed %d: %s", seed, world)
                    .isEqualTo(expected);
            solvable += expected ? 1 : 0;
        }
        System.out.printf("brute force: %d worlds, %d solvable%n", WORLDS, solvable);
    }

    /** Where rules keep versions apart too, and whatever leap or optimiser led to the answer. */
    @Test
    void agreesWhereRulesKeepVersionsApart() throws IndexException {
        int solvable = 0;
        int otherwise = 0;
        for (long seed = 0; seed < WORLDS / 2; seed++) {
            World world = apart(seed);
            Outcome outcome =
                    new Resolver(world.index, Progress.SILENT).resolve(world.request(world.roots));
            boolean expected = world.hasAnswer(world.roots);
            assertThat(outcome instanceof Resolution)
                    .as("seed %d: %s", seed, world)
                    .isEqualTo(expected);
            if (outcome instanceof Resolution resolution) {
                Map<PackageName, Version> pins = new HashMap<>();
                resolution.pins().forEach(pin -> pins.put(pin.name(), pin.version()));
                assertThat(world.standTogether(pins)).as("seed %d: %s", seed, world).isTrue();
                solvable++;
            } else {
                world.apart.clear();
                otherwise += world.hasAnswer(world.roots) ? 1 : 0;
            }
        }
        System.out.printf(
                "brute force: %d worlds with rules on pairs, %d solvable, %d only without them%n",
                WORLDS / 2, solvable, otherwise);
        assertThat(otherwise).isPositive();
    }

    private static World apart(long seed) {
        World world = seed % 3 == 0 ? World.tall(new Random(seed)) : World.of(new Random(seed));
        return world.keepingApart(new Random(seed + 1));
    }

    /**
     * Statements are true in their world, leave nothing to choose from, and blame requirements that
     * really exclude each other.
     */
    @Test
    void provesWhatItSays() throws IndexException {
        int proofs = 0;
        int lemmas = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            World world = seed % 4 == 0 ? apart(seed) : world(seed);
            var knowledge = new Knowledge(world.request(world.roots), world.index);
            var view = new View(knowledge, new Ledger(Progress.SILENT), Concessions.NONE);
            if (new Search(view, Bounds.NONE, new Effort()).run(knowledge.request().requirements())
                    instanceof Search.End.Impossible(Incompatibility empty)) {
                Refutation refutation = Argument.of(Facts.of(empty));
                for (Incompatibility fact : refutation.facts()) {
                    assertThat(world.holds(fact))
                            .as("seed %d: %s %s in %s", seed, fact, fact.cause(), world)
                            .isTrue();
                }
                assertThat(contradict(refutation.facts())).as("seed %d", seed).isTrue();
                var known = new ArrayList<>(refutation.facts());
                for (Refutation.Lemma lemma : refutation.lemmas()) {
                    assertThat(followsFrom(known, lemma.statement())).as("seed %d", seed).isTrue();
                    known.add(lemma.statement());
                }
                proofs++;
                lemmas += refutation.lemmas().size();
            }
        }
        System.out.printf("brute force: %d proofs checked, with %d lemmas%n", proofs, lemmas);
    }

    @Test
    void blamesNoRequirementTooMany() throws IndexException {
        for (long seed = 0; seed < WORLDS / 4; seed++) {
            World world = seed % 4 == 0 ? apart(seed) : world(seed);
            if (new Resolver(world.index, Progress.SILENT).resolve(world.request(world.roots))
                    instanceof Unsolvable unsolvable) {
                List<RootRequirement> core = unsolvable.proof().core();
                assertThat(world.hasAnswer(core)).as("seed %d: %s", seed, world).isFalse();
                for (RootRequirement root : core) {
                    var others = new ArrayList<>(core);
                    others.remove(root);
                    assertThat(world.hasAnswer(others))
                            .as("seed %d: %s without %s", seed, world, root)
                            .isTrue();
                }
            }
        }
    }

    /** Whether every assignment of states makes one of these true, by trying them all. */
    private static boolean contradict(List<Incompatibility> facts) {
        List<Node> nodes =
                facts.stream()
                        .flatMap(fact -> fact.terms().stream())
                        .map(Term::node)
                        .distinct()
                        .toList();
        return !canBeFilled(facts, nodes, new HashMap<>());
    }

    private static boolean followsFrom(List<Incompatibility> premises, Incompatibility conclusion) {
        var facts = new ArrayList<>(premises);
        for (Term term : conclusion.terms()) {
            facts.add(
                    new Incompatibility(
                            List.of(new Term(term.node(), term.states().not())),
                            new Cause.Wished()));
        }
        return contradict(facts);
    }

    private static boolean canBeFilled(
            List<Incompatibility> facts, List<Node> nodes, Map<Node, Integer> states) {
        for (Incompatibility fact : facts) {
            if (fact.terms().stream()
                    .allMatch(term ->
                            states.containsKey(term.node())
                                    && term.states()
                                            .contains(states.getOrDefault(term.node(), 0)))) {
                return false;
            }
        }
        if (states.size() == nodes.size()) {
            return true;
        }
        Node next = nodes.get(states.size());
        for (int state = 0; state < next.anything().size(); state++) {
            states.put(next, state);
            boolean filled = canBeFilled(facts, nodes, states);
            states.remove(next);
            if (filled) {
                return true;
            }
        }
        return false;
    }
}
