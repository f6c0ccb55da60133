package dev.blast.rules.checked;

import com.google.re2j.Pattern;
import dev.blast.packaging.Cidr;
import dev.blast.packaging.Host;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.rules.checked.Check.Matcher;
import dev.blast.rules.checked.ValueChecker.Expected;
import dev.blast.rules.parse.Constraint;
import dev.blast.rules.parse.Operand;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Flaw;
import dev.blast.rules.source.Source;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Glob;
import dev.blast.rules.vocabulary.HostGlob;
import dev.blast.rules.vocabulary.Operator;
import dev.blast.rules.vocabulary.PathText;
import dev.blast.rules.vocabulary.Quoted;
import dev.blast.rules.vocabulary.RegularExpression;
import dev.blast.rules.vocabulary.Type;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Turns one written comparison into a test: does the field's type know the operator, and is the
 * value one of its own?
 */
final class ComparisonChecker {
    private final Source source;
    private final ValueChecker values;
    private final Growth growth;

    ComparisonChecker(Source source, ValueChecker values, Growth growth) {
        this.source = source;
        this.values = values;
        this.growth = growth;
    }

    Check check(Constraint.Comparison it, Value.OfField field, Scope scope) throws Flaw {
        Type type = field.field().type();
        if (isNull(it.values().getFirst()) && it.operator() != Operator.IN) {
            return unknown(it, field);
        }
        if (!type.knows(it.operator())) {
            String known =
                    Arrays.stream(Operator.values())
                            .filter(type::knows)
                            .map(Operator::written)
                            .collect(Collectors.joining(" "));
            throw flaw(
                    Code.WRONG_OPERATOR,
                    it.operatorSpan(),
                    "'" + it.operator().written() + "' does not compare " + type.shown(),
                    "operators of " + it.field().text() + ": " + known);
        }
        return switch (it.operator()) {
            case EQUAL, UNEQUAL -> {
                Value value = value(it.values().getFirst(), field, scope);
                yield new Check.Comparison(
                        it.span(),
                        field,
                        Operator.EQUAL,
                        it.operator() == Operator.UNEQUAL,
                        List.of(value),
                        ordered(Operator.EQUAL, value));
            }
            case LESS, AT_MOST, MORE, AT_LEAST -> {
                Value value = value(it.values().getFirst(), field, scope);
                yield comparison(it, field, List.of(value), ordered(it.operator(), value));
            }
            case IN -> membership(it, field, scope);
            case CONTAINS -> {
                Value value =
                        values.check(
                                it.values().getFirst(),
                                new Expected(
                                        "an element of " + it.field().text(),
                                        Type.TEXT,
                                        List.of(),
                                        false),
                                scope);
                yield comparison(
                        it,
                        field,
                        List.of(value),
                        (actual, frame) -> ((List<?>) actual).contains(value.in(frame)));
            }
            case MATCHES, GLOB, WITHIN, SATISFIES -> pattern(it, field);
            case UNDER -> {
                Value value = value(it.values().getFirst(), field, scope);
                yield comparison(
                        it,
                        field,
                        List.of(value),
                        (actual, frame) -> {
                            Object above = value.in(frame);
                            return above != null
                                    && ((Path) actual).normalize().startsWith((Path) above);
                        });
            }
        };
    }

    private Check unknown(Constraint.Comparison it, Value.OfField field) throws Flaw {
        if (it.operator() != Operator.EQUAL && it.operator() != Operator.UNEQUAL) {
            throw flaw(
                    Code.MISPLACED_NULL,
                    it.operatorSpan(),
                    "null stands behind == or != and nowhere else");
        }
        return new Check.IsUnknown(it.span(), field, it.operator() == Operator.UNEQUAL);
    }

    private Check membership(Constraint.Comparison it, Value.OfField field, Scope scope)
            throws Flaw {
        List<Value> all = new ArrayList<>();
        for (Operand operand : it.values()) {
            all.add(value(operand, field, scope));
        }
        List<Value> members = List.copyOf(all);
        return comparison(it, field, members, (actual, frame) -> isAmong(actual, members, frame));
    }

    private static boolean isAmong(Object actual, List<Value> members, Frame frame) {
        for (Value member : members) {
            if (Matcher.compares(actual, Operator.EQUAL, member.in(frame))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The operators whose value is a pattern: it is written as a literal and compiled when the file
     * is loaded.
     */
    private Check pattern(Constraint.Comparison it, Value.OfField field) throws Flaw {
        if (it.values().getFirst() instanceof Operand.Lost) {
            throw Flaw.echo();
        }
        if (!(it.values().getFirst() instanceof Operand.Text text)) {
            throw flaw(
                    Code.LITERAL_EXPECTED,
                    it.values().getFirst().span(),
                    "the value of '" + it.operator().written() + "' is a literal text");
        }
        try {
            if (it.operator() == Operator.MATCHES) {
                growth.take(RegularExpression.size(text.value()), source, text.span());
            }
            boolean path = it.operator() == Operator.GLOB && field.field().type() == Type.PATH;
            Value shown =
                    path
                            ? new Value.LiteralPath(PathText.of(text.value()))
                            : new Value.Literal(Type.TEXT, text.value());
            return comparison(
                    it,
                    field,
                    List.of(shown),
                    compile(it.operator(), field.field().type(), text.value()));
        } catch (IllegalArgumentException e) {
            String message = e.getMessage();
            String said = message == null ? "not a pattern" : message;
            Optional<String> meant =
                    it.operator() == Operator.SATISFIES
                            ? Intended.specifier(text.value())
                            : Optional.empty();
            if (meant.isEmpty()) {
                throw flaw(Code.BAD_PATTERN, text.span(), said);
            }
            String right = Quoted.of(meant.get());
            throw flaw(Code.BAD_PATTERN, text.span(), said, "write " + right)
                    .mendedBy(source.correction(text.span(), right));
        }
    }

    private static Matcher compile(Operator operator, Type type, String text) {
        return switch (operator) {
            case MATCHES -> {
                Pattern pattern = RegularExpression.compile(text);
                yield (actual, _) -> pattern.matches(actual.toString());
            }
            case GLOB -> glob(type, text);
            case WITHIN -> {
                Cidr range = Cidr.parse(text);
                yield (actual, _) -> range.contains((InetAddress) actual);
            }
            // A policy speaks about every release in the range; pre-releases have a field of their
            // own.
            case SATISFIES -> {
                SpecifierSet specifier = SpecifierSet.parse(text);
                yield (actual, _) -> specifier.contains((Version) actual, true);
            }
            default -> throw new IllegalStateException(operator + " has no pattern");
        };
    }

    private static Matcher glob(Type type, String text) {
        return switch (type) {
            case HOST -> matching(HostGlob.of(text));
            case NAME -> matching(Glob.of(Host.lower(text).replaceAll("[-_.]+", "-"), Glob.FLAT));
            case PATH -> {
                PathText path = PathText.of(text);
                Glob glob =
                        Glob.of(
                                path.rest().startsWith("/")
                                        ? path.rest().substring(1)
                                        : path.rest(),
                                Glob.PATH);
                yield (actual, frame) -> {
                    Path base = path.base(frame.session());
                    Path normalized = ((Path) actual).normalize();
                    return normalized.startsWith(base)
                            && glob.matches(base.relativize(normalized).toString());
                };
            }
            default -> matching(Glob.of(text, Glob.FLAT));
        };
    }

    private static Matcher matching(Glob glob) {
        return new Check.Globbed(glob);
    }

    private static Matcher ordered(Operator operator, Value value) {
        return (actual, frame) -> Matcher.compares(actual, operator, value.in(frame));
    }

    private static Check comparison(
            Constraint.Comparison it, Value.OfField field, List<Value> values, Matcher matcher) {
        return new Check.Comparison(it.span(), field, it.operator(), it.negated(), values, matcher);
    }

    private Value value(Operand operand, Value.OfField field, Scope scope) throws Flaw {
        Field known = field.field();
        return values.check(
                operand, new Expected(known.name(), known.type(), known.choices(), true), scope);
    }

    private static boolean isNull(Operand operand) {
        return operand instanceof Operand.Word(Span _, String word) && word.equals("null");
    }

    private Flaw flaw(Code code, Span span, String message, String... help) {
        return new Flaw(source.diagnostic(code, span, message, help));
    }
}
