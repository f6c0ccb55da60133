package dev.blast.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.Formats;
import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.solver.MemoryIndex;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Requests;
import dev.blast.solver.Resolution;
import dev.blast.solver.lock.LockAnswer;
import dev.blast.solver.lock.LockException;
import dev.blast.solver.lock.LockFile;
import dev.blast.solver.lock.LockPlace;
import dev.blast.solver.lock.LockScope;
import dev.blast.solver.lock.Places;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * Scenarios of packse that ask for one lock for all platforms: there is one where each place has an
 * answer. Those that come out otherwise are listed with the reason.
 */
final class UniversalConformanceTest {
    private static final Path FOLDER = Path.of("/home/me/shop");

    private static final String FORKS =
            "two versions meet in no place; a search that forks in too few places does not see it";

    private static final Map<String, String> OTHERWISE =
            new TreeMap<>(
                    Map.of(
                            "conflict-in-fork", "only platforms that there are not have none",
                            "fork-non-local-fork-marker-direct", FORKS,
                            "fork-non-local-fork-marker-transitive", FORKS,
                            "preferences-dependent-forking-conflicting", FORKS,
                            "specific-architecture",
                                    "has wheels for one version of Python alone; the lock is for that one"));

    @Test
    void eachPlaceGetsWhatWasChosenThere() throws Exception {
        String name = System.getenv("BLAST_CONFORMANCE");
        Assumptions.assumeTrue(name != null);
        Path folder = Path.of(System.getProperty("blast.root", "")).resolve(name);
        var otherwise = new TreeSet<String>();
        int cases = 0;
        int places = 0;
        for (Path file : Packse.scenarios(folder.resolve("packse/scenarios"))) {
            TomlParseResult scenario = Toml.parse(file);
            if (!Packse.isUniversal(scenario)) {
                continue;
            }
            cases++;
            boolean expected = Boolean.TRUE.equals(scenario.getBoolean("expected.satisfiable"));
            List<LockPlace> all = places(scenario);
            places += all.size();
            List<LockAnswer> answers = answers(scenario, all);
            if ((answers.size() == all.size()) != expected) {
                otherwise.add(String.valueOf(scenario.getString("name")));
            } else if (expected) {
                check(scenario, answers);
            }
        }
        System.out.printf(
                "packse, one lock for all: %d cases in %d places, otherwise %s%n",
                cases, places, otherwise);
        assertThat(otherwise).isEqualTo(new TreeSet<>(OTHERWISE.keySet()));
    }

    private static List<LockPlace> places(TomlTable scenario) {
        String python = scenario.getString("root.requires_python", () -> ">=3.12");
        var pythons = new ArrayList<String>();
        for (int minor = 8; minor <= 14; minor++) {
            String version = "3.%d.99".formatted(minor);
            if (SpecifierSet.parse(python).contains(Version.parse(version))) {
                pythons.add(version);
            }
        }
        return Places.of(pythons);
    }

    private static List<LockAnswer> answers(TomlTable scenario, List<LockPlace> places)
            throws IndexException {
        var answers = new ArrayList<LockAnswer>();
        for (LockPlace place : places) {
            MemoryIndex index = Packse.index(scenario);
            Request request =
                    Request.of(
                                    Requests.roots(
                                            Packse.texts(scenario.getArray("root.requires"))),
                                    place.target(),
                                    Requests.NOW)
                            .with(index.building(Formats.ANY));
            if (new Resolver(index, Progress.SILENT).resolve(request)
                    instanceof Resolution resolution) {
                answers.add(new LockAnswer(place, LockScope.PLAIN, resolution, Map.of()));
            }
        }
        return answers;
    }

    private static void check(TomlTable scenario, List<LockAnswer> answers) throws LockException {
        String text = LockFile.of(answers, FOLDER, Map.of()).text();
        LockFile lock = LockFile.read(text, "pylock.toml", FOLDER);
        for (LockAnswer answer : answers) {
            var chosen = new TreeMap<PackageName, Version>();
            answer.resolution().pins().forEach(pin -> chosen.put(pin.name(), pin.version()));
            var locked = new TreeMap<PackageName, Version>();
            assertThat(lock.select(answer.place().target()))
                    .as(text)
                    .isInstanceOfSatisfying(
                            LockFile.Selection.Pins.class,
                            it ->
                                    it.pins()
                                            .forEach((name, pin) ->
                                                    locked.put(name, pin.version())));
            assertThat(locked).as(text).isEqualTo(chosen);
        }
        for (String name : scenario.getTableOrEmpty("expected.packages").keySet()) {
            assertThat(lock.pylock().packages())
                    .as(text)
                    .anyMatch(it -> it.name().equals(new PackageName(name)));
        }
    }
}
