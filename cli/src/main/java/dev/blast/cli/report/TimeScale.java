package dev.blast.cli.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The time of a run as the width of a picture: places in hundredths of it, and words. */
record TimeScale(Instant began, Duration length) {
    private static final long MOST_TICKS = 6;
    private static final double LAST_TICK = 0.85;
    private static final List<Long> STEPS =
            List.of(
                    10L,
                    20L,
                    50L,
                    100L,
                    200L,
                    500L,
                    1_000L,
                    2_000L,
                    5_000L,
                    10_000L,
                    20_000L,
                    60_000L,
                    120_000L,
                    300_000L,
                    600_000L,
                    1_200_000L,
                    3_600_000L,
                    7_200_000L,
                    21_600_000L,
                    43_200_000L,
                    86_400_000L);

    static TimeScale of(Instant began, Instant ended) {
        Duration length = Duration.between(began, ended);
        return new TimeScale(began, length.toMillis() < 1 ? Duration.ofMillis(1) : length);
    }

    /** From 0 to 100. */
    double place(Instant at) {
        double part = (double) Duration.between(began, at).toNanos() / length.toNanos();
        return Math.clamp(100 * part, 0, 100);
    }

    static String percent(double place) {
        return String.format(Locale.ROOT, "%.2f%%", place);
    }

    /** Since the beginning. */
    String words(Instant at) {
        return words(Duration.between(began, at));
    }

    /**
     * {@code 0.42 s}, {@code 42.0 s}, {@code 12:03}, {@code 3:12:03}: as exact as the whole is
     * long.
     */
    String words(Duration time) {
        Duration shown = time.isNegative() ? Duration.ZERO : time;
        double seconds = shown.toMillis() / 1e3;
        if (length.toMillis() < 10_000) {
            return String.format(Locale.ROOT, "%.2f s", seconds);
        }
        if (length.toSeconds() < 120) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return shown.toHours() == 0
                ? String.format(
                        Locale.ROOT, "%d:%02d", shown.toMinutesPart(), shown.toSecondsPart())
                : String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        shown.toHours(),
                        shown.toMinutesPart(),
                        shown.toSecondsPart());
    }

    /** Round times, the beginning first; none so late that its words would not fit. */
    List<Instant> ticks() {
        long millis = length.toMillis();
        long longest = STEPS.getLast();
        long step =
                STEPS.stream()
                        .filter(it -> millis / it < MOST_TICKS)
                        .findFirst()
                        .orElse((millis / MOST_TICKS / longest + 1) * longest);
        var ticks = new ArrayList<Instant>();
        for (long at = 0; at <= millis * LAST_TICK; at += step) {
            ticks.add(began.plusMillis(at));
        }
        return ticks;
    }
}
