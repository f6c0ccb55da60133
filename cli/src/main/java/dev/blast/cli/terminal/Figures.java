package dev.blast.cli.terminal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * Amounts as people read them: durations with two figures, sizes with three, counts with a comma
 * per thousand.
 */
public final class Figures {
    private static final String[] DECIMAL = {"bytes", "kB", "MB", "GB", "TB"};
    private static final String[] BINARY = {"bytes", "KiB", "MiB", "GiB", "TiB"};

    private Figures() {}

    /**
     * {@code 42 ms}, {@code 0.31 s}, {@code 1.9 s}, {@code 14 s}, {@code 2.5 min}, {@code 3.1 h},
     * {@code 12 days}.
     */
    public static String duration(Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        if (seconds < 0.0995) {
            return round(seconds * 1000, 2) + " ms";
        }
        if (seconds < 99.5) {
            return round(seconds, 2) + " s";
        }
        if (seconds < 99.5 * 60) {
            return round(seconds / 60, 2) + " min";
        }
        double hours = seconds / 3600;
        return hours < 48 ? round(hours, 2) + " h" : round(hours / 24, 2) + " days";
    }

    /** Files and downloads: powers of a thousand. */
    public static String size(long bytes) {
        return scaled(bytes, 1000, DECIMAL);
    }

    /** Memory: powers of 1024. */
    public static String memory(long bytes) {
        return scaled(bytes, 1024, BINARY);
    }

    /** {@code 3,912}. */
    public static String count(long number) {
        String digits = Long.toString(number);
        var text = new StringBuilder(digits);
        for (int at = digits.length() - 3; at > (number < 0 ? 1 : 0); at -= 3) {
            text.insert(at, ',');
        }
        return text.toString();
    }

    /** {@code 1 package}, {@code 41 packages}. */
    public static String count(long number, String noun) {
        String plural =
                noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
        return count(number) + " " + (number == 1 ? noun : plural);
    }

    private static String scaled(long bytes, int step, String[] units) {
        double amount = bytes;
        int unit = 0;
        while (amount >= step && unit < units.length - 1) {
            amount /= step;
            unit++;
        }
        return (unit == 0 ? Long.toString(bytes) : round(amount, 3)) + " " + units[unit];
    }

    private static String round(double amount, int figures) {
        BigDecimal rounded =
                new BigDecimal(amount).round(new MathContext(figures, RoundingMode.HALF_UP));
        int decimals = Math.max(0, figures - rounded.precision() + rounded.scale());
        rounded = rounded.setScale(amount == 0 ? 0 : decimals, RoundingMode.UNNECESSARY);
        return rounded.toPlainString();
    }
}
