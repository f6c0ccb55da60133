package dev.blast.rules.mutant;

import dev.blast.rules.parse.Operand;
import dev.blast.rules.vocabulary.Operator;
import dev.blast.rules.vocabulary.Quoted;
import dev.blast.rules.vocabulary.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Literals, moved by the smallest step that a person would write. */
public final class LiteralSteps {
    private static final Pattern AMOUNT = Pattern.compile("(\\d+(?:\\.\\d+)?)( ?[A-Za-z/]+)");

    /** The release of a version; what follows it is dropped with the move. */
    private static final Pattern RELEASE = Pattern.compile("[vV]?(?:\\d+!)?\\d+(?:\\.\\d+)*");

    private static final Pattern CLAUSE =
            Pattern.compile("(===|==|!=|<=|>=|~=|<|>)(\\s*)([^,*\\s]+)(\\.\\*)?");

    private LiteralSteps() {}

    /** Empty where it is no literal, or nothing lies on that side. */
    static Optional<Operand> moved(Operand operand, Type type, int step) {
        return switch (operand) {
            case Operand.Digits it -> {
                BigDecimal number = new BigDecimal(it.digits()).add(BigDecimal.valueOf(step));
                yield number.signum() < 0
                        ? Optional.empty()
                        : Optional.of(new Operand.Digits(it.span(), number.toPlainString()));
            }
            case Operand.Text it ->
                    moved(it.value(), type, step).map(value -> new Operand.Text(it.span(), value));
            default -> Optional.empty();
        };
    }

    /** The text of the neighbour on that side. */
    public static Optional<String> moved(String text, Type type, int step) {
        return switch (type) {
            case VERSION -> version(text, step);
            case DATE -> Optional.of(LocalDate.parse(text).plusDays(step).toString());
            case SIZE, RATE, DURATION, SHARE -> amount(text, step);
            default -> Optional.empty();
        };
    }

    private static Optional<String> amount(String text, int step) {
        Matcher amount = AMOUNT.matcher(text);
        if (!amount.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(amount.group(1));
        BigDecimal moved = number.add(number.ulp().multiply(BigDecimal.valueOf(step)));
        return moved.signum() < 0
                ? Optional.empty()
                : Optional.of(moved.toPlainString() + amount.group(2));
    }

    /** The last number of the release, or of those that are not zero where it becomes less. */
    private static Optional<String> version(String text, int step) {
        Matcher release = RELEASE.matcher(text);
        if (!release.lookingAt()) {
            return Optional.empty();
        }
        String[] parts = release.group().split("\\.");
        int last = parts.length - 1;
        while (step < 0 && last > 0 && isZero(parts[last])) {
            last--;
        }
        if ((step < 0 && isZero(parts[last])) || !parts[last].matches("\\d+")) {
            return Optional.empty();
        }
        parts[last] = new BigInteger(parts[last]).add(BigInteger.valueOf(step)).toString();
        return Optional.of(String.join(".", parts));
    }

    private static boolean isZero(String number) {
        return number.matches("0+");
    }

    /** A range of addresses and a specifier hold borders in a text of their own. */
    static List<Operand> patterns(Operator operator, Operand operand) {
        if (!(operand instanceof Operand.Text it)) {
            return List.of();
        }
        List<String> texts =
                operator == Operator.WITHIN ? ranges(it.value()) : specifiers(it.value());
        var operands = new ArrayList<Operand>();
        texts.forEach(text -> operands.add(new Operand.Text(it.span(), text)));
        return operands;
    }

    private static List<String> ranges(String text) {
        int slash = text.indexOf('/');
        var ranges = new ArrayList<String>();
        for (int step : List.of(-1, 1)) {
            int prefix = Integer.parseInt(text.substring(slash + 1)) + step;
            ranges.add(text.substring(0, slash + 1) + prefix);
        }
        return ranges;
    }

    private static List<String> specifiers(String text) {
        var specifiers = new ArrayList<String>();
        Matcher clause = CLAUSE.matcher(text);
        while (clause.find()) {
            String before = text.substring(0, clause.start());
            String after = text.substring(clause.end());
            String wild = clause.group(4) == null ? "" : clause.group(4);
            String version = clause.group(3);
            switch (clause.group(1)) {
                case "<" -> specifiers.add(before + "<=" + version + after);
                case "<=" -> specifiers.add(before + "<" + version + after);
                case ">" -> specifiers.add(before + ">=" + version + after);
                case ">=" -> specifiers.add(before + ">" + version + after);
                default -> {}
            }
            for (int step : List.of(-1, 1)) {
                version(version, step)
                        .ifPresent(moved ->
                                specifiers.add(before + clause.group(1) + moved + wild + after));
            }
        }
        return specifiers;
    }

    /** The versions that a specifier names. */
    public static List<String> versions(String specifier) {
        return CLAUSE.matcher(specifier).results().map(it -> it.group(3)).toList();
    }

    static String written(Operand operand) {
        return switch (operand) {
            case Operand.Text it -> Quoted.of(it.value());
            case Operand.Digits it -> it.digits();
            default -> throw new IllegalArgumentException("not a literal: " + operand);
        };
    }
}
