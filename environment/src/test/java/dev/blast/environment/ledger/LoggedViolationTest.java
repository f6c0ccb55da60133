package dev.blast.environment.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.environment.Lines;
import dev.blast.rules.fact.Violation;
import dev.blast.rules.fact.ViolationKind;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Outcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoggedViolationTest {
    private static final Instant NINE = Instant.parse("2026-11-30T09:00:00Z");
    private static final Reason REASON =
            new Reason(
                    new Origin("a\nb.drl", 1, 2), "no \"knocking\"", Layer.PROJECT, "stop", "a\nb");

    private static LoggedViolation violation(Outcome outcome, long count) {
        return new LoggedViolation(
                ViolationKind.CONNECT,
                "/tmp/a\nb \\n\r.sock",
                count,
                NINE,
                NINE.plusSeconds(count),
                outcome,
                outcome == Outcome.RECORDED ? List.of() : List.of(REASON),
                List.of(REASON),
                null,
                null);
    }

    @Test
    void foreignTextComesBackAsItWas() {
        LoggedViolation it = violation(Outcome.STOPPED, 3);
        assertThat(LoggedViolation.of(Lines.parse(it.text()))).isEqualTo(it);
    }

    /** By what it ended says nothing against what rules said. */
    @Test
    void byWhatItEndedIsKeptBesideWhatWasSaid() {
        LoggedViolation frozen = violation(Outcome.FROZEN, 3);
        LoggedViolation end =
                LoggedViolation.ended(
                        new Violation(frozen.kind(), 3, frozen.subject()),
                        "SIGINT",
                        NINE.plusSeconds(60));
        LoggedViolation both = frozen.and(end);
        assertThat(both.outcome()).isEqualTo(Outcome.FROZEN);
        assertThat(both.deciding()).containsExactly(REASON);
        assertThat(both.warnings()).containsExactly(REASON);
        assertThat(both.count()).isEqualTo(3);
        assertThat(both.last()).isEqualTo(NINE.plusSeconds(60));
        assertThat(both.ending()).isEqualTo("SIGINT");
        assertThat(LoggedViolation.of(Lines.parse(both.text()))).isEqualTo(both);
        assertThat(both.and(violation(Outcome.FROZEN, 4)).ending()).isEqualTo("SIGINT");
    }

    @ParameterizedTest
    @CsvSource({
        "RECORDED, STOPPED, STOPPED",
        "STOPPED, RECORDED, STOPPED",
        "FROZEN, RECORDED, FROZEN",
        "RECORDED, RECORDED, RECORDED"
    })
    void theMostCarefulAnswerIsKept(Outcome first, Outcome then, Outcome kept) {
        LoggedViolation both = violation(first, 2).and(violation(then, 5));
        assertThat(both.outcome()).isEqualTo(kept);
        assertThat(both.deciding()).hasSize(kept == Outcome.RECORDED ? 0 : 1);
        assertThat(both.count()).isEqualTo(5);
        assertThat(both.first()).isEqualTo(NINE);
        assertThat(both.last()).isEqualTo(NINE.plusSeconds(5));
    }
}
