package dev.blast.cli.command;

import dev.blast.solver.Cutoff;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;

/** From when on, as people say it: with {@link Cutoff}'s words, and those of a local calendar. */
final class Since {
    private static final String EXPECTED =
            "expected is how long ago (30 min, 2h, 3 days), a time of day (14:02), a day (2026-01-31), a time (2026-01-31T12:00:00Z), today or yesterday";

    private Since() {}

    /**
     * Reads it.
     *
     * @param now in the zone of whoever says it; a time of day that is still to come is yesterday's
     * @throws IllegalArgumentException with what was expected
     */
    static Instant of(String text, ZonedDateTime now) {
        String said = text.strip();
        try {
            if (said.equals("today")) {
                return begin(now.toLocalDate(), now);
            }
            if (said.equals("yesterday")) {
                return begin(now.toLocalDate().minusDays(1), now);
            }
            if (said.matches("\\d{4}-\\d\\d-\\d\\d")) {
                return begin(LocalDate.parse(said), now);
            }
            if (said.matches("\\d\\d:\\d\\d(:\\d\\d)?")) {
                ZonedDateTime time = now.with(LocalTime.parse(said));
                return (time.isAfter(now) ? time.minusDays(1) : time).toInstant();
            }
            return Cutoff.of(said, "", now.toInstant()).before();
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException("'%s' is no time; %s".formatted(said, EXPECTED), e);
        }
    }

    private static Instant begin(LocalDate day, ZonedDateTime now) {
        return day.atStartOfDay(now.getZone()).toInstant();
    }
}
