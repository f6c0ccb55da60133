package dev.blast.rules.checked;

import dev.blast.rules.parse.Operand;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Nearest;
import dev.blast.rules.vocabulary.PathText;
import dev.blast.rules.vocabulary.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns written values into typed ones: literals are parsed, variables resolved, units compared.
 */
final class ValueChecker {
    private static final Pattern HOLE = Pattern.compile("\\$\\{([^}]*)\\}?");
    private static final Pattern VARIABLE =
            Pattern.compile("(\\$[A-Za-z0-9_$]+)(?:\\.([A-Za-z0-9_$]+))?");

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
                throw flaw(
                        Code.WRONG_TYPE,
                        text.span(),
                        expected.who() + " is " + expected.type().shown() + ", this is a text",
                        example(expected));
            }
            return value instanceof PathText path
                    ? new Value.LiteralPath(path)
                    : new Value.Literal(expected.type(), value);
        } catch (IllegalArgumentException e) {
            throw flaw(Code.BAD_VALUE, text.span(), said(e), example(expected));
        }
    }

    /** What a variable stands for. */
    Value resolve(Operand operand, Scope scope) throws Flaw {
        return switch (operand) {
            case Operand.Variable variable ->
                    variable(variable.span(), variable.name(), null, scope);
            case Operand.FieldOf it ->
                    variable(it.span(), it.variable().text(), it.field().text(), scope);
            case Operand.Text _, Operand.Digits _, Operand.Word _, Operand.Arithmetic _ ->
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
            int inSource = Math.max(0, source.text(text.span()).indexOf(hole.group()));
            int start = text.span().start() + inSource;
            Span span = new Span(start, start + hole.group().length());
            if (!hole.group().endsWith("}") || !variable.matches()) {
                throw flaw(
                        Code.BAD_HOLE,
                        span,
                        "'" + hole.group() + "' is not a variable",
                        "write ${$name} or ${$fact.field}");
            }
            parts.add(variable(span, variable.group(1), variable.group(2), scope));
        }
        parts.add(text.value().substring(end));
        return parts.size() == 1
                ? new Value.Literal(Type.TEXT, text.value())
                : new Value.Template(List.copyOf(parts));
    }

    private Value number(Operand.Digits number, Expected expected) throws Flaw {
        Type type = expected.unitless() && expected.type() == Type.SIZE ? Type.SIZE : Type.NUMBER;
        if (type != expected.type()) {
            throw flaw(
                    Code.WRONG_TYPE,
                    number.span(),
                    expected.who() + " is " + expected.type().shown() + ", this is a number",
                    quoted(number, expected));
        }
        return new Value.Literal(type, new BigDecimal(number.digits()));
    }

    /**
     * What is written as a text and was written as a number: the same in quotes, where that is a
     * value.
     */
    private static String quoted(Operand.Digits number, Expected expected) {
        try {
            if (expected.type().parse(number.digits()) != null) {
                return "write \"" + number.digits() + "\"";
            }
        } catch (IllegalArgumentException _) {
            // In quotes it would be no value either: a size without its unit.
        }
        return example(expected);
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
        throw flaw(
                Code.UNQUOTED_TEXT,
                word.span(),
                "'" + word.word() + "' is no value",
                "a text stands in double quotes, a variable begins with $");
    }

    private Flaw unknownChoice(Span span, String written, Expected expected) {
        String all = "values: " + String.join(", ", expected.choices());
        String message = "unknown value '" + written + "' of " + expected.who();
        return flaw(
                Code.UNKNOWN_VALUE,
                span,
                message,
                Nearest.andAll(written, expected.choices(), all));
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
                throw flaw(Code.UNKNOWN_VARIABLE, span, "unknown variable '" + name + "'", help);
            }
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
        throw flaw(Code.UNKNOWN_FIELD, span, message, Nearest.andAll(name, names, all));
    }

    private Value arithmetic(Operand.Arithmetic it, Expected expected, Scope scope) throws Flaw {
        Value left = part(it.left(), it.right(), expected, scope);
        if (left.type() == Type.PATH
                && it.symbol() == '+'
                && it.right() instanceof Operand.Text text) {
            if (text.value().contains("..") || !text.value().startsWith("/")) {
                throw flaw(
                        Code.PATH_SUM,
                        text.span(),
                        "a path goes on with '/' and without '..'",
                        "write $project + \"/folder\"");
            }
            return new Value.LongerPath(left, text.value());
        }
        if (left.type() == Type.TEXT || left.type() == Type.HOST || left.type() == Type.NAME) {
            throw flaw(
                    Code.TEXT_SUM,
                    it.span(),
                    "texts are not added",
                    "write \"… ${$variable} …\" in a verb");
        }
        Value right = part(it.right(), it.left(), expected, scope);
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

    /** A literal with a unit takes its type from what stands on the other side. */
    private Value part(Operand part, Operand other, Expected expected, Scope scope) throws Flaw {
        return switch (part) {
            case Operand.Text text when other instanceof Operand.Text -> text(text, expected);
            case Operand.Text text -> {
                Type type = part(other, part, expected, scope).type();
                yield text(text, new Expected("the other side", type, List.of(), false));
            }
            case Operand.Digits number ->
                    new Value.Literal(Type.NUMBER, new BigDecimal(number.digits()));
            case Operand.Word word -> word(word, expected);
            case Operand.Variable _, Operand.FieldOf _ -> resolve(part, scope);
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

    private Flaw flaw(Code code, Span span, String message, String... help) {
        return new Flaw(source.diagnostic(code, span, message, help));
    }
}
