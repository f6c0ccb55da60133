package dev.blast.environment.ledger;

import dev.blast.environment.Lines;
import dev.blast.environment.change.KeptReason;
import dev.blast.rules.fact.Violation;
import dev.blast.rules.fact.ViolationKind;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one run ran into, as often as it was told, and the most careful answer of rules.
 *
 * @param count at least 1
 * @param last when it was told for the last time
 * @param deciding the answers that made the outcome; none where it is only recorded
 * @param failure why rules could not be asked; null where they could
 * @param ending by what the session ended while it was frozen for this; null where it did not
 */
public record LoggedViolation(
        ViolationKind kind,
        String subject,
        long count,
        Instant first,
        Instant last,
        Outcome outcome,
        List<Reason> deciding,
        List<Reason> warnings,
        @Nullable String failure,
        @Nullable String ending) {

    public LoggedViolation {
        deciding = List.copyOf(deciding);
        warnings = List.copyOf(warnings);
    }

    /** As it was told now. */
    public static LoggedViolation of(Violation violation, Judgement judgement, Instant at) {
        return new LoggedViolation(
                violation.kind(),
                violation.subject(),
                violation.count(),
                at,
                at,
                judgement.outcome(),
                judgement.deciding(),
                judgement.warnings(),
                judgement.failure(),
                null);
    }

    /** That the session ended now, while it was frozen for this. */
    public static LoggedViolation ended(Violation violation, String by, Instant at) {
        return new LoggedViolation(
                violation.kind(),
                violation.subject(),
                violation.count(),
                at,
                at,
                Outcome.RECORDED,
                List.of(),
                List.of(),
                null,
                by);
    }

    /** The same, where something else was done than rules say. */
    public LoggedViolation as(Outcome done) {
        return new LoggedViolation(
                kind, subject, count, first, last, done, deciding, warnings, failure, ending);
    }

    boolean isAbout(LoggedViolation other) {
        return kind == other.kind && subject.equals(other.subject);
    }

    /** With what was told later of the same. */
    LoggedViolation and(LoggedViolation later) {
        LoggedViolation careful = later.outcome.compareTo(outcome) >= 0 ? later : this;
        return new LoggedViolation(
                kind,
                subject,
                Math.max(count, later.count),
                first,
                later.last,
                careful.outcome,
                careful.deciding,
                later.warnings.isEmpty() ? warnings : later.warnings,
                careful.failure,
                later.ending == null ? ending : later.ending);
    }

    String text() {
        var text =
                new Lines.Writer()
                        .add("kind", kind.name())
                        .add("subject", subject)
                        .add("count", Long.toString(count))
                        .add("first", first.toString())
                        .add("last", last.toString())
                        .add("outcome", outcome.name());
        deciding.forEach(it -> text.add("deciding", KeptReason.text(it)));
        warnings.forEach(it -> text.add("warning", KeptReason.text(it)));
        if (failure != null) {
            text.add("failure", failure);
        }
        if (ending != null) {
            text.add("ending", ending);
        }
        return text.text();
    }

    /**
     * What {@link #text} wrote.
     *
     * @throws IllegalArgumentException where it was not
     * @throws java.time.DateTimeException where a time is none
     */
    static LoggedViolation of(Lines lines) {
        return new LoggedViolation(
                ViolationKind.valueOf(lines.one("kind")),
                lines.one("subject"),
                Long.parseLong(lines.one("count")),
                Instant.parse(lines.one("first")),
                Instant.parse(lines.one("last")),
                Outcome.valueOf(lines.one("outcome")),
                lines.all("deciding").stream().map(KeptReason::of).toList(),
                lines.all("warning").stream().map(KeptReason::of).toList(),
                lines.all("failure").stream().findFirst().orElse(null),
                lines.all("ending").stream().findFirst().orElse(null));
    }
}
