package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Distribution;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.vocabulary.Outcome;
import dev.blast.rules.vocabulary.Records;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules that would never come to an end are broken off, and that is a deny. */
@Timeout(60)
final class LimitsTest {
    private static final List<Distribution> MANY =
            IntStream.range(0, 400)
                    .mapToObj(i ->
                            new Distribution(
                                    new PackageName("p" + i), Version.parse("1"), false, null))
                    .toList();

    private static final Context CROWDED = new Context(Fixtures.SOMEBODY.session(), MANY);
    private static final Connection API = Connection.to("api.example", 443, false);

    @Test
    void everyCombinationOfThreeIsTooMany() {
        Judgement judgement =
                Fixtures.policy(
                                """
                                rule "ok" when Connection( ) then allow(); end
                                rule "all" when Connection( ) Distribution( ) Distribution( ) Distribution( ) then allow(); end
                                """)
                        .judge(API, CROWDED);
        assertThat(judgement.outcome()).isEqualTo(Outcome.DENIED);
        assertThat(judgement.failure())
                .isEqualTo("the rules were broken off after 500,000 attempts to match");
        assertThat(judgement.byDefault()).isFalse();
    }

    @Test
    void soManyAnswersAreTooMany() {
        Judgement judgement =
                Fixtures.policy(
                                "rule \"all\" when Connection( ) Distribution( ) Distribution( ) then allow(); end")
                        .judge(API, CROWDED);
        assertThat(judgement.failure()).isEqualTo("the rules were broken off after 20,000 answers");
    }

    @Test
    void aValueThatIsNotThereIsNoAnswer() {
        Policy policy =
                Fixtures.policy(
                        """
                        rule "s" when Session( ) Distribution( $g : group ) then setVariable( "GROUP", $g ); end
                        rule "d" when Candidate( $age : ageDays, ageDays > 1 / $age ) then allow(); end
                        """);
        assertThat(
                        policy.judge(
                                (dev.blast.rules.fact.Candidate)
                                        Records.with(Fixtures.candidate("x", "1"), "ageDays", 0L),
                                CROWDED))
                .extracting(Judgement::outcome, Judgement::failure)
                .containsExactly(Outcome.DENIED, "a division by zero in rule \"d\" (test.drl:2)");
        Policy points =
                Fixtures.policy(
                        "rule \"p\" when Candidate( $a : ageDays ) then prefer( $a * 1000 + 0.5 ); end");
        assertThat(
                        points.judge(
                                (dev.blast.rules.fact.Candidate)
                                        Records.with(Fixtures.candidate("x", "1"), "ageDays", 7L),
                                CROWDED))
                .extracting(Judgement::outcome, Judgement::failure)
                .containsExactly(
                        Outcome.DENIED,
                        "prefer: a whole number is needed, not 7000.5 in rule \"p\" (test.drl:1)");
    }

    @Test
    void longAnswersAreTooLong() {
        String holes = "${$h}${$a}${$b}".repeat(200);
        Judgement judgement =
                Fixtures.policy(
                                """
                                rule "long" when
                                    Connection( $h : host ) Distribution( $a : name ) Distribution( $b : name )
                                then warn( "%s" ); end
                                """
                                        .formatted(holes))
                        .judge(API, CROWDED);
        assertThat(judgement.failure())
                .isEqualTo("the rules were broken off after 2,000,000 characters of answers");
    }

    @Test
    void aTextIsNoLongerThanWhatPeopleRead() {
        Judgement judgement =
                Fixtures.policy(
                                "rule \"l\" when Candidate( $l : license ) then warn( \"${$l}\" ); end")
                        .judge(
                                (dev.blast.rules.fact.Candidate)
                                        Records.with(
                                                Fixtures.candidate("x", "1"),
                                                "license",
                                                "MIT ".repeat(500_000)),
                                CROWDED);
        assertThat(judgement.warnings())
                .singleElement()
                .satisfies(it -> assertThat(it.text()).hasSize(4_097).endsWith("…"));
    }

    /** What is tried to explain, or to see what cases cover, ends like an evaluation does. */
    @Test
    void explainingEndsToo() {
        Policy policy =
                Fixtures.policy(
                        """
                        rule "ok" when Connection( port == 1 ) not ( Distribution( ) and Distribution( ) and Distribution( direct == true ) ) then allow(); end
                        rule "by zero" when Connection( $p : port, port == 1, port == 1 / ( $p - $p ) ) then allow(); end
                        """);
        assertThat(new Explanations(policy, CROWDED).of(API).judgement().outcome())
                .isEqualTo(Outcome.DENIED);
    }

    /** A list that somebody else keeps may be long. */
    @Test
    void tenThousandRulesLoadAndDecide() {
        List<PolicyFile> files =
                IntStream.range(0, 10)
                        .mapToObj(file ->
                                Fixtures.file(
                                        Layer.USER, file + ".drl", thousandRules(file * 1000)))
                        .toList();
        Policy policy = Fixtures.policy(files);
        assertThat(policy.rules()).hasSize(10_000);
        Judgement judgement =
                policy.judge(Connection.to("h7007.example", 443, false), Fixtures.SOMEBODY);
        assertThat(judgement.deciding())
                .extracting(it -> it.origin().toString())
                .containsExactly("7.drl:8");
    }

    private static String thousandRules(int from) {
        return IntStream.range(from, from + 1000)
                .mapToObj(
                        "rule \"%1$d\" when Connection( host == \"h%1$d.example\" ) then deny(); end%n"
                                ::formatted)
                .collect(Collectors.joining());
    }
}
