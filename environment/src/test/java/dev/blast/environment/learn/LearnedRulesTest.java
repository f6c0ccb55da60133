package dev.blast.environment.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.Loading;
import dev.blast.rules.Policy;
import dev.blast.rules.fact.Protocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LearnedRulesTest {
    private static final Path HOME = Path.of("/home/ada");
    private static final Path PROJECT = HOME.resolve("src/shop");
    private static final SeenPeaks PEAKS = new SeenPeaks(Duration.ofSeconds(14), 118L << 20, 20);

    private static SeenNeeds needs(
            Map<Endpoint, Integer> endpoints, Set<Path> reads, Set<Path> writes) {
        return new SeenNeeds(
                new TreeMap<>(endpoints),
                new TreeSet<>(reads),
                new TreeSet<>(writes),
                new TreeSet<>(Set.of(Path.of("/srv/out/known"), PROJECT.resolve("cache/x"))),
                new TreeSet<>(Set.of("ptrace")),
                new TreeSet<>(Set.of("API_URL")),
                new TreeMap<>(Map.of("read /home/ada/.netrc", "it looks like a secret")));
    }

    private static LearnedRules rules(SeenNeeds needs, boolean withCalls) {
        return LearnedRules.of(
                "python", "python fetch.py", "fetch", needs, PEAKS, withCalls, PROJECT, HOME);
    }

    @Test
    void theNarrowestRulesWithACommentEach() {
        LearnedRules rules =
                rules(
                        needs(
                                Map.of(
                                        new Endpoint("api.weather.example", 443, Protocol.TCP), 7,
                                        new Endpoint("time.example", 123, Protocol.UDP), 1),
                                Set.of(HOME.resolve("data"), Path.of("/srv/a b")),
                                Set.of(PROJECT.resolve("cache"), Path.of("/srv/out"))),
                        true);
        assertThat(rules.name()).isEqualTo("learned-fetch");
        assertThat(rules.said())
                .containsExactly(
                        "+ connect api.weather.example:443 (7 times)",
                        "+ connect time.example:123 (UDP) (once)",
                        "+ readable ~/data",
                        "+ readable /srv/a b",
                        "+ writable ./cache",
                        "+ writable /srv/out",
                        "+ variables API_URL",
                        "+ calls ptrace",
                        "+ limitMemory 256 MiB, limitProcesses 40, limitTime 2 min",
                        "! not proposed: read /home/ada/.netrc (it looks like a secret)");
        assertThat(rules.text())
                .startsWith(
                        "package learned.of_fetch\n\n// What `python fetch.py` was seen to need")
                .contains(
                        """
                        // was reached 7 times
                        rule "python reaches api.weather.example:443"
                            @reason("seen by blast learn")
                        when
                            Session( command == "python" )
                            Connection( host == "api.weather.example", port == 443, protocol == TCP )
                        then
                            allow();
                        end
                        """)
                .contains("    writable( \"./cache\" );\n    writable( \"/srv/out\" );\n")
                .contains("    allowSyscalls( \"ptrace\" );\n");
        assertThat(Policy.load(List.of(rules.file()))).isInstanceOf(Loading.Loaded.class);
        assertThat(rules.unproved()).containsExactly("/srv/out");
        assertThat(rules.tried())
                .as("nothing on the machine is written before somebody agrees")
                .isEqualTo(
                        rules.text()
                                .replace(
                                        "writable( \"/srv/out\" );",
                                        "temporary( \"/srv/out\", \"1 GiB\" );\n    readable( \"/srv/out/known\" );"));
        assertThat(rules.file().text()).isEqualTo(rules.tried());
    }

    /** What failed in a folder of its own may have failed for what the real one holds. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, false, true,  true",
        "0, 0, true,  true,  false",
        "1, 0, false, true,  false",
        "1, 1, false, true,  false",
        "1, 1, false, false, true",
        "0, 0, false, false, true"
    })
    void whatProvesThem(int code, int before, boolean missed, boolean writes, boolean proved) {
        LearnedRules rules =
                rules(
                        needs(Map.of(), Set.of(), writes ? Set.of(Path.of("/srv/out")) : Set.of()),
                        false);
        assertThat(rules.areProved(code, before, missed)).isEqualTo(proved);
    }

    /** The length that a name may have. */
    @Test
    void aLongNameIsCutAndMakesAFileAndAPackage() {
        String name = LearnedRules.nameOf(List.of("./" + "letters-".repeat(40) + ".sh"));
        assertThat(name).hasSizeBetween(70, 80).doesNotEndWith("-");
        anyNameMakesAPackage(name);
        anyNameMakesAPackage("x".repeat(80));
    }

    @ParameterizedTest
    @ValueSource(strings = {"import", "2to3", "rule", "a-b.c", "end", "_"})
    void anyNameMakesAPackage(String name) {
        LearnedRules rules =
                LearnedRules.of(
                        "python",
                        "python x",
                        name,
                        needs(Map.of(), Set.of(), Set.of()),
                        PEAKS,
                        true,
                        PROJECT,
                        HOME);
        assertThat(Policy.load(List.of(rules.file()))).isInstanceOf(Loading.Loaded.class);
    }

    @Test
    void callsAreProposedOnlyWhereTheCommandFailed() {
        LearnedRules rules = rules(needs(Map.of(), Set.of(), Set.of()), false);
        assertThat(rules.text()).doesNotContain("ptrace");
        assertThat(rules.said())
                .contains(
                        "! not proposed: calls ptrace (the command ended well with them refused)");
    }

    /** Names are whatever a program asked for: none of them writes a rule of its own. */
    @Test
    void namesOfAStranger() {
        LearnedRules rules =
                LearnedRules.of(
                        "py\"thon",
                        "sh -c 'x\n*/ // end'",
                        "x y/../z",
                        needs(
                                Map.of(
                                        new Endpoint("a\"); allow(); //.example", 1, Protocol.TCP),
                                        1),
                                Set.of(
                                        Path.of("/srv/a\" ); writable( \"/"),
                                        Path.of("/srv/new\nline"),
                                        Path.of("/srv/*")),
                                Set.of()),
                        PEAKS,
                        false,
                        PROJECT,
                        HOME);
        assertThat(Policy.load(List.of(rules.file()))).isInstanceOf(Loading.Loaded.class);
        assertThat(rules.closed())
                .containsKeys("reads /srv/new\nline", "reads /srv/*")
                .containsValue("its name cannot be written in a rule");
        Policy policy = ((Loading.Loaded) Policy.load(List.of(rules.file()))).policy();
        assertThat(policy.rules()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "python fetch.py, fetch",
        "./tools/run-all.sh x, run-all",
        "pytest -q, pytest",
        "./My Tool, my-tool",
        "'!!', command"
    })
    void aNameForTheFile(String line, String name) {
        assertThat(
                        LearnedRules.nameOf(
                                line.contains("My") ? List.of(line) : List.of(line.split(" "))))
                .isEqualTo(name);
    }
}
