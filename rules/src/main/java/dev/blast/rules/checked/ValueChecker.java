package dev.blast.rules.checked;

import dev.blast.rules.parse.Operand;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Nearest;
import dev.blast.rules.vocabulary.PathText;
import dev.blast.rules.vocabulary.Quoted;
import dev.blast.rules.vocabulary.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns written values into typed ones: literals are parsed, variables resolved, units compared.
 */
final class ValueChecker {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
    private static final Pattern DAYS = Pattern.compile("([0-9]{1,6}) ?d(?:ays?)?");
    private static final Pattern FLAG = Pattern.compile("true|false");
    private static final Pattern HOLE = Pattern.compile("\\$\\{([^}]*)\\}?");
    private static final Pattern OPEN = Pattern.compile("\\{?(\\$[A-Za-z0-9_]+)\\}?");
    private static final Pattern VARIABLE =
            Pattern.compile("(\\$[A-Za-z0-9_$]+)(?:\\.([A-Za-z0-9_$]+))?");

    /** Any word in quotes is a value of them. */
    private static final Set<Type> WORDS = EnumSet.of(Type.TEXT, Type.HOST, Type.NAME);

    private final Source source;
    private final Map<Rule.FieldOf, Span> looksAt = new LinkedHashMap<>();

    ValueChecker(Source source) {
        this.source = source;
    }

    /**
     * What is expected of a value.
     *
     * @param who how a message calls the place: {@code port}, {@code the size of temporary}
     * @param choices for a {@link Type#CHOICE}
     * @param unitless whether a bare number will do for an amount, because the name says the unit
     */
    record Expected(String who, Type type, List<String> choices, boolean unitless) {}

    Value check(Operand operand, Expected expected, Scope scope) throws Flaw {
        Value value =
                switch (operand) {
                    case Operand.Text text -> text(text, expected);
                    case Operand.Digits number -> number(number, expected);
                    case Operand.Word word -> word(word, expected);
                    case Operand.Variable _, Operand.FieldOf _ -> resolve(operand, scope);
                    case Operand.Lost _ -> throw Flaw.echo();
                    case Operand.Arithmetic arithmetic -> arithmetic(arithmetic, expected, scope);
                };
        if (!value.type().comparesWith(expected.type())) {
            throw flaw(
                    Code.WRONG_TYPE,
                    operand.span(),
                    expected.who()
                            + " is "
                            + expected.type().shown()
                            + ", this is "
                            + value.type().shown(),
                    example(expected));
        }
        return value;
    }

    private Value text(Operand.Text text, Expected expected) throws Flaw {
        try {
            if (expected.type() == Type.CHOICE && !expected.choices().contains(text.value())) {
                throw unknownChoice(text.span(), text.value(), expected);
            }
            Object value = expected.type().parse(text.value());
            if (value == null) {
                throw textInstead(text, expected);
            }
            return value instanceof PathText path
                    ? new Value.LiteralPath(path)
                    : new Value.Literal(expected.type(), value);
        } catch (IllegalArgumentException e) {
            throw notOfItsType(text, expected, said(e));
        }
    }

    private Flaw notOfItsType(Operand.Text text, Expected expected, String said) {
        Optional<String> amount = IntendedAmount.of(expected.type(), text.value());
        if (amount.isPresent()) {
            String right = Quoted.of(amount.get());
            return flaw(Code.BAD_VALUE, text.span(), said, "write " + right, example(expected))
                    .mendedBy(source.correction(text.span(), right));
        }
        Optional<String> instead =
                IntendedAmount.withUnits(expected.type(), text.value())
                        .or(() -> Intended.instead(expected.who(), expected.type(), text.value()));
        return instead.isPresent()
                ? flaw(Code.BAD_VALUE, text.span(), said, instead.get())
                : flaw(Code.BAD_VALUE, text.span(), said, example(expected));
    }

    /** For a number or true and false. */
    private Flaw textInstead(Operand.Text text, Expected expected) {
        Matcher days = DAYS.matcher(text.value());
        boolean number = expected.who().endsWith("Days") && days.matches();
        Flaw flaw =
                flaw(
                        Code.WRONG_TYPE,
                        text.span(),
                        expected.who() + " is " + expected.type().shown() + ", this is a text",
                        number
                                ? "write " + days.group(1)
                                : Intended.instead(expected.who(), expected.type(), text.value())
                                        .orElseGet(() -> example(expected)));
        if (number) {
            return flaw.mendedBy(source.correction(text.span(), days.group(1)));
        }
        boolean mends =
                expected.type() == Type.FLAG
                        ? FLAG.matcher(text.value()).matches()
                        : DIGITS.matcher(text.value()).matches();
        return mends ? flaw.mendedBy(source.correction(text.span(), text.value())) : flaw;
    }

    /** What a variable stands for. */
    Value resolve(Operand operand, Scope scope) throws Flaw {
        return switch (operand) {
            case Operand.Variable variable ->
                    variable(variable.span(), variable.name(), null, scope);
            case Operand.FieldOf it ->
                    variable(it.span(), it.variable().text(), it.field().text(), scope);
            case Operand.Text _,
                    Operand.Digits _,
                    Operand.Word _,
                    Operand.Lost _,
                    Operand.Arithmetic _ ->
                    throw new IllegalArgumentException("not a variable: " + operand);
        };
    }

    /** A text for people, with holes. */
    Value template(Operand.Text text, Scope scope) throws Flaw {
        Matcher hole = HOLE.matcher(text.value());
        List<Object> parts = new ArrayList<>();
        int end = 0;
        while (hole.find()) {
            parts.add(text.value().substring(end, hole.start()));
            end = hole.end();
            Matcher variable = VARIABLE.matcher(hole.group(1));
            Span span = inside(text, hole.group());
            if (!hole.group().endsWith("}") || !variable.matches()) {
                throw badHole(hole, span, scope);
            }
            parts.add(variable(span, variable.group(1), variable.group(2), scope));
        }
        parts.add(text.value().substring(end));
        for (Object part : parts) {
            if (part instanceof String between) {
                refuseOpen(text, between, scope);
            }
        }
        return parts.size() == 1
                ? new Value.Literal(Type.TEXT, text.value())
                : new Value.Template(List.copyOf(parts));
    }

    private Span inside(Operand.Text text, String part) {
        int start = text.span().start() + Math.max(0, source.text(text.span()).indexOf(part));
        return new Span(start, start + part.length());
    }

    private Flaw badHole(Matcher hole, Span span, Scope scope) {
        String name = hole.group(1);
        String last = name.substring(name.lastIndexOf('.') + 1);
        String message = "'" + hole.group() + "' is not a variable";
        if (hole.group().endsWith("}") && scope.meaning("$" + name) != null) {
            String right = "${$" + name + "}";
            return flaw(Code.BAD_HOLE, span, message, "write " + right)
                    .mendedBy(source.correction(span, right));
        }
        boolean field = Facts.ALL.stream().anyMatch(fact -> fact.field(last).isPresent());
        return field
                ? flaw(
                        Code.BAD_HOLE,
                        span,
                        message,
                        "bind the field in its pattern, $%1$s : %1$s, and write ${$%1$s}"
                                .formatted(last))
                : flaw(Code.BAD_HOLE, span, message, "write ${$name} or ${$fact.field}");
    }

    /** A variable that is bound stands in the text with less than its sign and both braces. */
    private void refuseOpen(Operand.Text text, String between, Scope scope) throws Flaw {
        Matcher open = OPEN.matcher(between);
        while (open.find()) {
            if (scope.meaning(open.group(1)) instanceof Scope.Meaning.FieldOf) {
                Span span = inside(text, open.group());
                String right = "${" + open.group(1) + "}";
                throw flaw(
                                Code.BAD_HOLE,
                                span,
                                "'" + open.group() + "' stands in the text as it is",
                                "write " + right)
                        .mendedBy(source.correction(span, right));
            }
        }
    }

    private Value number(Operand.Digits number, Expected expected) throws Flaw {
        Type type = expected.unitless() && expected.type() == Type.SIZE ? Type.SIZE : Type.NUMBER;
        if (type != expected.type()) {
            String inQuotes =
                    Quoted.of(
                            IntendedAmount.of(expected.type(), number.digits())
                                    .orElse(number.digits()));
            boolean mends = isValue(inQuotes, expected);
            Flaw flaw =
                    flaw(
                            Code.WRONG_TYPE,
                            number.span(),
                            expected.who()
                                    + " is "
                                    + expected.type().shown()
                                    + ", this is a number",
                            mends
                                    ? "write " + inQuotes
                                    : IntendedAmount.withUnits(expected.type(), number.digits())
                                            .orElseGet(() -> example(expected)));
            throw mends ? flaw.mendedBy(source.correction(number.span(), inQuotes)) : flaw;
        }
        return new Value.Literal(type, new BigDecimal(number.digits()));
    }

    /** Whether digits are a value where they stand in quotes, as a size without its unit is not. */
    private static boolean isValue(String inQuotes, Expected expected) {
        try {
            String text = inQuotes.substring(1, inQuotes.length() - 1);
            return expected.type().parse(text) != null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private Value word(Operand.Word word, Expected expected) throws Flaw {
        if (word.word().equals("true") || word.word().equals("false")) {
            return new Value.Literal(Type.FLAG, Boolean.valueOf(word.word()));
        }
        if (word.word().equals("null")) {
            throw flaw(
                    Code.MISPLACED_NULL,
                    word.span(),
                    "null stands behind == or != and nowhere else");
        }
        if (expected.type() == Type.CHOICE) {
            if (!expected.choices().contains(word.word())) {
                throw unknownChoice(word.span(), word.word(), expected);
            }
            return new Value.Literal(Type.CHOICE, word.word());
        }
        Flaw flaw =
                flaw(
                        Code.UNQUOTED_TEXT,
                        word.span(),
                        "'" + word.word() + "' is no value",
                        WORDS.contains(expected.type())
                                ? "a text stands in double quotes: \"" + word.word() + "\""
                                : "a text stands in double quotes, a variable begins with $");
        throw WORDS.contains(expected.type())
                ? flaw.mendedBy(source.correction(word.span(), '"' + word.word() + '"'))
                : flaw;
    }

    private Flaw unknownChoice(Span span, String written, Expected expected) {
        String all = "values: " + String.join(", ", expected.choices());
        String message = "unknown value '" + written + "' of " + expected.who();
        boolean quoted = source.text(span).startsWith("\"");
        return renamed(
                flaw(
                        Code.UNKNOWN_VALUE,
                        span,
                        message,
                        Nearest.andAll(written, expected.choices(), all)),
                quoted ? new Span(span.start() + 1, span.end() - 1) : span,
                written,
                expected.choices());
    }

    private Value variable(Span span, String name, @Nullable String field, Scope scope)
            throws Flaw {
        Scope.Meaning meaning = scope.meaning(name);
        return switch (meaning) {
            case null -> {
                String help =
                        Nearest.or(
                                name,
                                scope.names(),
                                "bind it in a pattern before: " + name + " : field");
                throw renamed(
                        flaw(Code.UNKNOWN_VARIABLE, span, "unknown variable '" + name + "'", help),
                        span,
                        name,
                        scope.names());
            }
            case Scope.Meaning.Lost _ -> throw Flaw.echo();
            case Scope.Meaning.Fact(int slot, FactType fact) when field != null ->
                    new Value.OfField(slot, fact, field(span, fact, field));
            case Scope.Meaning.Fact(int _, FactType fact) ->
                    throw flaw(
                            Code.FACT_AS_VALUE,
                            span,
                            "'" + name + "' is a " + fact.name() + ", not a value",
                            "write " + name + ".field");
            case Scope.Meaning.FieldOf(Value.OfField value) when field == null -> value;
            case Scope.Meaning.FieldOf _ ->
                    throw flaw(
                            Code.NO_FIELDS,
                            span,
                            "'" + name + "' is a value and has no fields",
                            "write " + name);
        };
    }

    /** Every field that was found so far, and where first. */
    Map<Rule.FieldOf, Span> looksAt() {
        return Map.copyOf(looksAt);
    }

    Field field(Span span, FactType fact, String name) throws Flaw {
        Optional<Field> field = fact.field(name);
        if (field.isPresent()) {
            looksAt.putIfAbsent(new Rule.FieldOf(fact, field.get()), span);
            return field.get();
        }
        List<String> names = fact.fields().stream().map(Field::name).sorted().toList();
        String all = "fields: " + String.join(", ", names);
        String message = "unknown field '" + name + "' of " + fact.name();
        throw renamed(
                flaw(Code.UNKNOWN_FIELD, span, message, Nearest.andAll(name, names, all)),
                span,
                name,
                names);
    }

    private Value arithmetic(Operand.Arithmetic it, Expected expected, Scope scope) throws Flaw {
        if (it.left() instanceof Operand.Text left && it.right() instanceof Operand.Text right) {
            return arithmetic(it, text(left, expected), text(right, expected));
        }
        if (it.left() instanceof Operand.Text left) {
            Value right = part(it.right(), expected, scope);
            return arithmetic(it, beside(left, it, right.type(), expected), right);
        }
        Value left = part(it.left(), expected, scope);
        if (it.right() instanceof Operand.Text right) {
            return left.type() == Type.PATH && it.symbol() == '+'
                    ? longer(left, right)
                    : arithmetic(it, left, beside(right, it, left.type(), expected));
        }
        return arithmetic(it, left, part(it.right(), expected, scope));
    }

    private Value longer(Value path, Operand.Text text) throws Flaw {
        if (text.value().contains("..") || !text.value().startsWith("/")) {
            throw flaw(
                    Code.PATH_SUM,
                    text.span(),
                    "a path goes on with '/' and without '..'",
                    "write $project + \"/folder\"");
        }
        return new Value.LongerPath(path, text.value());
    }

    private Value arithmetic(Operand.Arithmetic it, Value left, Value right) throws Flaw {
        if (left.type() == Type.TEXT || left.type() == Type.HOST || left.type() == Type.NAME) {
            throw flaw(
                    Code.TEXT_SUM,
                    it.span(),
                    "texts are not added",
                    "write \"… ${$variable} …\" in a verb");
        }
        Type type = unit(it, left.type(), right.type());
        var computed = new Value.Computed(type, it.symbol(), left, right);
        return left instanceof Value.Literal && right instanceof Value.Literal
                ? folded(it, computed)
                : computed;
    }

    private Value folded(Operand.Arithmetic it, Value.Computed computed) throws Flaw {
        try {
            Object value = computed.in(new Frame(null, new Object[0]));
            return value == null ? computed : new Value.Literal(computed.type(), value);
        } catch (Undecided e) {
            throw flaw(Code.DIVISION_BY_ZERO, it.span(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * A literal with a unit takes its type from what stands on the other side, or beside a bare
     * number from what is expected of both.
     */
    private Value beside(Operand.Text text, Operand.Arithmetic sum, Type other, Expected expected)
            throws Flaw {
        boolean scales = sum.symbol() == '*' || sum.symbol() == '/';
        return other == Type.NUMBER && scales && expected.type().isAmount()
                ? text(text, expected)
                : text(text, new Expected("the other side", other, List.of(), false));
    }

    private Value part(Operand part, Expected expected, Scope scope) throws Flaw {
        return switch (part) {
            case Operand.Text text -> text(text, expected);
            case Operand.Digits number ->
                    new Value.Literal(Type.NUMBER, new BigDecimal(number.digits()));
            case Operand.Word word -> word(word, expected);
            case Operand.Variable _, Operand.FieldOf _ -> resolve(part, scope);
            case Operand.Lost _ -> throw Flaw.echo();
            case Operand.Arithmetic arithmetic -> arithmetic(arithmetic, expected, scope);
        };
    }

    private Type unit(Operand.Arithmetic it, Type left, Type right) throws Flaw {
        boolean scales = it.symbol() == '*' || it.symbol() == '/';
        if (left.isAmount() && right.isAmount()) {
            if (scales && right == Type.NUMBER) {
                return left;
            }
            if (it.symbol() == '*' && left == Type.NUMBER) {
                return right;
            }
            if (left == right && it.symbol() != '*') {
                return scales ? Type.NUMBER : left;
            }
        }
        throw flaw(
                Code.UNITS,
                it.span(),
                left.shown() + " " + it.symbol() + " " + right.shown() + " has no meaning",
                "both sides of + and - have one unit; * and / take a number");
    }

    private static String example(Expected expected) {
        return switch (expected.type()) {
            case CHOICE -> "values: " + String.join(", ", expected.choices());
            case FLAG -> "write true or false";
            default -> "as in " + expected.type().example();
        };
    }

    private static String said(IllegalArgumentException e) {
        String message = e.getMessage();
        return message == null ? "not a value: " + e : message;
    }

    /** A flaw about a name, with the only one that is near it. */
    Flaw renamed(Flaw flaw, Span span, String written, Collection<String> known) {
        return Nearest.single(written, known)
                .filter(_ -> source.text(span).equals(written))
                .map(name -> flaw.mendedBy(source.correction(span, name)))
                .orElse(flaw);
    }

    private Flaw flaw(Code code, Span span, String message, String... help) {
        return new Flaw(source.diagnostic(code, span, message, help));
    }
}
