package dev.blast.environment.ledger;

import dev.blast.environment.Lines;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one run tried to reach, and what it ran into.
 *
 * @param number counts the runs of an environment that tried anything
 * @param ended null where it goes on, or ended without a word
 * @param command as it was typed, with {@code blast run}
 * @param attempts in the order of their first times
 * @param others attempts that were too many to be told one by one
 * @param violations in the order of their first times
 */
public record LoggedRun(
        int number,
        Instant began,
        @Nullable Instant ended,
        String command,
        List<LoggedAttempt> attempts,
        long others,
        List<LoggedViolation> violations) {

    public LoggedRun {
        attempts = List.copyOf(attempts);
        violations = List.copyOf(violations);
    }

    /** The same with some of it; what is not known one by one is left out. */
    public LoggedRun only(
            Predicate<LoggedAttempt> wanted, Predicate<LoggedViolation> wantedViolations) {
        return new LoggedRun(
                number,
                began,
                ended,
                command,
                attempts.stream().filter(wanted).toList(),
                0,
                violations.stream().filter(wantedViolations).toList());
    }

    public boolean isEmpty() {
        return attempts.isEmpty() && violations.isEmpty() && others == 0;
    }

    String text() {
        var text = new Lines.Writer().add("began", began.toString());
        if (ended != null) {
            text.add("ended", ended.toString());
        }
        text.add("command", command).add("others", Long.toString(others));
        attempts.forEach(it -> text.add("attempt", it.text()));
        violations.forEach(it -> text.add("violation", it.text()));
        return text.text();
    }

    /**
     * What {@link #text} wrote.
     *
     * @throws IllegalArgumentException where it was not
     * @throws java.time.DateTimeException where a time is none
     */
    static LoggedRun of(int number, String text) {
        Lines lines = Lines.parse(text);
        Optional<String> ended = lines.all("ended").stream().findFirst();
        return new LoggedRun(
                number,
                Instant.parse(lines.one("began")),
                ended.map(Instant::parse).orElse(null),
                lines.one("command"),
                lines.all("attempt").stream().map(Lines::parse).map(LoggedAttempt::of).toList(),
                Long.parseLong(lines.one("others")),
                lines.all("violation").stream()
                        .map(Lines::parse)
                        .map(LoggedViolation::of)
                        .toList());
    }
}
