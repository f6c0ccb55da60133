package dev.blast.rules;

import static dev.blast.rules.Fixtures.SOMEBODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.checked.NotYet;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.explain.ExplanationText;
import dev.blast.rules.explain.Explanations;
import dev.blast.rules.fact.Violation;
import dev.blast.rules.fact.ViolationKind;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.PolicyFile;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows a violation: the most careful answer of all, and none that takes another back. */
final class ViolationsTest {
    private static final Violation MEMORY = new Violation(ViolationKind.MEMORY, 3, "512 MiB");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    count > 0                | warn, freeze, stop | STOPPED
                    count > 0                | warn, freeze       | FROZEN
                    count > 0                | warn               | RECORDED
                    count >= 3               | stop               | STOPPED
                    count > 3                | stop               | RECORDED
                    kind == MEMORY           | freeze             | FROZEN
                    kind in ( DISK, FILES )  | stop               | RECORDED
                    subject == "512 MiB"     | freeze             | FROZEN
                    subject glob "*:443"     | freeze             | RECORDED
                    """)
    void theMostCarefulAnswerWins(String constraint, String verbs, Outcome outcome) {
        assertThat(judged(Layer.USER, false, constraint, verbs).outcome()).isEqualTo(outcome);
    }

    /** It only narrows, so whose file it is does not matter. */
    @Test
    void aStrangersStopCounts() {
        assertThat(judged(Layer.PROJECT, false, "count > 0", "stop").outcome())
                .isEqualTo(Outcome.STOPPED);
    }

    @Test
    void whatWarnsRidesAlong() {
        Judgement judgement = judged(Layer.USER, true, "kind == MEMORY", "warn, freeze");
        assertThat(judgement.warnings()).extracting(Reason::verb).containsExactly("warn");
        assertThat(judgement.deciding()).extracting(Reason::verb).containsExactly("freeze");
        assertThat(judgement.allowed()).isFalse();
    }

    @Test
    void nothingAnswersMeansThatItIsRecorded() {
        Judgement judgement = Fixtures.policy(Fixtures.shipped()).judge(MEMORY, SOMEBODY);
        assertThat(judgement.outcome()).isEqualTo(Outcome.RECORDED);
        assertThat(judgement.byDefault()).isTrue();
        assertThat(judgement.allowed()).isTrue();
    }

    @Test
    void aRuleThatCannotBeComputedStops() {
        Judgement judgement =
                judged(Layer.USER, true, "$c : count, count > 10 / ( $c - 3 )", "warn");
        assertThat(judgement.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(judgement.failure()).contains("division by zero");
    }

    @Test
    void aWallThatIsGoneStopsByTheShippedRule() {
        var lost = new Violation(ViolationKind.BOUNDARY, 1, "seccomp");
        Judgement judgement = Fixtures.policy(Fixtures.shipped()).judge(lost, SOMEBODY);
        assertThat(judgement.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(judgement.deciding())
                .extracting(Reason::rule)
                .containsExactly("a wall that does not stand");
    }

    @Test
    void itIsExplainedWithTheWayToGoOn() {
        Policy policy = Fixtures.policy(own(Layer.USER, true, "count >= 3", "stop"));
        Explanation explanation = new Explanations(policy, SOMEBODY).of(MEMORY);
        assertThat(ExplanationText.render(explanation))
                .startsWith("STOPPED  violation memory 512 MiB, 3 times        by one rule")
                .contains("because    rule \"r\" policies/own.drl:1", "Violation.count = 3")
                .contains("to go on   take out rule \"r\"", "becomes RECORDED");
    }

    @Test
    void aFreezeWhereAnotherRuleStopsIsNamed() {
        assertThat(
                        Fixtures.said(
                                Fixtures.file(
                                        Layer.USER,
                                        "policies/own.drl",
                                        """
                                        rule "wide" @reason("a") when Violation( count > 1 ) then stop(); end
                                        rule "narrow" @reason("b") when Violation( count > 2 ) then freeze(); end
                                        """)))
                .contains("policies/own.drl:2")
                .contains("\"wide\"");
    }

    @Test
    void kindsWithoutASourceAreSaidToHaveNone() {
        assertThat(Fixtures.said(own(Layer.USER, true, "kind == SYSCALL", "stop")))
                .contains("understood, not yet in force: the kernel tells the program alone");
    }

    @ParameterizedTest
    @EnumSource(ViolationKind.class)
    void theTableOfWhatIsNotInForceSaysTheSame(ViolationKind kind) {
        assertThat(NotYet.about("Violation.kind " + kind).isEmpty()).isEqualTo(kind.isSeen());
    }

    private static Judgement judged(Layer layer, boolean trusted, String constraint, String verbs) {
        return Fixtures.policy(own(layer, trusted, constraint, verbs)).judge(MEMORY, SOMEBODY);
    }

    private static PolicyFile own(Layer layer, boolean trusted, String constraint, String verbs) {
        var says = new StringBuilder();
        for (String verb : verbs.split(", ", -1)) {
            says.append(verb).append("( \"because\" );\n");
        }
        return new PolicyFile(
                layer,
                "policies/own.drl",
                "rule \"r\" @reason(\"we say so\") when Violation( %s ) then %s end\n"
                        .formatted(constraint, says),
                trusted);
    }
}
