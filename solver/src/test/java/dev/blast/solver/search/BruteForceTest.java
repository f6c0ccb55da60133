package dev.blast.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.solver.MemoryIndex;
import dev.blast.solver.Outcome;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Requests;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.logic.Cause;
import dev.blast.solver.logic.Effort;
import dev.blast.solver.logic.Facts;
import dev.blast.solver.logic.Incompatibility;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.Refutation;
import dev.blast.solver.logic.States;
import dev.blast.solver.logic.Term;
import dev.blast.solver.proof.Argument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The law of the solver: on every small world it says what trying all combinations says. */
final class BruteForceTest {

    private static final int WORLDS = 6000;

    @Test
    void agreesWithTryingEverything() throws IndexException {
        int solvable = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            World world = World.of(new Random(seed));
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

    /**
     * Statements are true in their world, leave nothing to choose from, and blame requirements that
     * really exclude each other.
     */
    @Test
    void provesWhatItSays() throws IndexException {
        int proofs = 0;
        int lemmas = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            World world = World.of(new Random(seed));
            var knowledge = new Knowledge(world.request(world.roots), world.index, Progress.SILENT);
            if (new Search(knowledge, Bounds.NONE, new Effort()).run(world.roots)
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
            World world = World.of(new Random(seed));
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

    /** Up to seven packages with up to five versions each, an extra here and there. */
    private static final class World {
        final MemoryIndex index = new MemoryIndex();
        final List<RootRequirement> roots;
        final Map<PackageName, Map<Version, List<Requirement>>> releases = new TreeMap<>();

        private World(List<RootRequirement> roots) {
            this.roots = roots;
        }

        static World of(Random random) {
            int packages = 3 + random.nextInt(5);
            var roots = new ArrayList<String>();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                roots.add(requirement(random, random.nextInt(packages)));
            }
            List<RootRequirement> all =
                    new ArrayList<>(Requests.roots(roots.toArray(String[]::new)));
            if (random.nextInt(3) == 0) {
                Requirement constraint =
                        Requirement.parse(requirement(random, random.nextInt(packages)));
                all.add(RootRequirement.constraint(constraint, "pyproject.toml:40"));
            }
            World world = new World(all);
            for (int p = 0; p < packages; p++) {
                int versions = 1 + random.nextInt(5);
                for (int v = 1; v <= versions; v++) {
                    var needs = new ArrayList<String>();
                    for (int d = random.nextInt(4); d > 0; d--) {
                        int target = random.nextInt(packages);
                        if (target != p) {
                            String extra = random.nextInt(5) == 0 ? " ; extra == 'x'" : "";
                            needs.add(requirement(random, target) + extra);
                        }
                    }
                    world.index
                            .release("p" + p, v + ".0")
                            .needs(needs.toArray(String[]::new))
                            .extra("x");
                    world.releases
                            .computeIfAbsent(new PackageName("p" + p), _ -> new LinkedHashMap<>())
                            .put(
                                    Version.parse(v + ".0"),
                                    needs.stream().map(Requirement::parse).toList());
                }
            }
            return world;
        }

        private static String requirement(Random random, int target) {
            String extra = random.nextInt(5) == 0 ? "[x]" : "";
            int version = 1 + random.nextInt(5);
            return "p"
                    + target
                    + extra
                    + switch (random.nextInt(6)) {
                        case 0 -> "";
                        case 1 -> "==" + version;
                        case 2 -> "<" + version;
                        case 3 -> ">=" + version + ",<" + (version + 2);
                        case 4 -> "!=" + version;
                        default -> ">=" + version;
                    };
        }

        Request request(List<RootRequirement> requirements) {
            return Request.of(requirements, Requests.TARGET, Requests.NOW);
        }

        /** Whether a fact of a proof is true here, read from the releases themselves. */
        boolean holds(Incompatibility fact) {
            return switch (fact.cause()) {
                case Cause.Asked(RootRequirement root, Node node) ->
                        roots.contains(root)
                                && excludes(root.requirement(), node, fact.statesOf(node));
                case Cause.Needs need -> holdsForEach(fact, need.from(), need.to());
                case Cause.Several(List<Incompatibility> parts) -> {
                    var need = (Cause.Needs) parts.getFirst().cause();
                    yield holdsForEach(fact, need.from(), need.to());
                }
                case Cause.SameVersion _ ->
                        fact.terms().getFirst().node().base() == fact.terms().getLast().node()
                                && fact.terms()
                                        .getFirst()
                                        .states()
                                        .equals(fact.terms().getLast().states().not());
                case Cause.Unusable _, Cause.Ruled _, Cause.Wished _, Cause.Derived _ -> false;
            };
        }

        /**
         * Whether each of the versions has a requirement that lets none of the target's states
         * through.
         */
        private boolean holdsForEach(Incompatibility fact, Node from, Node to) {
            States states = fact.statesOf(from);
            Set<ExtraName> extras = from.extra() == null ? Set.of() : Set.of(from.extra());
            for (int state = states.next(0); state >= 0; state = states.next(state + 1)) {
                List<Requirement> needs = needs(from.name(), from.domain().version(state));
                if (needs.stream()
                        .filter(need -> need.appliesTo(Requests.TARGET.markers(), extras))
                        .filter(need -> need.name().equals(to.name()))
                        .filter(need -> to.extra() == null || need.extras().contains(to.extra()))
                        .noneMatch(need -> excludes(need, to, fact.statesOf(to)))) {
                    return false;
                }
            }
            return true;
        }

        private List<Requirement> needs(PackageName name, Version version) {
            return releases.getOrDefault(name, Map.of()).getOrDefault(version, List.of());
        }

        private static boolean excludes(Requirement requirement, Node node, States states) {
            for (int state = states.next(1); state >= 0; state = states.next(state + 1)) {
                if (requirement.specifier().contains(node.domain().version(state))) {
                    return false;
                }
            }
            return true;
        }

        boolean hasAnswer(List<RootRequirement> roots) {
            List<Requirement> constraints =
                    roots.stream()
                            .filter(RootRequirement::constraint)
                            .map(RootRequirement::requirement)
                            .toList();
            List<Requirement> asked =
                    roots.stream()
                            .filter(root -> !root.constraint())
                            .map(RootRequirement::requirement)
                            .toList();
            return extend(constraints, new HashMap<>(), new HashMap<>(), asked);
        }

        private boolean isAllowed(
                List<Requirement> constraints, PackageName name, Version version) {
            return constraints.stream()
                    .allMatch(constraint ->
                            !constraint.name().equals(name)
                                    || constraint.specifier().contains(version));
        }

        /** Meets the open requirements one after another, trying every version for each. */
        private boolean extend(
                List<Requirement> constraints,
                Map<PackageName, Version> chosen,
                Map<PackageName, Set<ExtraName>> extras,
                List<Requirement> open) {
            if (open.isEmpty()) {
                return true;
            }
            Requirement first = open.getFirst();
            List<Requirement> rest = open.subList(1, open.size());
            Version version = chosen.get(first.name());
            if (version != null) {
                return first.specifier().contains(version)
                        && enter(constraints, chosen, extras, first, version, rest);
            }
            for (Version candidate : releases.getOrDefault(first.name(), Map.of()).keySet()) {
                var more = new HashMap<>(chosen);
                more.put(first.name(), candidate);
                if (isAllowed(constraints, first.name(), candidate)
                        && first.specifier().contains(candidate)
                        && enter(constraints, more, extras, first, candidate, rest)) {
                    return true;
                }
            }
            return false;
        }

        private boolean enter(
                List<Requirement> constraints,
                Map<PackageName, Version> chosen,
                Map<PackageName, Set<ExtraName>> extras,
                Requirement requirement,
                Version version,
                List<Requirement> rest) {
            Set<ExtraName> before = extras.get(requirement.name());
            var after = new TreeSet<>(requirement.extras());
            if (before != null) {
                after.addAll(before);
            }
            var open = new ArrayList<>(rest);
            if (before == null || !before.equals(after)) {
                for (Requirement need : needs(requirement.name(), version)) {
                    if (need.appliesTo(Requests.TARGET.markers(), after)) {
                        open.add(need);
                    }
                }
            }
            var more = new HashMap<>(extras);
            more.put(requirement.name(), after);
            return extend(constraints, chosen, more, open);
        }

        @Override
        public String toString() {
            return roots + " in " + releases;
        }
    }
}
