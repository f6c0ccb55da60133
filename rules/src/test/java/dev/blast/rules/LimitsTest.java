package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.fact.Distribution;
import java.util.List;
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
                .containsExactly(Outcome.DENIED, "a division by zero");
        Policy amounts =
                Fixtures.policy("rule \"m\" when Session( ) then limitProcesses( 1.5 - 3 ); end");
        assertThatThrownBy(() -> amounts.sandbox(CROWDED))
                .isInstanceOf(PolicyException.class)
                .hasMessage("an amount must be between 0 and 2^63, found -1.5");
    }
}
