package dev.blast.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.MarkerEnvironment;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Tag;
import dev.blast.packaging.TagSet;
import dev.blast.packaging.Version;
import dev.blast.solver.Json;
import dev.blast.solver.MemoryIndex;
import dev.blast.solver.Outcome;
import dev.blast.solver.Prereleases;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Requests;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Statistics;
import dev.blast.solver.Target;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.logic.Effort;
import dev.blast.solver.repair.RepairSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * Cases that other resolvers are tested with. Looks below the folder that BLAST_CONFORMANCE names
 * (a relative path counts from the root of the checkout); without it, nothing runs and that is
 * said.
 */
final class ConformanceTest {
    /** Scenarios of packse whose answer has a version without a wheel. */
    private static final Set<String> NEEDS_SOURCES =
            Set.of(
                    "incompatible-python-compatible-override-available-no-wheels",
                    "incompatible-python-compatible-override-no-compatible-wheels",
                    "incompatible-python-compatible-override-other-wheel",
                    "incompatible-python-compatible-override-unavailable-no-wheels",
                    "no-wheels-with-matching-platform",
                    "no-wheels");

    /** Scenarios of packse that are answered otherwise than they expect, by mode. */
    private static final Map<Prereleases, Set<String>> OTHERWISE =
            Map.of(
                    Prereleases.IF_NECESSARY,
                            Set.of(
                                    "extra-does-not-exist-backtrack: expected {a=3.0.0}, got {a=1.0.0, b=1.0.0}",
                                    "package-only-prereleases-in-range: expected none, got [a 1.0.0a1]",
                                    "transitive-package-only-prereleases-in-range: expected none, got [a 0.1.0, b 1.0.0a1]",
                                    "transitive-prerelease-and-stable-dependency-many-versions-holes: expected none, got [a 1.0.0, b 1.0.0, c 2.0.0b4]",
                                    "transitive-prerelease-and-stable-dependency-many-versions: expected none, got [a 1.0.0, b 1.0.0, c 2.0.0b9]",
                                    "transitive-prerelease-and-stable-dependency: expected none, got [a 1.0.0, b 1.0.0, c 2.0.0b1]",
                                    "package-prerelease-specified-mixed-available: expected {a=1.0.0a1}, got {a=0.3.0}",
                                    "package-prereleases-specifier-boundary: expected {a=0.2.0a1}, got {a=0.1.0}"),
                    Prereleases.EXPLICIT,
                            Set.of(
                                    "extra-does-not-exist-backtrack: expected {a=3.0.0}, got {a=1.0.0, b=1.0.0}",
                                    "package-only-prereleases-boundary: expected an answer",
                                    "package-only-prereleases: expected an answer",
                                    "transitive-package-only-prereleases: expected an answer",
                                    "package-prerelease-specified-mixed-available: expected {a=1.0.0a1}, got {a=0.3.0}",
                                    "package-prereleases-specifier-boundary: expected {a=0.2.0a1}, got {a=0.1.0}"),
                    Prereleases.ALLOW,
                            Set.of(
                                    "extra-does-not-exist-backtrack: expected {a=3.0.0}, got {a=1.0.0, b=1.0.0}",
                                    "package-only-prereleases-in-range: expected none, got [a 1.0.0a1]",
                                    "transitive-package-only-prereleases-in-range: expected none, got [a 0.1.0, b 1.0.0a1]",
                                    "transitive-prerelease-and-stable-dependency-many-versions-holes: expected none, got [a 1.0.0, b 1.0.0, c 2.0.0b4]",
                                    "transitive-prerelease-and-stable-dependency-many-versions: expected none, got [a 1.0.0, b 1.0.0, c 2.0.0b9]",
                                    "transitive-prerelease-and-stable-dependency: expected none, got [a 1.0.0, b 1.0.0, c 2.0.0b1]",
                                    "requires-package-prerelease-and-final-any: expected {a=0.1.0}, got {a=1.0.0a1}"),
                    Prereleases.DISALLOW,
                            Set.of(
                                    "extra-does-not-exist-backtrack: expected {a=3.0.0}, got {a=1.0.0, b=1.0.0}",
                                    "package-only-prereleases-boundary: expected an answer",
                                    "package-only-prereleases: expected an answer",
                                    "transitive-package-only-prereleases: expected an answer",
                                    "package-multiple-prereleases-kinds: expected an answer",
                                    "package-multiple-prereleases-numbers: expected an answer",
                                    "package-prerelease-specified-only-prerelease-available: expected an answer",
                                    "transitive-package-only-prereleases-in-range-opt-in: expected an answer",
                                    "transitive-prerelease-and-stable-dependency-opt-in: expected an answer",
                                    "package-prerelease-specified-mixed-available: expected {a=1.0.0a1}, got {a=0.3.0}",
                                    "package-prereleases-specifier-boundary: expected {a=0.2.0a1}, got {a=0.1.0}"));

    private static @Nullable Path folder;

    @BeforeAll
    static void findCases() {
        String name = System.getenv("BLAST_CONFORMANCE");
        if (name == null) {
            System.out.println(
                    "solver ConformanceTest is skipped: BLAST_CONFORMANCE names no folder of cases");
        }
        Assumptions.assumeTrue(name != null);
        folder = Path.of(System.getProperty("blast.root", "")).resolve(name);
    }

    private static Path file(String path) {
        return Objects.requireNonNull(folder).resolve(path);
    }

    @Test
    void pubgrubLargeCase() throws IOException, IndexException {
        var index = new MemoryIndex();
        Json.object(file("pubgrub/large_case.json"))
                .forEach((name, versions) ->
                        Json.map(versions)
                                .forEach((version, needs) -> {
                                    var release = index.release("p" + name, version);
                                    Json.map(needs)
                                            .forEach((target, ranges) -> {
                                                List<?> range =
                                                        (List<?>) ((List<?>) ranges).getFirst();
                                                release.needs(
                                                        "p%s>=%s%s"
                                                                .formatted(
                                                                        target,
                                                                        range.get(0),
                                                                        range.get(1) == null
                                                                                ? ""
                                                                                : ",<"
                                                                                        + range.get(
                                                                                                1)));
                                            });
                                }));
        var total = new Totals();
        for (Object row : (List<?>) Json.read(file("pubgrub/large_case_sat.json"))) {
            List<?> label = (List<?>) row;
            Outcome outcome =
                    total.resolve(
                            index, Requests.of("p%s==%s".formatted(label.get(0), label.get(1))));
            assertThat(outcome instanceof Resolution).as("%s", label).isEqualTo(label.get(2));
            if (outcome instanceof Resolution) {
                Request request = Requests.of("p%s==%s".formatted(label.get(0), label.get(1)));
                assertThat(pins(outcome)).as("%s", label).isEqualTo(walked(index, request));
            }
        }
        System.out.println("pubgrub large case: " + total);
        assertThat(total.cases).isEqualTo(641);
    }

    @Test
    void resolvelibCases() throws IOException, IndexException {
        var indexes = new HashMap<String, Path>();
        try (Stream<Path> files = Files.list(file("resolvelib/python/index"))) {
            files.forEach(it ->
                    indexes.put(
                            it.getFileName().toString().replaceAll("\\.json(\\.gz)?$", ""), it));
        }
        var total = new Totals();
        try (Stream<Path> files = Files.list(file("resolvelib/python/case"))) {
            for (Path file : files.sorted().toList()) {
                Map<String, Object> test = Json.object(file);
                MemoryIndex index =
                        resolvelibIndex(
                                Objects.requireNonNull(indexes.get((String) test.get("index"))));
                var own = new Totals();
                Outcome outcome =
                        own.resolve(
                                index,
                                Requests.of(
                                        Json.texts(test.get("requested")).toArray(String[]::new)));
                total.add(own);
                System.out.printf("resolvelib %s: %s%n", file.getFileName(), own);
                checkResolvelib(file, test, outcome, index);
            }
        }
        System.out.println("resolvelib: " + total);
        assertThat(total.cases).isEqualTo(13);
    }

    private static void checkResolvelib(
            Path file, Map<String, Object> test, Outcome outcome, MemoryIndex index) {
        Map<String, Object> expected = Json.map(test.get("resolved"));
        var pins = new TreeMap<PackageName, Version>();
        if (outcome instanceof Resolution resolution) {
            resolution.pins().forEach(pin -> pins.put(pin.name(), pin.version()));
        }
        if (test.containsKey("conflicted")) {
            assertThat(outcome).as("%s", file).isInstanceOf(Unsolvable.class);
        } else if (!expected.isEmpty()) {
            assertThat(outcome).as("%s", file).isInstanceOf(Resolution.class);
            expected.forEach((name, value) -> {
                // A pin with a marker is for another interpreter.
                if (!(value instanceof Map<?, ?> pin && pin.containsKey("marker"))) {
                    Object version = value instanceof Map<?, ?> pin ? pin.get("version") : value;
                    assertThat(pins.get(new PackageName(name)))
                            .as("%s: %s", file, name)
                            .isEqualTo(Version.parse(String.valueOf(version)));
                }
            });
        }
        Json.map(test.get("unvisited"))
                .forEach((name, versions) -> {
                    for (String version : Json.texts(versions)) {
                        assertThat(index.read)
                                .as("%s", file)
                                .doesNotContain(
                                        "%s-%s-py3-none-any.whl"
                                                .formatted(
                                                        new PackageName(name).escaped(), version));
                    }
                });
    }

    private static MemoryIndex resolvelibIndex(Path file) throws IOException {
        var index = new MemoryIndex();
        Map<String, Object> projects = Json.object(file);
        projects.values().removeIf(it -> !(it instanceof Map));
        projects.forEach((name, versions) ->
                Json.map(versions)
                        .forEach((version, value) -> {
                            if (Version.tryParse(version).isPresent()) {
                                var release = index.release(name, version);
                                if (Json.map(value).get("dependencies") instanceof List<?> needs) {
                                    needs.forEach(text -> addLeniently(release, (String) text));
                                }
                            }
                        }));
        return index;
    }

    /**
     * Metadata of 2020 holds requirements that PEP 508 does not allow; whoever reads it passes them
     * over.
     */
    private static void addLeniently(MemoryIndex.Release release, String requirement) {
        try {
            release.needs(requirement);
        } catch (InvalidSyntaxException e) {
            release.needs();
        }
    }

    @Test
    void pyraxOfPip() throws IOException, IndexException {
        Map<String, Object> scenario =
                Json.object(file("pip-resolver-benchmarks/pyrax_198.json.gz"));
        Map<String, Object> environment =
                Json.map(Json.map(scenario.get("input")).get("environment"));
        var markers = new HashMap<String, String>();
        Json.map(environment.get("markers"))
                .forEach((name, value) -> markers.put(name, (String) value));
        var tags = new ArrayList<Tag>();
        Json.texts(environment.get("tags")).forEach(tag -> tags.addAll(Tag.parse(tag)));
        var target =
                new Target(
                        Version.parse(Objects.requireNonNull(markers.get("python_full_version"))),
                        MarkerEnvironment.from(markers),
                        new TagSet(tags));
        var index = new MemoryIndex();
        Json.map(scenario.get("packages"))
                .forEach((name, versions) ->
                        Json.map(versions)
                                .forEach((version, value) -> {
                                    if (Version.tryParse(version).isEmpty()) {
                                        return;
                                    }
                                    var release = index.release(name, version);
                                    Json.map(Json.map(value).get("depends_by_extra"))
                                            .forEach((extra, requirements) -> {
                                                for (String requirement :
                                                        Json.texts(requirements)) {
                                                    addLeniently(
                                                            release,
                                                            extra.isEmpty()
                                                                    ? requirement
                                                                    : withExtra(
                                                                            requirement, extra));
                                                }
                                            });
                                }));
        var total = new Totals();
        List<RootRequirement> roots =
                Requests.roots(
                        Json.texts(Json.map(scenario.get("input")).get("requirements"))
                                .toArray(String[]::new));
        Outcome outcome = total.resolve(index, Request.of(roots, target, Requests.NOW));
        System.out.println("pip-resolver-benchmarks pyrax: " + total);
        assertThat(pins(outcome)).isEqualTo(walked(index, Request.of(roots, target, Requests.NOW)));
        assertThat(outcome).isInstanceOf(Resolution.class);
    }

    private static Map<PackageName, Version> pins(Outcome outcome) {
        var pins = new TreeMap<PackageName, Version>();
        ((Resolution) outcome).pins().forEach(pin -> pins.put(pin.name(), pin.version()));
        return pins;
    }

    /** What a search finds that never leaps. */
    private static Map<PackageName, Version> walked(MemoryIndex index, Request request)
            throws IndexException {
        var view =
                new View(
                        new Knowledge(request, index),
                        new Ledger(Progress.SILENT),
                        Concessions.NONE);
        var patient = new Bounds(Neighbourhood.EVERYTHING, Integer.MAX_VALUE, Integer.MAX_VALUE);
        var found =
                (Search.End.Found)
                        new Search(view, patient, new Effort()).run(request.requirements());
        var statistics = new Statistics(0, 0, 0, 0, 0, Duration.ZERO);
        return pins(
                new Answer(view, found.states(), Set.of())
                        .resolution(request.requirements(), List.of(), false, statistics));
    }

    private static String withExtra(String requirement, String extra) {
        int marker = requirement.indexOf(';');
        return marker < 0
                ? "%s ; extra == '%s'".formatted(requirement, extra)
                : "%s ; (%s) and extra == '%s'"
                        .formatted(
                                requirement.substring(0, marker),
                                requirement.substring(marker + 1),
                                extra);
    }

    @ParameterizedTest
    @EnumSource(Prereleases.class)
    void packseScenarios(Prereleases mode) throws IOException, IndexException {
        var total = new Totals();
        int stuck = 0;
        int ways = 0;
        var left = new TreeMap<String, Integer>();
        var other = new TreeSet<String>();
        for (Path file : Packse.scenarios(file("packse/scenarios"))) {
            TomlParseResult scenario = Toml.parse(file);
            String reason = leftOut(scenario);
            if (reason != null) {
                left.merge(reason, 1, Integer::sum);
                continue;
            }
            Request request = packseRequest(scenario, mode);
            Outcome outcome = total.resolve(Packse.index(scenario), request);
            if (outcome instanceof Unsolvable unsolvable) {
                var index = new RememberedIndex(Packse.index(scenario));
                int found = RepairSearch.of(index, request, unsolvable).waysOut().repairs().size();
                assertThat(found).as("ways out of %s", file).isPositive();
                stuck++;
                ways += found;
            }
            String fault = packseFault(scenario, outcome);
            if (fault != null) {
                other.add("%s: %s".formatted(scenario.getString("name"), fault));
            }
        }
        System.out.printf("packse, %s: %s; left out: %s%n", mode.word(), total, left);
        System.out.printf(
                "packse: ways out of %d cases without an answer, %d in all%n", stuck, ways);
        assertThat(other).isEqualTo(new TreeSet<>(OTHERWISE.getOrDefault(mode, Set.of())));
    }

    private static @Nullable String leftOut(TomlParseResult scenario) {
        if (Packse.isUniversal(scenario)) {
            return "locks for every platform at once: a test of its own";
        }
        if (scenario.contains("resolver_options.no_binary")) {
            return "refuses wheels";
        }
        String name = Objects.requireNonNull(scenario.getString("name"));
        if (NEEDS_SOURCES.contains(name)) {
            return "can only be met by source distributions";
        }
        if (name.equals("python-less-than-current")) {
            return "passes over the upper bound of requires-python";
        }
        String rootPython = scenario.getString("root.requires_python");
        if (rootPython != null && !SpecifierSet.parse(rootPython).contains(python(scenario))) {
            return "asks for another interpreter, not for packages";
        }
        return null;
    }

    private static Version python(TomlTable scenario) {
        String python = scenario.getString("resolver_options.python");
        if (python == null) {
            python = scenario.getString("environment.python", () -> "3.12");
        }
        return Version.parse(python.split("\\.").length < 3 ? python + ".0" : python);
    }

    private static Request packseRequest(TomlTable scenario, Prereleases mode) {
        boolean all = Boolean.TRUE.equals(scenario.getBoolean("resolver_options.prereleases"));
        return Request.of(
                        Requests.roots(Packse.texts(scenario.getArray("root.requires"))),
                        Requests.target(python(scenario).toString()),
                        Requests.NOW)
                .with(all ? Prereleases.ALLOW : mode);
    }

    private static @Nullable String packseFault(TomlTable scenario, Outcome outcome) {
        boolean expected = Boolean.TRUE.equals(scenario.getBoolean("expected.satisfiable"));
        if (!(outcome instanceof Resolution resolution)) {
            return expected ? "expected an answer" : null;
        }
        if (!expected) {
            return "expected none, got " + resolution.pins();
        }
        TomlTable packages = scenario.getTable("expected.packages");
        if (packages == null) {
            return null;
        }
        var pins = new TreeMap<String, String>();
        resolution.pins().forEach(pin -> pins.put(pin.name().toString(), pin.version().toString()));
        var wanted = new TreeMap<String, String>();
        packages.keySet().forEach(name -> wanted.put(name, packages.getString(List.of(name))));
        return pins.equals(wanted) ? null : "expected %s, got %s".formatted(wanted, pins);
    }

    /** What a number of cases cost together. */
    private static final class Totals {
        int cases;
        int solvable;
        int versionsRead;
        int decisions;
        int conflicts;
        long nanos;

        Outcome resolve(MemoryIndex index, Request request) throws IndexException {
            long began = System.nanoTime();
            Outcome outcome = new Resolver(index, Progress.SILENT, false).resolve(request);
            nanos += System.nanoTime() - began;
            cases++;
            solvable += outcome instanceof Resolution ? 1 : 0;
            versionsRead += outcome.statistics().versionsRead();
            decisions += outcome.statistics().decisions();
            conflicts += outcome.statistics().conflicts();
            return outcome;
        }

        void add(Totals other) {
            cases += other.cases;
            solvable += other.solvable;
            versionsRead += other.versionsRead;
            decisions += other.decisions;
            conflicts += other.conflicts;
            nanos += other.nanos;
        }

        @Override
        public String toString() {
            return "%d cases, %d with an answer, %d versions read, %d decisions, %d conflicts, %d ms"
                    .formatted(
                            cases, solvable, versionsRead, decisions, conflicts, nanos / 1_000_000);
        }
    }
}
