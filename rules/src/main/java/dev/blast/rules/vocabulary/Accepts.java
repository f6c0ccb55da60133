package dev.blast.rules.vocabulary;

import dev.blast.rules.source.Excerpt;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an argument of a verb must be beyond its type. Looked at when a file is loaded where the
 * argument is a literal, and when a rule answers.
 */
@FunctionalInterface
public interface Accepts {
    Accepts ANYTHING = _ -> Optional.empty();

    /** Sums of them stay far from the ends of their type. */
    Accepts POINTS = whole(-1_000_000, 1_000_000);

    /** Nothing is let go for nothing. */
    Accepts PRICE = whole(1, 1_000_000);

    Accepts PLACE = whole(1, 1_000);

    Accepts WEIGHT =
            value ->
                    within(
                            (BigDecimal) value,
                            new BigDecimal("0.001"),
                            BigDecimal.valueOf(1_000_000));

    /** As many as there may be: with none nothing could start. */
    Accepts COUNT = whole(1, Integer.MAX_VALUE);

    /** With nothing at all nothing could start either. */
    Accepts AMOUNT =
            value -> within((BigDecimal) value, BigDecimal.ONE, BigDecimal.valueOf(Long.MAX_VALUE));

    /** environ(7): anything that ends at the first {@code =}. */
    Accepts VARIABLE = matching("[^=\\s\\p{Cntrl}*]+", "a name of an environment variable");

    Accepts VARIABLES =
            matching("[^=\\s\\p{Cntrl}]+", "a name of environment variables, * for any characters");

    /** The kernel ends a text at the first NUL. */
    Accepts VARIABLE_VALUE =
            value ->
                    ((String) value).indexOf('\0') < 0
                            ? Optional.empty()
                            : Optional.of("no value may hold the character U+0000");

    Accepts SYSCALL =
            value -> {
                String name = (String) value;
                if (SyscallNames.ALL.contains(name)) {
                    return Optional.empty();
                }
                return Optional.of(
                        "'%s' is no system call and no group of them; %s"
                                .formatted(
                                        Excerpt.beginning(name, 40),
                                        Nearest.or(
                                                name,
                                                SyscallNames.ALL,
                                                "groups: "
                                                        + String.join(" ", SyscallGroup.names()))));
            };

    Accepts NAME = matching("\\S(.{0,98}\\S)?", "a name");

    /** What is wrong with a value; empty where nothing is. */
    Optional<String> problem(Object value);

    private static Accepts whole(long least, long most) {
        return value -> {
            BigDecimal number = (BigDecimal) value;
            return number.stripTrailingZeros().scale() > 0
                    ? Optional.of("a whole number is needed, not " + Type.show(number))
                    : within(number, BigDecimal.valueOf(least), BigDecimal.valueOf(most));
        };
    }

    private static Optional<String> within(BigDecimal number, BigDecimal least, BigDecimal most) {
        return number.compareTo(least) < 0 || number.compareTo(most) > 0
                ? Optional.of(
                        "it is between %s and %s, not %s"
                                .formatted(Type.show(least), Type.show(most), Type.show(number)))
                : Optional.empty();
    }

    private static Accepts matching(String expression, String what) {
        Pattern pattern = Pattern.compile(expression, Pattern.DOTALL);
        return value ->
                pattern.matcher((String) value).matches()
                        ? Optional.empty()
                        : Optional.of(
                                "%s is not %s"
                                        .formatted(
                                                Quoted.of(Excerpt.beginning((String) value, 40)),
                                                what));
    }
}
