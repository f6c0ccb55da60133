package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.source.Layer;
import dev.blast.rules.trial.TestFile;
import dev.blast.rules.trial.UntestedRules;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UntestedRulesTest {
    private static final String RULES =
            """
            rule "open" when Connection( port == 443 ) then allow(); end
            rule "closed" when Connection( port == 80 ) then deny( "no" ); end
            """;

    private static final String CASES =
            """
            [[case]]
            ask    = { Connection = { host = "a.example", port = 443 } }
            expect = "allow"
            """;

    @Test
    void aRuleThatNoCaseFiresIsNamed() {
        assertThat(untested(List.of(new TestFile("own.test.toml", CASES))))
                .isEqualTo(
                        """
                        own.drl:2:1: warning: no case fires rule "closed"
                           2 | rule "closed" when Connection( port == 80 ) then deny( "no" ); end
                             | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ write a case in which it answers
                        """);
    }

    @Test
    void aFileWithoutCasesIsNamedOnce() {
        assertThat(untested(List.of()))
                .isEqualTo(
                        """
                        own.drl:1:1: warning: no case tries the rules of this file
                           1 | rule "open" when Connection( port == 443 ) then allow(); end
                             | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ write cases in own.test.toml
                        """);
    }

    @Test
    void otherLayersAreNotLookedAt() {
        assertThat(
                        UntestedRules.of(
                                Layer.PROJECT,
                                List.of(Fixtures.file(Layer.USER, "own.drl", RULES)),
                                List.of()))
                .isEmpty();
    }

    private static String untested(List<TestFile> tests) {
        return Fixtures.rendered(
                UntestedRules.of(
                        Layer.USER, List.of(Fixtures.file(Layer.USER, "own.drl", RULES)), tests));
    }
}
