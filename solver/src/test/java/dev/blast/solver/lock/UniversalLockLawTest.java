package dev.blast.solver.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.MemoryIndex;
import dev.blast.solver.Pin;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Requests;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.search.Resolver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A lock for several places says of each what was chosen there, and nothing else. */
class UniversalLockLawTest {
    private static final Path FOLDER = Path.of("/home/me/shop");
    private static final int WORLDS = Integer.getInteger("laws.worlds", 300);
    private static final List<String> MARKERS =
            List.of(
                    "",
                    "",
                    "",
                    "; sys_platform == 'win32'",
                    "; sys_platform != 'win32'",
                    "; platform_machine == 'aarch64'",
                    "; python_version < '3.12'",
                    "; python_version >= '3.12' and sys_platform == 'darwin'",
                    "; os_name == 'posix'",
                    "; platform_system == 'Linux' and python_full_version >= '3.11.4'");

    @Test
    void eachPlaceGetsWhatWasChosenThere() throws Exception {
        List<LockPlace> places = Places.of(List.of("3.11.9", "3.12.1", "3.13.0"));
        int joined = 0;
        int apart = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            var random = new Random(seed);
            MemoryIndex index = index(random);
            List<RootRequirement> roots =
                    Requests.roots(need(random, -1), need(random, -1), need(random, -1));
            var answers = new ArrayList<LockAnswer>();
            for (LockPlace place : places) {
                Request request = Request.of(roots, place.target(), Requests.NOW);
                if (new Resolver(index, Progress.SILENT).resolve(request)
                        instanceof Resolution resolution) {
                    answers.add(new LockAnswer(place, LockScope.PLAIN, resolution, Map.of()));
                }
            }
            if (answers.isEmpty()) {
                continue;
            }
            String text = LockFile.of(answers, FOLDER, Map.of()).text();
            LockFile lock = LockFile.read(text, "pylock.toml", FOLDER);
            assertThat(lock.text()).as("seed %d", seed).isEqualTo(text);
            var chosen = new ArrayList<String>();
            for (LockAnswer answer : answers) {
                assertThat(lock.select(answer.place().target()))
                        .as("seed %d: %s in %s", seed, answer.place(), text)
                        .isInstanceOfSatisfying(
                                LockFile.Selection.Pins.class,
                                pins -> {
                                    assertThat(pins.complete()).isTrue();
                                    assertThat(told(List.copyOf(pins.pins().values())))
                                            .isEqualTo(told(answer.resolution().pins()));
                                });
                chosen.addAll(told(answer.resolution().pins()).values());
            }
            for (LockPlace place : places) {
                boolean isLocked = answers.stream().anyMatch(it -> it.place().equals(place));
                assertThat(lock.isFor(place.target())).as("seed %d", seed).isEqualTo(isLocked);
            }
            joined += lock.pylock().packages().size();
            apart += chosen.size();
        }
        assertThat(joined).isLessThan(apart / 3);
    }

    /** Name, version, extras, what it needs and its wheel. */
    private static Map<PackageName, String> told(List<Pin> pins) {
        return pins.stream()
                .collect(
                        Collectors.toMap(
                                Pin::name,
                                pin ->
                                        pin
                                                + " "
                                                + pin.extras()
                                                + " "
                                                + new TreeSet<>(
                                                        pin.dependencies().stream()
                                                                .map(Requirement::toString)
                                                                .toList())
                                                + " "
                                                + pin.file().filename()
                                                + " "
                                                + pin.direct(),
                                (one, _) -> one,
                                TreeMap::new));
    }

    private static MemoryIndex index(Random random) {
        var index = new MemoryIndex();
        for (int name = 0; name < 6; name++) {
            int versions = 1 + random.nextInt(3);
            for (int version = 1; version <= versions; version++) {
                var release = index.release("p" + name, version + ".0");
                if (random.nextInt(3) == 0) {
                    release.wheels(wheels(random));
                }
                if (random.nextInt(4) == 0) {
                    release.python(random.nextBoolean() ? ">=3.12" : "<3.13");
                }
                for (int i = random.nextInt(3); i > 0; i--) {
                    release.needs(need(random, name));
                }
                if (random.nextInt(3) == 0) {
                    release.extra("x", need(random, name));
                }
            }
        }
        return index;
    }

    private static String[] wheels(Random random) {
        var tags = new ArrayList<String>();
        for (String tag :
                List.of(
                        "cp311-cp311-manylinux_2_17_x86_64",
                        "cp312-abi3-manylinux_2_28_aarch64",
                        "cp313-cp313-win_amd64",
                        "cp311-abi3-macosx_11_0_arm64",
                        "py3-none-manylinux_2_17_x86_64",
                        "py3-none-win_amd64",
                        "py3-none-any")) {
            if (random.nextInt(2) == 0) {
                tags.add(tag);
            }
        }
        return tags.toArray(String[]::new);
    }

    /** Of a package behind this one, so that there are no circles of names without versions. */
    private static String need(Random random, int behind) {
        int name = Math.min(5, behind + 1 + random.nextInt(5));
        return "p%d%s%s%s"
                .formatted(
                        name,
                        random.nextInt(4) == 0 ? "[x]" : "",
                        List.of("", "", ">=1.0", "<2.0", ">=2.0").get(random.nextInt(5)),
                        MARKERS.get(random.nextInt(MARKERS.size())));
    }
}
