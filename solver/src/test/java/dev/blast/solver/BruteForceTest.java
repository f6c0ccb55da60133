package dev.blast.solver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.solver.index.IndexException;
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

    @Test
    void agreesWithTryingEverything() throws IndexException {
        int solvable = 0;
        for (long seed = 0; seed < 6000; seed++) {
            World world = World.of(new Random(seed));
            Outcome outcome =
                    new Resolver(world.index, Progress.SILENT)
                            .resolve(Request.of(world.roots, Requests.TARGET, Requests.NOW));
            boolean expected = world.hasAnswer();
            assertThat(outcome instanceof Resolution)
                    .as("seed %d: %s", seed, world)
                    .isEqualTo(expected);
            solvable += expected ? 1 : 0;
        }
        System.out.printf(
                "brute force: 6000 worlds, %d solvable, %d not%n", solvable, 6000 - solvable);
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
            World world = new World(Requests.roots(roots.toArray(String[]::new)));
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

        boolean hasAnswer() {
            return extend(
                    new HashMap<>(),
                    new HashMap<>(),
                    roots.stream().map(RootRequirement::requirement).toList());
        }

        /** Meets the open requirements one after another, trying every version for each. */
        private boolean extend(
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
                        && enter(chosen, extras, first, version, rest);
            }
            for (Version candidate : releases.getOrDefault(first.name(), Map.of()).keySet()) {
                var more = new HashMap<>(chosen);
                more.put(first.name(), candidate);
                if (first.specifier().contains(candidate)
                        && enter(more, extras, first, candidate, rest)) {
                    return true;
                }
            }
            return false;
        }

        private boolean enter(
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
                for (Requirement need : releases.get(requirement.name()).get(version)) {
                    if (need.appliesTo(Requests.TARGET.markers(), after)) {
                        open.add(need);
                    }
                }
            }
            var more = new HashMap<>(extras);
            more.put(requirement.name(), after);
            return extend(chosen, more, open);
        }

        @Override
        public String toString() {
            return roots + " in " + releases;
        }
    }
}
