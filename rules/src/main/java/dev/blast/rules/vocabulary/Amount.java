package dev.blast.rules.vocabulary;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amounts with a unit, as texts: {@code "64 KiB"}, {@code "5 MB/s"}, {@code "7 days"}, {@code "1.5
 * cpus"}.
 */
final class Amount {
    private static final Pattern WRITTEN =
            Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?) ?([A-Za-z/]+)");

    /** Bytes; decimal and binary multiples. */
    private static final Map<String, Long> SIZES =
            Map.of(
                    "B",
                    1L,
                    "kB",
                    1_000L,
                    "KB",
                    1_000L,
                    "MB",
                    1_000_000L,
                    "GB",
                    1_000_000_000L,
                    "TB",
                    1_000_000_000_000L,
                    "KiB",
                    1L << 10,
                    "MiB",
                    1L << 20,
                    "GiB",
                    1L << 30,
                    "TiB",
                    1L << 40);

    /** Seconds. */
    private static final Map<String, Long> DURATIONS =
            Map.ofEntries(
                    Map.entry("s", 1L),
                    Map.entry("second", 1L),
                    Map.entry("seconds", 1L),
                    Map.entry("min", 60L),
                    Map.entry("minute", 60L),
                    Map.entry("minutes", 60L),
                    Map.entry("h", 3_600L),
                    Map.entry("hour", 3_600L),
                    Map.entry("hours", 3_600L),
                    Map.entry("day", 86_400L),
                    Map.entry("days", 86_400L));

    /** Thousandths of one processor. */
    private static final Map<String, Long> SHARES = Map.of("cpu", 1_000L, "cpus", 1_000L);

    private Amount() {}

    static BigDecimal size(String text) {
        return read(text, SIZES, "", "a size (B kB MB GB TB KiB MiB GiB TiB)");
    }

    static BigDecimal rate(String text) {
        return read(text, SIZES, "/s", "a rate");
    }

    static BigDecimal duration(String text) {
        return read(text, DURATIONS, "", "a duration (s min h days)");
    }

    static BigDecimal share(String text) {
        return read(text, SHARES, "", "a share of processors");
    }

    /** How the units of a type are written, the smallest first; none of what has no units. */
    static List<String> units(Type type) {
        return switch (type) {
            case SIZE -> sorted(SIZES, "");
            case RATE -> sorted(SIZES, "/s");
            case DURATION -> sorted(DURATIONS, "");
            case SHARE -> sorted(SHARES, "");
            default -> List.of();
        };
    }

    private static List<String> sorted(Map<String, Long> units, String suffix) {
        return units.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue()
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(unit -> unit.getKey() + suffix)
                .toList();
    }

    private static BigDecimal read(
            String text, Map<String, Long> units, String suffix, String expected) {
        Matcher matcher = WRITTEN.matcher(text);
        Long unit =
                matcher.matches() && matcher.group(2).endsWith(suffix)
                        ? units.get(
                                matcher.group(2)
                                        .substring(0, matcher.group(2).length() - suffix.length()))
                        : null;
        if (unit == null) {
            throw new IllegalArgumentException("'" + text + "' is not " + expected);
        }
        return new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
    }
}
