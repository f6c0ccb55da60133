package dev.blast.rules.lint;

import dev.blast.packaging.Cidr;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.Version;
import dev.blast.packaging.VersionSet;
import dev.blast.rules.checked.Check;
import dev.blast.rules.checked.Element;
import dev.blast.rules.checked.Frame;
import dev.blast.rules.checked.Rule;
import dev.blast.rules.checked.Value;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.FactType;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Operator;
import dev.blast.rules.vocabulary.PathText;
import dev.blast.rules.vocabulary.Type;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Reads what one way to match means. */
final class Propositions {
    private static final Frame NOWHERE = new Frame(null, new Object[0]);

    /** Names what the patterns of this way hold, which no other rule can speak of. */
    private final String way;

    private final List<FactType> single;

    private Propositions(String way, List<FactType> single) {
        this.way = way;
        this.single = single;
    }

    /** For the elements of one way of a rule. */
    static Propositions of(Rule rule, Rule.Branch branch) {
        return new Propositions(
                rule.origin() + "#" + rule.branches().indexOf(branch), rule.question().single());
    }

    Proposition all(List<Element> elements) {
        return new Proposition.All(elements.stream().map(this::element).toList());
    }

    Proposition element(Element element) {
        return switch (element) {
            case Element.Match match -> {
                Proposition tests = tests(match.tests());
                yield isSingle(match) ? tests : new Proposition.Some(tests);
            }
            case Element.Absent(Span _, List<Element> parts) -> all(parts).not();
            case Element.Present(Span _, List<Element> parts) -> all(parts);
        };
    }

    /** Whether there is one fact of its type, so that all such patterns are about it. */
    boolean isSingle(Element.Match match) {
        return single.contains(match.fact());
    }

    Proposition tests(List<Check> tests) {
        return new Proposition.All(tests.stream().map(this::test).toList());
    }

    Proposition test(Check test) {
        return switch (test) {
            case Check.Comparison it ->
                    new Proposition.Said(new Claim(at(it.field()), meaning(it), it.negated()));
            case Check.IsUnknown(Span _, Value.OfField field, boolean negated) ->
                    new Proposition.Said(new Claim(at(field), new Meaning.Unknown(), negated));
            case Check.All(Span _, List<Check> parts) -> tests(parts);
            case Check.Any(Span _, List<Check> parts) ->
                    new Proposition.Any(parts.stream().map(this::test).toList());
        };
    }

    private static FieldAt at(Value.OfField field) {
        return new FieldAt(field.fact(), field.field());
    }

    private Meaning meaning(Check.Comparison it) {
        boolean literals =
                it.values().stream()
                        .allMatch(value ->
                                value instanceof Value.Literal
                                        || value instanceof Value.LiteralPath);
        Optional<Meaning> meaning =
                literals ? literal(it, it.field().field().type()) : Optional.empty();
        return meaning.orElseGet(() -> new Meaning.Relative(words(it)));
    }

    private static Optional<Meaning> literal(Check.Comparison it, Type type) {
        return switch (it.operator()) {
            case CONTAINS -> Optional.of(new Meaning.Holding(text(it.values().getFirst())));
            case MATCHES -> Optional.of(expression(it));
            case WITHIN -> {
                Cidr range = Cidr.parse(text(it.values().getFirst()));
                yield numbers(Intervals.network(range.network(), range.prefix()));
            }
            case SATISFIES ->
                    Optional.of(
                            new Meaning.Versions(
                                    SpecifierSet.parse(text(it.values().getFirst())).versions()));
            case GLOB, UNDER -> type == Type.PATH ? path(it) : shaped(it);
            case EQUAL, UNEQUAL, IN, LESS, AT_MOST, MORE, AT_LEAST ->
                    switch (type) {
                        case NUMBER, SIZE, DATE, ADDRESS -> numbers(numbers(it));
                        case VERSION -> Optional.of(new Meaning.Versions(versions(it)));
                        case PATH -> path(it);
                        case TEXT, HOST, NAME, FLAG, CHOICE ->
                                Optional.of(new Meaning.Texts("", texts(it.values())));
                        case RATE, DURATION, SHARE, LIST -> Optional.empty();
                    };
        };
    }

    private static Optional<Meaning> numbers(Intervals numbers) {
        return Optional.of(new Meaning.Numbers(numbers));
    }

    private static String text(Value value) {
        return ((Value.Literal) value).value().toString();
    }

    private static Set<String> texts(List<Value> values) {
        Set<String> texts = new HashSet<>();
        values.forEach(value -> texts.add(text(value)));
        return texts;
    }

    private static Meaning expression(Check.Comparison it) {
        String words = text(it.values().getFirst());
        boolean plain = words.matches("[A-Za-z0-9_ /:=@-]*");
        return plain
                ? new Meaning.Texts("", Set.of(words))
                : new Meaning.Tested(words, text -> it.matcher().matches(text, NOWHERE));
    }

    private static Optional<Meaning> shaped(Check.Comparison it) {
        return it.matcher() instanceof Check.Globbed(var glob)
                ? Shape.of(glob).map(shape -> new Meaning.Shaped("", shape))
                : Optional.empty();
    }

    /** Of values with one base, which do not go up. */
    private static Optional<Meaning> path(Check.Comparison it) {
        Set<String> bases = new HashSet<>();
        Set<String> rests = new HashSet<>();
        for (Value value : it.values()) {
            PathText path = ((Value.LiteralPath) value).text();
            bases.add(path.base().name());
            rests.add(path.rest().startsWith("/") ? path.rest().substring(1) : path.rest());
        }
        boolean goesUp = rests.stream().anyMatch(rest -> rest.matches("(.*/)?\\.\\.?(/.*)?"));
        if (bases.size() > 1 || goesUp) {
            return Optional.empty();
        }
        String base = bases.iterator().next();
        String rest = rests.iterator().next();
        return switch (it.operator()) {
            case UNDER -> Shape.under(rest).map(shape -> new Meaning.Shaped(base, shape));
            case GLOB -> Shape.path(rest).map(shape -> new Meaning.Shaped(base, shape));
            default -> Optional.of(new Meaning.Texts(base, rests));
        };
    }

    private static Intervals numbers(Check.Comparison it) {
        return union(
                it.values(),
                value -> numbers(it.operator(), ((Value.Literal) value).value()),
                Intervals::or);
    }

    /** Halves first, so that long lists cost little. */
    private static <S> S union(List<Value> values, Function<Value, S> one, BinaryOperator<S> or) {
        int half = values.size() / 2;
        return half == 0
                ? one.apply(values.getFirst())
                : or.apply(
                        union(values.subList(0, half), one, or),
                        union(values.subList(half, values.size()), one, or));
    }

    private static Intervals numbers(Operator operator, Object value) {
        if (value instanceof InetAddress address) {
            return Intervals.address(address);
        }
        BigDecimal number =
                value instanceof LocalDate day
                        ? BigDecimal.valueOf(day.toEpochDay())
                        : (BigDecimal) value;
        return switch (operator) {
            case LESS -> Intervals.atLeast(number).not();
            case AT_MOST -> Intervals.atMost(number);
            case MORE -> Intervals.atMost(number).not();
            case AT_LEAST -> Intervals.atLeast(number);
            default -> Intervals.equalTo(number);
        };
    }

    private static VersionSet versions(Check.Comparison it) {
        return union(
                it.values(),
                value -> versions(it.operator(), (Version) ((Value.Literal) value).value()),
                VersionSet::or);
    }

    private static VersionSet versions(Operator operator, Version version) {
        VersionSet from = VersionSet.from(version);
        return switch (operator) {
            case LESS -> from.not();
            case AT_MOST -> from.not().or(VersionSet.of(version));
            case MORE -> from.minus(VersionSet.of(version));
            case AT_LEAST -> from;
            default -> VersionSet.of(version);
        };
    }

    private String words(Check.Comparison it) {
        return it.operator().written() + it.values().stream().map(this::words).toList();
    }

    /** Two values with the same words are the same, whatever is asked. */
    String words(Value value) {
        return switch (value) {
            case Value.Literal(Type type, Object literal) ->
                    type.isAmount()
                            ? Type.show(literal)
                            : "\"" + literal.toString().replace("\"", "\\\"") + "\"";
            case Value.LiteralPath(PathText path) -> "path " + path;
            case Value.OfField(int slot, FactType fact, Field field) -> {
                String whose = single.contains(fact) ? fact.name() : way + "." + slot;
                boolean folder = fact.equals(Facts.SESSION) && field.type() == Type.PATH;
                yield switch (folder ? field.name() : "") {
                    case "home" -> "path ~";
                    case "project" -> "path .";
                    default -> whose + "." + field.name();
                };
            }
            case Value.Computed(Type _, char symbol, Value left, Value right) ->
                    "(" + words(left) + symbol + words(right) + ")";
            case Value.LongerPath(Value path, String more) -> words(path) + more;
            case Value.Template(List<Object> parts) ->
                    parts.stream()
                            .map(part ->
                                    part instanceof Value inner ? "${" + words(inner) + "}" : part)
                            .toList()
                            .toString();
        };
    }
}
