package dev.blast.rules.checked;

import dev.blast.packaging.Host;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.PathText;
import dev.blast.rules.vocabulary.Quoted;
import dev.blast.rules.vocabulary.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds constraints that load, and that no fact can make true: a host with a scheme, a star behind
 * {@code ==}, a port that does not exist. Each says what was probably meant.
 */
public final class Remarks {
    private static final Pattern PORT = Pattern.compile("(.*[^:]):([0-9]{1,5})");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final Pattern SHORT_VERSION = Pattern.compile("[0-9]+\\.[0-9]+");
    private static final int LONGEST_NAME = 253; // RFC 1035, without the final dot

    private final Rule rule;
    private final List<Diagnostic> found = new ArrayList<>();

    private Remarks(Rule rule) {
        this.rule = rule;
    }

    public static List<Diagnostic> in(Rule rule) {
        var remarks = new Remarks(rule);
        rule.branches().forEach(branch -> remarks.elements(branch.elements()));
        return remarks.found;
    }

    private void elements(List<Element> elements) {
        for (Element element : elements) {
            switch (element) {
                case Element.Match match -> match.tests().forEach(this::test);
                case Element.Absent(Span _, List<Element> parts) -> elements(parts);
                case Element.Present(Span _, List<Element> parts) -> elements(parts);
            }
        }
    }

    private void test(Check test) {
        switch (test) {
            case Check.Comparison it -> comparison(it);
            case Check.IsUnknown _ -> {}
            case Check.All(Span _, List<Check> parts) -> parts.forEach(this::test);
            case Check.Any(Span _, List<Check> parts) -> parts.forEach(this::test);
        }
    }

    private void comparison(Check.Comparison it) {
        for (Value value : it.values()) {
            Optional<String> advice =
                    switch (it.operator()) {
                        case EQUAL, IN -> equality(it.field(), value);
                        case GLOB -> glob(it.field(), value);
                        case UNDER ->
                                star(value).map(_ -> "under takes a path as it is: write glob");
                        case UNEQUAL,
                                LESS,
                                AT_MOST,
                                MORE,
                                AT_LEAST,
                                CONTAINS,
                                MATCHES,
                                WITHIN,
                                SATISFIES ->
                                Optional.empty();
                    };
            advice.ifPresent(help -> {
                String message =
                        "%s %s %s %s"
                                .formatted(
                                        it.field().field().name(),
                                        words(it),
                                        shown(value),
                                        claim(it, value));
                found.add(rule.source().diagnostic(Code.NEVER_TRUE, it.span(), message, help));
            });
        }
    }

    private static String claim(Check.Comparison it, Value value) {
        String usual = it.negated() ? "false" : "true";
        return switch (it.field().field().type()) {
            case VERSION -> "is %s of %s.0 alone".formatted(usual, Type.say(literal(value)));
            case TEXT, PATH ->
                    star(value).isPresent()
                            ? "is %s of that very text alone".formatted(usual)
                            : it.negated() ? "is always true" : "is never true";
            default -> it.negated() ? "is always true" : "is never true";
        };
    }

    private static @Nullable Object literal(Value value) {
        return value instanceof Value.Literal(Type _, Object literal) ? literal : null;
    }

    private static String words(Check.Comparison it) {
        return switch (it.operator()) {
            case EQUAL -> it.negated() ? "!=" : "==";
            default -> (it.negated() ? "not " : "") + it.operator().written();
        };
    }

    private static String shown(Value value) {
        return switch (value) {
            case Value.Literal(Type _, Object literal) -> Type.show(literal);
            case Value.LiteralPath(PathText path) -> Quoted.of(path.toString());
            default -> "this";
        };
    }

    private static Optional<String> equality(Value.OfField field, Value value) {
        Optional<String> star =
                star(value)
                        .map(_ ->
                                "a star is only itself here: write "
                                        + field.field().name()
                                        + " glob");
        if (star.isPresent() || !(value instanceof Value.Literal(Type _, Object literal))) {
            return star;
        }
        return switch (field.field().type()) {
            case HOST -> host((String) literal);
            case NUMBER, SIZE -> number(field.field(), (BigDecimal) literal);
            case VERSION -> version(field, literal.toString());
            case TEXT -> text(field, (String) literal);
            case CHOICE ->
                    NotYet.about(new Rule.FieldOf(field.fact(), field.field()), (String) literal);
            default -> Optional.empty();
        };
    }

    private static Optional<String> star(Value value) {
        boolean star =
                switch (value) {
                    case Value.Literal(Type _, String text) -> text.indexOf('*') >= 0;
                    case Value.LiteralPath(PathText path) -> path.rest().indexOf('*') >= 0;
                    default -> false;
                };
        return star ? Optional.of("*") : Optional.empty();
    }

    /** In its one form already. */
    private static Optional<String> host(String host) {
        if (host.contains("://")) {
            return Optional.of(
                    "a host has no scheme: write the name alone, and the port beside it");
        }
        if (host.indexOf('/') >= 0) {
            return Optional.of("a host has no path: write the name alone");
        }
        boolean isAddress = Host.of(host).address() != null;
        if (!isAddress && PORT.matcher(host).matches()) {
            return Optional.of("a host has no port: write port == … beside it");
        }
        boolean labels =
                host.length() <= LONGEST_NAME
                        && List.of(host.split("\\.", -1)).stream()
                                .allMatch(label -> LABEL.matcher(label).matches());
        return isAddress || labels ? Optional.empty() : Optional.of("no host is called that");
    }

    private static Optional<String> glob(Value.OfField field, Value value) {
        return field.field().type() == Type.HOST
                        && value instanceof Value.Literal(Type _, String text)
                        && (text.contains("://")
                                || text.indexOf('/') >= 0
                                || PORT.matcher(text).matches())
                ? Optional.of("a host has no scheme, port or path: write the name alone")
                : Optional.empty();
    }

    private static Optional<String> number(Field field, BigDecimal number) {
        if (number.stripTrailingZeros().scale() > 0) {
            return Optional.of("it is a whole number");
        }
        boolean port =
                field.name().equals("port") && number.compareTo(BigDecimal.valueOf(65_535)) > 0;
        return number.signum() < 0 || port
                ? Optional.of(port ? "ports end at 65535" : "it is never below zero")
                : Optional.empty();
    }

    private static Optional<String> version(Value.OfField field, String version) {
        return field.fact().equals(Facts.SESSION) && SHORT_VERSION.matcher(version).matches()
                ? Optional.of(
                        "an interpreter has a full version: write python satisfies \"==%s.*\""
                                .formatted(version))
                : Optional.empty();
    }

    private static Optional<String> text(Value.OfField field, String text) {
        if (!field.fact().equals(Facts.SESSION)) {
            return Optional.empty();
        }
        return switch (field.field().name()) {
            case "command" ->
                    text.indexOf(' ') >= 0 || text.indexOf('/') >= 0
                            ? Optional.of("it is the program's name, without folders and arguments")
                            : Optional.empty();
            case "platform" ->
                    text.chars().anyMatch(c -> c >= 'A' && c <= 'Z')
                            ? Optional.of("it is sys.platform, in small letters: \"linux\"")
                            : Optional.empty();
            default -> Optional.empty();
        };
    }
}
