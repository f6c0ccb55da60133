package dev.blast.rules.checked;

import dev.blast.rules.vocabulary.Nearest;
import dev.blast.rules.vocabulary.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which amount was meant by a text that is none: with a unit as other tools write it, or without.
 */
final class IntendedAmount {
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?) *(.*)");

    /** To one letter every unit is near, and to parts of a second a second. */
    private static final Pattern NO_MISSPELLING = Pattern.compile(".?|[mun]s");

    /** A number of so many digits without a unit was counted in the smallest one. */
    private static final int DIGITS_OF_BYTES = 6;

    /** In small letters, as container runtimes, service managers and shells have them. */
    private static final Map<String, String> SIZES =
            Map.ofEntries(
                    Map.entry("k", "KiB"),
                    Map.entry("m", "MiB"),
                    Map.entry("g", "GiB"),
                    Map.entry("t", "TiB"),
                    Map.entry("ki", "KiB"),
                    Map.entry("mi", "MiB"),
                    Map.entry("gi", "GiB"),
                    Map.entry("ti", "TiB"));

    private static final Map<String, String> DURATIONS =
            Map.ofEntries(
                    Map.entry("sec", "s"),
                    Map.entry("secs", "s"),
                    Map.entry("m", "min"),
                    Map.entry("mins", "min"),
                    Map.entry("hr", "h"),
                    Map.entry("hrs", "h"),
                    Map.entry("d", "days"));

    private static final Map<String, String> SHARES = Map.of("core", "cpus", "cores", "cpus");

    private static final Pattern BITS = Pattern.compile("([kKMmGg]?)(?:bits?/s(?:ec)?|bps|b/s)");
    private static final Pattern BYTES = Pattern.compile("([kKMmGgTt]i?)B?(?:ps|/s(?:ec)?|)");

    private IntendedAmount() {}

    /** The amount with its number as it was meant; empty where nobody knows. */
    static Optional<String> of(Type type, String text) {
        Matcher it = WRITTEN.matcher(text.strip());
        if (!it.matches()) {
            return Optional.empty();
        }
        String number = it.group(1);
        String unit = it.group(2).strip();
        return switch (type) {
            case SIZE -> unit(number, unit, type.units(), SIZES);
            case DURATION -> unit(number, unit, type.units(), DURATIONS);
            case RATE -> rate(number, unit, type.units());
            case SHARE -> share(number, unit, type.units());
            default -> Optional.empty();
        };
    }

    private static Optional<String> unit(
            String number, String unit, List<String> units, Map<String, String> others) {
        return units.stream()
                .filter(unit::equalsIgnoreCase)
                .findFirst()
                .or(() -> Optional.ofNullable(others.get(unit.toLowerCase(Locale.ROOT))))
                .or(() ->
                        NO_MISSPELLING.matcher(unit).matches()
                                ? Optional.empty()
                                : Nearest.to(unit, units))
                .map(right -> number + " " + right);
    }

    /** Networks are sold in bits, of which eight are a byte. */
    private static Optional<String> rate(String number, String unit, List<String> units) {
        Matcher bits = BITS.matcher(unit);
        if (bits.matches()) {
            BigDecimal bytes = new BigDecimal(number).divide(BigDecimal.valueOf(8));
            return Optional.of(
                    "%s %sB/s"
                            .formatted(
                                    bytes.stripTrailingZeros().toPlainString(),
                                    prefix(bits.group(1))));
        }
        Matcher bytes = BYTES.matcher(unit);
        return bytes.matches()
                ? Optional.of("%s %sB/s".formatted(number, prefix(bytes.group(1))))
                : unit(number, unit, units, Map.of());
    }

    private static String prefix(String written) {
        String large = written.toUpperCase(Locale.ROOT).replace('I', 'i');
        return large.equals("K") ? "k" : large;
    }

    /** Other tools have percents of one processor, and thousandths. */
    private static Optional<String> share(String number, String unit, List<String> units) {
        BigDecimal amount = new BigDecimal(number);
        return switch (unit) {
            case "" -> Optional.of(cpus(amount));
            case "%" -> Optional.of(cpus(amount.movePointLeft(2)));
            case "m" -> Optional.of(cpus(amount.movePointLeft(3)));
            default -> unit(number, unit, units, SHARES);
        };
    }

    private static String cpus(BigDecimal amount) {
        BigDecimal plain = amount.stripTrailingZeros();
        return plain.toPlainString() + (plain.compareTo(BigDecimal.ONE) == 0 ? " cpu" : " cpus");
    }

    /** The same number with units that there are, for a number without one. */
    static Optional<String> withUnits(Type type, String digits) {
        if (!digits.matches("[0-9]+(\\.[0-9]+)?")) {
            return Optional.empty();
        }
        return switch (type) {
            case SIZE ->
                    Optional.of(
                            digits.length() < DIGITS_OF_BYTES
                                    ? "write its unit: \"%1$s MiB\" or \"%1$s GB\""
                                            .formatted(digits)
                                    : "write its unit: \"%s B\"".formatted(digits));
            case RATE ->
                    Optional.of(
                            digits.length() < DIGITS_OF_BYTES
                                    ? "write its unit: \"%1$s kB/s\" or \"%1$s MB/s\""
                                            .formatted(digits)
                                    : "write its unit: \"%s B/s\"".formatted(digits));
            case DURATION ->
                    Optional.of("write its unit: \"%1$s s\" or \"%1$s min\"".formatted(digits));
            default -> Optional.empty();
        };
    }
}
