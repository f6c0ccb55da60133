package dev.blast.rules.trial;

import dev.blast.packaging.Cidr;
import dev.blast.rules.checked.Check;
import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Value;
import dev.blast.rules.mutant.LiteralSteps;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Operator;
import dev.blast.rules.vocabulary.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * For each field that rules compare, values on both sides of every border: what is compared with,
 * its neighbours, something else, nothing. As a test file writes them.
 */
public final class BorderValues {
    /** Of one field; more are not tried. */
    private static final int MAX_VALUES = 60;

    private final Map<Axis, Set<@Nullable Object>> values = new LinkedHashMap<>();

    /** A field of a fact. */
    public record Axis(FactType fact, Field field) {}

    /** Of all the rules together. */
    public BorderValues(List<Rule> rules) {
        var links = new ArrayList<Axis[]>();
        for (Rule rule : rules) {
            for (Rule.Branch branch : rule.branches()) {
                branch.elements().forEach(element -> look(element, links));
            }
        }
        for (Axis[] link : links) {
            Set<@Nullable Object> one = of(link[0]);
            Set<@Nullable Object> other = of(link[1]);
            one.addAll(other);
            other.addAll(one);
        }
    }

    public Set<Axis> axes() {
        return values.keySet();
    }

    /** Null stands for a field that is not given. */
    public Set<@Nullable Object> of(Axis axis) {
        return values.computeIfAbsent(axis, BorderValues::ordinary);
    }

    /** What tests look at, in their order. */
    static Set<Axis> of(List<Check> tests) {
        var axes = new LinkedHashSet<Axis>();
        tests.forEach(test -> axes(test, axes));
        return axes;
    }

    private static void axes(Check test, Set<Axis> axes) {
        switch (test) {
            case Check.Comparison it -> axes.add(axis(it.field()));
            case Check.IsUnknown it -> axes.add(axis(it.field()));
            case Check.All(Span _, List<Check> parts) -> parts.forEach(part -> axes(part, axes));
            case Check.Any(Span _, List<Check> parts) -> parts.forEach(part -> axes(part, axes));
        }
    }

    private static Axis axis(Value.OfField field) {
        return new Axis(field.fact(), field.field());
    }

    private void look(Element element, List<Axis[]> links) {
        switch (element) {
            case Element.Match match -> match.tests().forEach(test -> look(test, links));
            case Element.Absent(Span _, List<Element> parts) ->
                    parts.forEach(part -> look(part, links));
            case Element.Present(Span _, List<Element> parts) ->
                    parts.forEach(part -> look(part, links));
        }
    }

    private void look(Check test, List<Axis[]> links) {
        switch (test) {
            case Check.Comparison it -> {
                Set<@Nullable Object> known = of(axis(it.field()));
                for (Value value : it.values()) {
                    switch (value) {
                        case Value.Literal literal ->
                                around(it.operator(), it.field().type(), literal.value())
                                        .forEach(border -> add(known, border));
                        case Value.LiteralPath path ->
                                paths(it.operator(), text(axis(it.field()), path))
                                        .forEach(border -> add(known, border));
                        case Value.OfField other ->
                                links.add(new Axis[] {axis(it.field()), axis(other)});
                        case Value.Computed _, Value.LongerPath _, Value.Template _ -> {}
                    }
                }
            }
            case Check.IsUnknown it -> of(axis(it.field()));
            case Check.All(Span _, List<Check> parts) -> parts.forEach(part -> look(part, links));
            case Check.Any(Span _, List<Check> parts) -> parts.forEach(part -> look(part, links));
        }
    }

    private static void add(Set<@Nullable Object> known, Object value) {
        if (known.size() < MAX_VALUES) {
            known.add(value);
        }
    }

    /** Without any border: nothing, and something that no rule has heard of. */
    private static Set<@Nullable Object> ordinary(Axis axis) {
        var values = new LinkedHashSet<@Nullable Object>();
        if (axis.fact().equals(Facts.SESSION)) {
            values.add(CaseDraft.SOMEBODY.get(axis.field().name()));
        } else {
            values.add(null);
        }
        switch (axis.field().type()) {
            case FLAG -> values.addAll(List.of(true, false));
            case CHOICE -> values.addAll(axis.field().choices());
            case TEXT -> values.addAll(List.of("another", "some other"));
            case HOST -> values.add("another.example");
            case NAME -> values.addAll(List.of("another", "some-other"));
            case PATH -> values.add("/another");
            case VERSION -> values.add("9.9");
            case ADDRESS -> values.add("203.0.113.9");
            case NUMBER -> values.add(3L);
            case SIZE, RATE, DURATION, SHARE -> values.add(1000L);
            case DATE -> values.add("2026-01-31");
            case LIST -> values.add(List.of("another"));
        }
        return values;
    }

    private static List<Object> around(Operator operator, Type type, Object literal) {
        String text = Type.say(literal);
        return switch (operator) {
            case CONTAINS -> List.of(List.of(text), List.of("another", text));
            case MATCHES, GLOB -> Samples.of(operator, type, text);
            case WITHIN -> addresses(text);
            case SATISFIES -> versions(LiteralSteps.versions(text));
            case EQUAL, UNEQUAL, IN, LESS, AT_MOST, MORE, AT_LEAST, UNDER ->
                    neighbours(type, literal, text);
        };
    }

    private static List<Object> neighbours(Type type, Object literal, String text) {
        return switch (literal) {
            case Boolean flag -> List.of(flag);
            case BigDecimal number -> {
                long whole = number.longValue();
                yield List.of(whole, whole - 1, whole + 1);
            }
            case LocalDate day ->
                    List.of(
                            day.toString(),
                            day.minusDays(1).toString(),
                            day.plusDays(1).toString());
            default -> type == Type.VERSION ? versions(List.of(text)) : List.of(text);
        };
    }

    private static List<Object> versions(List<String> borders) {
        var versions = new ArrayList<Object>(borders);
        for (String border : borders) {
            LiteralSteps.moved(border, Type.VERSION, -1).ifPresent(versions::add);
            LiteralSteps.moved(border, Type.VERSION, 1).ifPresent(versions::add);
            versions.add(border + ".0.1");
            versions.add(border + "rc1");
        }
        return versions;
    }

    /** A session says where its home and project are, so that nothing is below them before. */
    private static String text(Axis axis, Value.LiteralPath path) {
        return axis.fact().equals(Facts.SESSION)
                ? path.text().resolve(CaseDraft.NOTHING.somebody()).toString()
                : path.text().toString();
    }

    private static List<Object> paths(Operator operator, String text) {
        if (operator == Operator.GLOB) {
            return Samples.of(operator, Type.PATH, text);
        }
        return List.of(text, text.endsWith("/") ? text + "x" : text + "/x");
    }

    /** The first and the last of a range, and of the ranges half and twice as large. */
    private static List<Object> addresses(String range) {
        var addresses = new ArrayList<Object>();
        int prefix = Cidr.parse(range).prefix();
        byte[] network = Cidr.parse(range).network().getAddress();
        int bits = network.length * 8;
        for (int length = Math.max(0, prefix - 1); length <= Math.min(bits, prefix + 1); length++) {
            BigInteger size = BigInteger.ONE.shiftLeft(bits - length);
            BigInteger first = new BigInteger(1, network).divide(size).multiply(size);
            for (BigInteger it :
                    List.of(
                            first,
                            first.add(size).subtract(BigInteger.ONE),
                            first.add(BigInteger.ONE))) {
                addresses.add(address(it, network.length));
            }
        }
        return addresses;
    }

    private static String address(BigInteger number, int length) {
        byte[] digits = number.toByteArray();
        byte[] bytes = new byte[length];
        for (int i = 0; i < Math.min(length, digits.length); i++) {
            bytes[length - 1 - i] = digits[digits.length - 1 - i];
        }
        try {
            return Type.say(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has " + length + " bytes", e);
        }
    }
}
