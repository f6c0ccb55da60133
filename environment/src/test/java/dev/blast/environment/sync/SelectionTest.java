package dev.blast.environment.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.blast.environment.Trees;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.FollowedStrategy;
import dev.blast.environment.change.FollowedStrategy.Chooser;
import dev.blast.packaging.PackageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which strategy a sync follows, who chose it, and what becomes of a lock that fits. */
final class SelectionTest {
    private static final String PROJECT =
            "[project]\nname = 'shop'\nversion = '1'\ndependencies = ['base']\n[dependency-groups]\ndev = ['tool']\n[tool.uv]\ndefault-groups = ['dev']\n";
    private static final String DEFINED =
            """
            rule "newest is" when Strategy( name == "newest" ) then rank( 1, "newest" ); end
            rule "lowest is" when Strategy( name == "lowest" ) then rank( 1, "lowest" ); end
            """;
    private static final String NEWEST =
            "rule \"ours\" @reason(\"we test the future\") when Sync() then use( \"newest\" ); end\n"
                    + DEFINED;
    private static final SyncOptions SYNC = SyncOptions.of("blast sync");

    @TempDir Path folder;
    private SyncBench bench;

    @BeforeEach
    void aLockedProject() throws Exception {
        bench = new SyncBench(folder);
        bench.index().module("base", "1").module("base", "2").module("tool", "1", "base");
        bench.pyproject(PROJECT);
        bench.done(SYNC);
        bench.index().module("base", "3").module("tool", "2", "base");
    }

    @AfterEach
    void noLinksOutOfTheFolder() throws Exception {
        Trees.delete(bench.environment().root());
    }

    /** A rule of the project's own, and a file of it that is another one: a sync looks again. */
    private void rule(String text) throws IOException {
        bench.rule(text);
        Path file = bench.project().resolve("pyproject.toml");
        Files.writeString(file, Files.readString(file) + "# with a rule\n");
    }

    @Test
    void aSyncWithNothingToDoKnowsWhatTheLastOneFollowed() throws Exception {
        assertThat(bench.run(SYNC))
                .isInstanceOfSatisfying(
                        SyncResult.UpToDate.class,
                        it ->
                                assertThat(it.applied().strategies())
                                        .containsExactly(
                                                followed(
                                                        "stable",
                                                        rule("stable", "test.drl:5", ""))));
        Path file = Applied.file(bench.environment());
        String older =
                Files.readString(file)
                        .lines()
                        .filter(line -> !line.startsWith("strategy "))
                        .collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(file, older);
        assertThat(bench.run(SYNC)).isInstanceOf(SyncResult.Planned.class);
        assertThat(bench.run(SYNC)).isInstanceOf(SyncResult.UpToDate.class);
    }

    @Test
    void aRuleOfTheProjectStandsBeforeAShippedOneAndSaysSo() throws Exception {
        rule(NEWEST);
        SyncResult.Answer answer = bench.done(SYNC).answer();
        FollowedStrategy newest =
                followed(
                        "newest",
                        rule("ours", "policies/own.drl:1", "we test the future", "test.drl:5"));
        assertThat(answer.strategies()).containsExactly(newest);
        assertThat(answer.lookedPast()).contains(new LookedPast(newest, names("base", "tool")));
        assertThat(Applied.of(bench.environment()).orElseThrow().strategies())
                .containsExactly(newest);
    }

    @Test
    void aLockThatIsTheAnswerIsNotLookedPast() throws Exception {
        rule(NEWEST);
        bench.done(SYNC);
        assertThat(bench.run(SYNC))
                .isInstanceOfSatisfying(
                        SyncResult.Planned.class,
                        it -> assertThat(it.answer().lookedPast()).isEmpty());
    }

    @Test
    void exactlyTheLockIsTakenWhateverTheStrategy() throws Exception {
        rule(NEWEST);
        assertThat(bench.run(bench.frozen()))
                .isInstanceOfSatisfying(
                        SyncResult.Planned.class,
                        it -> {
                            assertThat(it.answer().plan().isEmpty()).isTrue();
                            assertThat(it.answer().lookedPast()).isEmpty();
                        });
    }

    @Test
    void packagesAndGroupsHaveStrategiesOfTheirOwn() throws Exception {
        rule(
                """
                rule "base is old" when Requirement( name == "base" ) then use( "lowest" ); end
                rule "tools are new" when Requirement( group == "dev" ) then use( "newest" ); end
                """
                        + DEFINED);
        SyncResult.Answer answer = bench.done(SYNC).answer();
        assertThat(answer.strategies())
                .extracting(
                        FollowedStrategy::name, FollowedStrategy::packages, FollowedStrategy::group)
                .containsExactly(
                        tuple("stable", List.of(), ""),
                        tuple("lowest", names("base"), ""),
                        tuple("newest", names("tool"), "dev"));
        assertThat(answer.lookedPast().orElseThrow().strategy().name()).isEqualTo("lowest");
        assertThat(Applied.of(bench.environment()).orElseThrow().strategies())
                .isEqualTo(answer.strategies());
        assertThat(bench.run(SYNC)).as("time can change it").isInstanceOf(SyncResult.Planned.class);
    }

    @Test
    void oneRequirementInTwoPlacesFollowsOneStrategy() throws Exception {
        bench.pyproject(
                "[project]\nname = 'shop'\nversion = '1'\n[dependency-groups]\na = ['base']\nb = ['base']\n[tool.uv]\ndefault-groups = ['a', 'b']\n");
        rule(
                """
                rule "a" when Requirement( group == "a" ) then use( "lowest" ); end
                rule "b" when Requirement( group == "b" ) then use( "newest" ); end
                """
                        + DEFINED);
        assertThat(bench.run(SYNC))
                .isInstanceOfSatisfying(
                        SyncResult.StrategyConflict.class,
                        it ->
                                assertThat(it.rules())
                                        .extracting(named ->
                                                named.strategy() + " " + named.reason().origin())
                                        .containsExactly(
                                                "lowest policies/own.drl:1",
                                                "newest policies/own.drl:2"));
    }

    private static FollowedStrategy followed(String name, Chooser chooser) {
        return new FollowedStrategy(name, List.of(), "", chooser);
    }

    private static Chooser rule(String rule, String at, String why, String... overruled) {
        return new Chooser.ByRule(rule, at, why, List.of(overruled));
    }

    private static List<PackageName> names(String... names) {
        return List.of(names).stream().map(PackageName::new).toList();
    }
}
