package dev.blast.rules;

import static dev.blast.rules.Fixtures.SOMEBODY;
import static dev.blast.rules.Fixtures.file;
import static dev.blast.rules.Fixtures.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.packaging.PackageName;
import dev.blast.rules.fact.Cause;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Distribution;
import dev.blast.rules.fact.LettingGo;
import dev.blast.rules.fact.RelaxationKind;
import dev.blast.rules.fact.Requirement;
import dev.blast.rules.fact.Sync;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.Price;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.SandboxPolicy;
import dev.blast.rules.verdict.StrategyChoice;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.rules.vocabulary.Records;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may open what, who closes it, and how answers of several layers become one. */
final class LayersTest {
    private static final Connection API = Connection.to("api.example", 443, false);
    private static final String ALLOW =
            "rule \"open\" when Connection( port == 443 ) then allow(); end";
    private static final String DENY =
            "rule \"shut\" when Connection( port == 443 ) then deny( \"no\" ); end";
    private static final Sync SYNC = new Sync(Cause.PERSON, false, 0, true, null, null, 1);

    private static PolicyFile untrusted(String text) {
        return new PolicyFile(Layer.PROJECT, "policies/own.drl", text, false);
    }

    @Test
    void anyDenyWins() {
        Judgement judgement =
                policy(file(Layer.SYSTEM, "a.drl", ALLOW), file(Layer.SHIPPED, "b.drl", DENY))
                        .judge(API, SOMEBODY);
        assertThat(judgement.outcome()).isEqualTo(Outcome.DENIED);
        assertThat(judgement.deciding()).extracting(Reason::rule).containsExactly("shut");
        assertThat(judgement.deciding()).extracting(Reason::text).containsExactly("no");
        assertThat(judgement.overridden()).extracting(Reason::rule).containsExactly("open");
    }

    @Test
    void aPriceIsThatOfTheInnermostLayerThatNamesOne() {
        String shipped = price("what it costs", "cost( 10 )");
        PolicyFile outer = file(Layer.SHIPPED, "a.drl", shipped);
        String both = price("dearer here", "cost( 7 )") + price("and for us", "cost( 5 )");
        assertThat(priced(outer)).isEqualTo("10 by what it costs");
        assertThat(priced(outer, file(Layer.USER, "b.drl", both)))
                .isEqualTo("12 by dearer here, and for us");
        assertThat(priced(outer, file(Layer.USER, "b.drl", price("no", "deny( \"never\" )"))))
                .isEqualTo("never by no");
    }

    @Test
    void aProjectMakesNoRepairCheaperUntilItIsTrusted() {
        PolicyFile shipped = file(Layer.SHIPPED, "a.drl", price("what it costs", "cost( 10 )"));
        String cheap = price("cheap", "cost( 1 )");
        assertThat(priced(shipped, untrusted(cheap))).isEqualTo("10 by what it costs");
        assertThat(priced(shipped, file(Layer.PROJECT, "policies/own.drl", cheap)))
                .isEqualTo("1 by cheap");
        assertThat(priced(shipped, untrusted(price("dear", "cost( 50 )")))).isEqualTo("50 by dear");
        assertThat(priced(untrusted(cheap))).isEqualTo("unsaid");
        assertThat(priced(shipped, untrusted(price("no", "deny( \"never\" )"))))
                .isEqualTo("never by no");
    }

    private static String price(String rule, String verb) {
        return "rule \"%s\" when Relaxation( package == \"numpy\", kind != DROP ) then %s; end\n"
                .formatted(rule, verb);
    }

    private static String priced(PolicyFile... files) {
        var subject =
                new LettingGo(
                        RelaxationKind.WIDEN, new PackageName("numpy"), true, "pyproject.toml:12");
        return switch (policy(files).price(subject, SOMEBODY)) {
            case Price.Named(int points, var parts) ->
                    "%d by %s"
                            .formatted(
                                    points,
                                    String.join(
                                            ", ",
                                            parts.stream().map(it -> it.reason().rule()).toList()));
            case Price.Forbidden(var by, var _) ->
                    "%s by %s".formatted(by.getFirst().text(), by.getFirst().rule());
            case Price.Unsaid _ -> "unsaid";
        };
    }

    @Test
    void nobodyAnswersIsADeny() {
        Judgement judgement =
                policy(ALLOW).judge(Connection.to("api.example", 80, false), SOMEBODY);
        assertThat(judgement.outcome()).isEqualTo(Outcome.DENIED);
        assertThat(judgement.byDefault()).isTrue();
    }

    @Test
    void aProjectOpensNothingUntilItIsTrusted() {
        Judgement judgement = policy(untrusted(ALLOW)).judge(API, SOMEBODY);
        assertThat(judgement.outcome()).isEqualTo(Outcome.DENIED);
        assertThat(judgement.untrusted()).extracting(Reason::rule).containsExactly("open");
        assertThat(
                        policy(file(Layer.PROJECT, "policies/own.drl", ALLOW))
                                .judge(API, SOMEBODY)
                                .allowed())
                .isTrue();
    }

    @Test
    void aProjectNarrowsWithoutTrust() {
        assertThat(
                        policy(file(Layer.SHIPPED, "a.drl", ALLOW), untrusted(DENY))
                                .judge(API, SOMEBODY)
                                .outcome())
                .isEqualTo(Outcome.DENIED);
    }

    @Test
    void trustIsPartOfTheRevision() {
        assertThat(policy(untrusted(ALLOW)).revision())
                .isNotEqualTo(policy(file(Layer.PROJECT, "policies/own.drl", ALLOW)).revision())
                .hasSize(6);
    }

    @Test
    void aFinalRuleClosesItsQuestionForTheLayersBelow() {
        String system =
                "rule \"ours\" @final when Connection( host glob \"*.example\" ) then warn( \"watched\" ); end";
        String closed = "rule \"ours\" @final when Connection( port == 443 ) then deny(); end";
        PolicyFile own = file(Layer.USER, "own.drl", ALLOW);
        assertThat(policy(file(Layer.SYSTEM, "s.drl", closed), own).judge(API, SOMEBODY).outcome())
                .isEqualTo(Outcome.DENIED);
        Judgement judgement = policy(file(Layer.SYSTEM, "s.drl", system), own).judge(API, SOMEBODY);
        assertThat(judgement.outcome()).isEqualTo(Outcome.DENIED);
        assertThat(judgement.overridden()).extracting(Reason::rule).containsExactly("open");
    }

    @Test
    void aFinalRuleThatDoesNotMatchClosesNothing() {
        String elsewhere = "rule \"ours\" @final when Connection( port == 80 ) then deny(); end";
        assertThat(
                        policy(file(Layer.SYSTEM, "s.drl", elsewhere), file(ALLOW))
                                .judge(API, SOMEBODY)
                                .allowed())
                .isTrue();
    }

    @Test
    void aFinalRuleLeavesOtherAspectsAlone() throws PolicyException {
        String limits = "rule \"ours\" @final when Session( ) then limitMemory( \"1 GiB\" ); end";
        String paths = "rule \"mine\" when Session( ) then readable( \"/opt\" ); end";
        SandboxPolicy sandbox =
                policy(file(Layer.SYSTEM, "s.drl", limits), file(paths)).sandbox(SOMEBODY);
        assertThat(sandbox.reading(Path.of("/opt/x")).allowed()).isTrue();
    }

    @Test
    void theSmallestLimitWinsAndAShippedOneStandsAside() throws PolicyException {
        PolicyFile shipped = file(Layer.SHIPPED, "s.drl", limit("1 GiB"));
        assertThat(memory(shipped)).isEqualTo(1L << 30);
        assertThat(memory(shipped, file(limit("4 GiB")))).isEqualTo(4L << 30);
        assertThat(memory(shipped, file(limit("4 GiB")), untrusted(limit("2 GiB"))))
                .isEqualTo(2L << 30);
        assertThat(memory(shipped, untrusted(limit("8 GiB")))).isEqualTo(1L << 30);
        assertThat(memory(shipped, untrusted(limit("512 MiB")))).isEqualTo(512L << 20);
    }

    private static String limit(String size) {
        return "rule \"limit\" when Session( ) then limitMemory( \"" + size + "\" ); end";
    }

    private static long memory(PolicyFile... files) throws PolicyException {
        Limit limit = policy(files).sandbox(SOMEBODY).limits().memoryBytes();
        return limit == null ? -1 : limit.amount();
    }

    @Test
    void hiddenWinsThenTheLongestPathThenTheNarrowerAnswer() throws PolicyException {
        SandboxPolicy sandbox =
                policy(
                                """
                                rule "a" when Session( ) then readable( "/a", "/a/b/c" ); writable( "/a/b", "/w" ); end
                                rule "b" when Session( ) then hidden( "/a/h" ); writable( "/a/h/x" ); readable( "/w" ); end
                                rule "c" when Session( ) then temporary( "/t", "2 MiB" ); end
                                rule "d" when Session( ) then temporary( "/t", "1 MiB" ); writable( "/t" ); end
                                """)
                        .sandbox(SOMEBODY);
        assertThat(sandbox.writing(Path.of("/a/x")).allowed()).isFalse();
        assertThat(sandbox.reading(Path.of("/a/x")).allowed()).isTrue();
        assertThat(sandbox.writing(Path.of("/a/b/x")).allowed()).isTrue();
        assertThat(sandbox.writing(Path.of("/a/b/c/x")).allowed()).isFalse();
        assertThat(sandbox.reading(Path.of("/a/h/x/y")).allowed()).isFalse();
        assertThat(sandbox.reading(Path.of("/elsewhere")).allowed()).isFalse();
        assertThat(sandbox.writing(Path.of("/w")).allowed()).isTrue();
        assertThat(sandbox.deciding(Path.of("/t/x")).orElseThrow().sizeBytes()).hasValue(1 << 20);
        assertThat(sandbox.paths()).extracting(grant -> grant.path().toString()).isSorted();
    }

    @Test
    void aDeniedSystemCallStaysDenied() throws PolicyException {
        SandboxPolicy sandbox =
                policy(
                                "rule \"a\" when Session( ) then allowSyscalls( \"bpf\", \"read\" ); denySyscalls( \"bpf\" ); end")
                        .sandbox(SOMEBODY);
        assertThat(sandbox.syscalls().opened()).containsExactly("read");
        assertThat(sandbox.syscalls().closed()).containsExactly("bpf");
    }

    @Test
    void twoValuesForOneVariableContradictEachOther() {
        Policy policy =
                policy(
                        """
                        rule "a" when Session( ) then setVariable( "X", "1" ); end
                        rule "b" when Session( ) then setVariable( "X", "2" ); end
                        """);
        assertThatThrownBy(() -> policy.sandbox(SOMEBODY))
                .isInstanceOf(PolicyException.class)
                .hasMessage("two rules set X: \"a\" (test.drl:1) and \"b\" (test.drl:2)");
    }

    @Test
    void theMostSpecificRuleChoosesTheStrategy() throws PolicyException {
        String strategies =
                """
                rule "n" when Strategy( name in ( "newest", "lowest", "stable" ) ) then rank( 1, newest ); end
                rule "all" when Sync( ) then use( "stable" ); end
                rule "any" when Requirement( direct == true ) then use( "stable" ); end
                rule "dev" when Requirement( group == "dev" ) then use( "newest" ); end
                rule "one" when Requirement( name == "numpy" ) then use( "lowest" ); end
                """;
        Policy policy = policy(strategies);
        assertThat(name(Optional.of(policy.strategy(SYNC, SOMEBODY)))).isEqualTo("stable");
        assertThat(name(policy.strategy(requirement("httpx", null), SYNC, SOMEBODY)))
                .isEqualTo("stable");
        assertThat(name(policy.strategy(requirement("httpx", "dev"), SYNC, SOMEBODY)))
                .isEqualTo("newest");
        assertThat(name(policy.strategy(requirement("numpy", "dev"), SYNC, SOMEBODY)))
                .isEqualTo("lowest");
    }

    @Test
    void anInnerLayerChoosesBeforeAnOuterOneAndTwoOfOneLayerConflict() throws PolicyException {
        String strategies =
                "rule \"n\" when Strategy( name in ( \"newest\", \"stable\" ) ) then rank( 1, newest ); end\n";
        PolicyFile shipped =
                file(
                        Layer.SHIPPED,
                        "s.drl",
                        strategies + "rule \"all\" when Sync( ) then use( \"stable\" ); end");
        PolicyFile own = file("rule \"mine\" when Sync( ) then use( \"newest\" ); end");
        assertThat(policy(shipped, own).strategy(SYNC, SOMEBODY))
                .isInstanceOfSatisfying(
                        StrategyChoice.Chosen.class,
                        it -> {
                            assertThat(it.name()).isEqualTo("newest");
                            assertThat(it.overruled())
                                    .extracting(Reason::rule)
                                    .containsExactly("all");
                        });
        PolicyFile other =
                file(
                        Layer.USER,
                        "b.drl",
                        "rule \"mine too\" when Sync( ) then use( \"stable\" ); end");
        assertThat(policy(shipped, own, other).strategy(SYNC, SOMEBODY))
                .isInstanceOfSatisfying(
                        StrategyChoice.Conflict.class,
                        it ->
                                assertThat(it.rules())
                                        .extracting(named -> named.reason().rule())
                                        .containsExactly("mine too", "mine"));
    }

    private static Requirement requirement(
            String name, @org.jspecify.annotations.Nullable String group) {
        return new Requirement(new PackageName(name), group, true, "");
    }

    private static String name(Optional<StrategyChoice> choice) {
        return choice.map(it -> ((StrategyChoice.Chosen) it).name()).orElse("none");
    }

    @Test
    void pointsAreSummedAndHoldsStandBetween() {
        Policy policy =
                policy(
                        """
                        rule "ok" when Candidate( ) then allow(); prefer( 3 ); end
                        rule "hm" when Candidate( prerelease == true ) then avoid( 5 ); end
                        rule "young" when Candidate( ageDays < 7, $age : ageDays ) then hold( "only ${$age} days old" ); end
                        """);
        assertThat(policy.judge(Fixtures.candidate("x", "1rc1"), SOMEBODY).points()).isEqualTo(-2);
        Judgement held =
                policy.judge(
                        (dev.blast.rules.fact.Candidate)
                                Records.with(Fixtures.candidate("x", "1"), "ageDays", 3L),
                        SOMEBODY);
        assertThat(held.outcome()).isEqualTo(Outcome.HELD);
        assertThat(held.deciding()).extracting(Reason::text).containsExactly("only 3 days old");
        assertThat(held.overridden()).extracting(Reason::rule).containsExactly("ok");
    }

    @Test
    void mentionsSaysWhatRulesLookAt() {
        Policy policy =
                policy(
                        "rule \"r\" when $c : Candidate( name == \"x\" ) then deny( \"${$c.license}\" ); end");
        assertThat(policy.mentions(dev.blast.rules.fact.Candidate.class, "name")).isTrue();
        assertThat(policy.mentions(dev.blast.rules.fact.Candidate.class, "license")).isTrue();
        assertThat(policy.mentions(dev.blast.rules.fact.Candidate.class, "advisories")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exists Distribution( )",
                "not Distribution( )",
                "not ( Distribution( version < \"1\" ) and Session( ci == true ) )",
                "exists ( Session( ci == true ) or Distribution( direct == true ) )"
            })
    void aPatternIsMentionedWhateverItLooksAt(String condition) {
        Policy policy =
                policy("rule \"r\" when Candidate( ) " + condition + " then deny( \"x\" ); end");
        assertThat(policy.mentions(Distribution.class)).isTrue();
        assertThat(policy.mentions(Sync.class)).isFalse();
    }

    @Test
    void oneBrokenFileRefusesAll() {
        assertThat(
                        Policy.load(
                                List.of(
                                        file(ALLOW),
                                        file(Layer.USER, "broken.drl", "rule \"x\" when"))))
                .isInstanceOfSatisfying(
                        Loading.Refused.class,
                        it ->
                                assertThat(it.errors())
                                        .extracting(Diagnostic::file)
                                        .containsExactly("broken.drl"));
    }
}
