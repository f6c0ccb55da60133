package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.StrategyDefinition;
import org.junit.jupiter.api.Test;

/** What is understood and has no effect is never passed over in silence. */
final class NotYetTest {
    private static final String DENIES =
            """
            rule "no copyleft"
            when
                Candidate( $l : license )
                Companion( license == $l, name == "other" )
            then
                deny( "${$l}" );
            end
            """;
    private static final String STEERS =
            """
            rule "while installing"
            when
                Session( purpose == INSTALL )
            then
                temporary( "/x", "1 MiB" );
            end
            """;

    @Test
    void pointsByLicenseAreSaidToHaveNoEffect() {
        assertThat(
                        Fixtures.said(
                                own(
                                        """
                                        rule "ours"
                                        when
                                            Candidate( license == "MIT" )
                                        then
                                            prefer( 3 );
                                        end
                                        """)))
                .contains(
                        "own.drl:5:5: warning: 'prefer' by license is understood, not yet in force: versions are put in order before their licenses are read");
    }

    @Test
    void soIsTheLicenseOfTwo() {
        assertThat(
                        Fixtures.said(
                                own(
                                        """
                                        rule "apart"
                                        when
                                            Candidate( license == "MIT" )
                                            Companion( license == "GPL" )
                                        then
                                            deny( "no" );
                                        end
                                        """)))
                .contains("own.drl:3:16: warning: 'Companion.license' is understood")
                .contains("own.drl:4:16: warning: 'Companion.license' is understood");
    }

    @Test
    void aFieldThatIsNotFilledIsSaidWithItsPlace() {
        assertThat(Fixtures.said(own(DENIES)))
                .contains(
                        "policies/own.drl:3:21: warning: 'Companion.license' is understood, not yet in force: a sync asks")
                .contains("policies/own.drl:4:16: warning: 'Companion.license' is understood");
    }

    @Test
    void soAreChoices() {
        assertThat(Fixtures.said(own(STEERS)))
                .contains("understood, not yet in force: nothing runs for it");
    }

    @Test
    void everybodySeesWhatMayNotNarrow() {
        assertThat(Fixtures.policy(own(DENIES)).withoutEffect()).hasSize(2);
        assertThat(Fixtures.policy(own(STEERS)).withoutEffect()).isEmpty();
    }

    @Test
    void aStrategyWithMorePlacesThanCanBeWeighedIsRefused() throws PolicyException {
        var rules = new StringBuilder();
        for (int place = 1; place <= StrategyDefinition.MOST_PLACES + 1; place++) {
            rules.append(
                    "rule \"%d\" when Strategy( name == \"deep\" ) then rank( %d, \"newest\" ); end%n"
                            .formatted(place, place * 10));
        }
        StrategyDefinition deep =
                Fixtures.policy(own(rules.toString())).define("deep", Fixtures.SOMEBODY);
        assertThatThrownBy(deep::weighed)
                .hasMessage(
                        "strategy 'deep' ranks in 13 places, and 12 can be weighed; place 130 is one too many (policies/own.drl:13)");
    }

    private static PolicyFile own(String text) {
        return Fixtures.file(Layer.USER, "policies/own.drl", text);
    }
}
