package dev.blast.solver;

import dev.blast.index.DistributionFile;
import dev.blast.packaging.EditDistance;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time from which on files are as good as not there ({@code exclude-newer}, as uv has it).
 *
 * @param before files count that were uploaded before it; one whose time is not known does not
 * @param said the time, as the person gave it
 * @param by who said so: the option, or file and line
 */
public record Cutoff(Instant before, String said, String by) {
    private static final Pattern AGO =
            Pattern.compile("(\\d{1,5})\\s*([a-z]+)(?:\\s+ago)?", Pattern.CASE_INSENSITIVE);

    private static final String EXPECTED =
            "expected is a time (2026-01-31T12:00:00Z), a day (2026-01-31, to its end in UTC) or how long ago (30 days, 2 weeks, PT24H)";

    /**
     * Reads a time as people write it.
     *
     * @param now from which a duration counts back
     * @throws IllegalArgumentException for anything else, with what was expected
     */
    public static Cutoff of(String text, String by, Instant now) {
        String said = text.strip();
        try {
            if (said.matches("\\d{4}-\\d\\d-\\d\\d")) {
                Instant end =
                        LocalDate.parse(said).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
                return new Cutoff(end, said, by);
            }
            if (said.matches("\\d{4}-\\d\\d-\\d\\d[Tt ].*")) {
                String time = said.toUpperCase(Locale.ROOT).replace(' ', 'T');
                return new Cutoff(OffsetDateTime.parse(time).toInstant(), said, by);
            }
            if (said.matches("(?i)P(\\d+W|(\\d+D)?(T.*)?)")) {
                Matcher weeks = Pattern.compile("(?i)P(\\d{1,5})W").matcher(said);
                Duration ago =
                        weeks.matches()
                                ? Duration.ofDays(7L * Long.parseLong(weeks.group(1)))
                                : Duration.parse(said);
                return new Cutoff(now.minus(ago), said, by);
            }
            Matcher ago = AGO.matcher(said);
            if (ago.matches()) {
                Duration unit = unit(ago.group(2).toLowerCase(Locale.ROOT), said);
                return new Cutoff(
                        now.minus(unit.multipliedBy(Long.parseLong(ago.group(1)))), said, by);
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "'%s' is no time that there is; %s".formatted(said, EXPECTED), e);
        }
        throw new IllegalArgumentException("'%s' is no time; %s".formatted(said, EXPECTED));
    }

    private static Duration unit(String word, String said) {
        return switch (word) {
            case "s", "sec", "secs", "second", "seconds" -> Duration.ofSeconds(1);
            case "m", "min", "mins", "minute", "minutes" -> Duration.ofMinutes(1);
            case "h", "hr", "hrs", "hour", "hours" -> Duration.ofHours(1);
            case "d", "day", "days" -> Duration.ofDays(1);
            case "w", "week", "weeks" -> Duration.ofDays(7);
            case "month", "months", "mo", "year", "years", "y" ->
                    throw new IllegalArgumentException(
                            "'%s': months and years differ in length; say days or weeks"
                                    .formatted(said));
            default ->
                    throw new IllegalArgumentException(
                            "'%s': there is no unit '%s'%s; %s"
                                    .formatted(said, word, nearest(word), EXPECTED));
        };
    }

    private static String nearest(String word) {
        for (String unit : List.of("seconds", "minutes", "hours", "days", "weeks")) {
            if (EditDistance.of(word, unit) <= 2) {
                return " (did you mean '%s'?)".formatted(unit);
            }
        }
        return "";
    }

    /** Those that count. */
    public List<DistributionFile> among(List<DistributionFile> files) {
        return files.stream()
                .filter(file -> file.uploadTime() != null && file.uploadTime().isBefore(before))
                .toList();
    }
}
