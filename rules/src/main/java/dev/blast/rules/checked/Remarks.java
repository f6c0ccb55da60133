package dev.blast.rules.checked;

import dev.blast.packaging.Host;
import dev.blast.rules.source.Code;
import dev.blast.rules.source.Diagnostic;
import dev.blast.rules.source.Span;
import dev.blast.rules.vocabulary.Facts;
import dev.blast.rules.vocabulary.Field;
import dev.blast.rules.vocabulary.Operator;
import dev.blast.rules.vocabulary.PathText;
import dev.blast.rules.vocabulary.Quoted;
import dev.blast.rules.vocabulary.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
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
    private static final Pattern PIN = Pattern.compile("===?\\s*([0-9]+\\.[0-9]+)");
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");
    private static final Pattern NAME_GLOB = Pattern.compile("[A-Za-z0-9._*?-]*");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_ /:=@-]+");
    private static final Pattern ALTERNATIVES = Pattern.compile("[|(\\[\\\\]");
    private static final String NAME_ALONE =
            "a host has no scheme, port or path: write the name alone";
    private static final int LONGEST_NAME = 253; // RFC 1035, without the final dot

    private final Rule rule;
    private final List<Remark> found = new ArrayList<>();

    /** What was found, and the constraint that it is about. */
    public record Remark(Span span, Diagnostic diagnostic) {}

    private Remarks(Rule rule) {
        this.rule = rule;
    }

    public static List<Remark> in(Rule rule) {
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
                        case MATCHES -> expression(it.field().field().type(), text(value));
                        case SATISFIES -> pin(it.field(), text(value));
                        case UNEQUAL, LESS, AT_MOST, MORE, AT_LEAST, CONTAINS, WITHIN ->
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
                found.add(
                        new Remark(
                                it.span(),
                                rule.source()
                                        .diagnostic(Code.NEVER_TRUE, it.span(), message, help)));
            });
        }
    }

    private static String claim(Check.Comparison it, Value value) {
        String usual = it.negated() ? "false" : "true";
        if (it.operator() == Operator.MATCHES && PLAIN.matcher(text(value)).matches()) {
            return "is %s of that very text alone".formatted(usual);
        }
        if (it.operator() == Operator.SATISFIES) {
            return "is %s of %s.0 alone".formatted(usual, text(value).replaceAll("[=\\s]", ""));
        }
        if (it.operator() == Operator.MATCHES) {
            return it.negated() ? "is always true" : "is never true";
        }
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

    private static String text(Value value) {
        return String.valueOf(literal(value));
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
                                "a star is only itself here: write %s glob %s"
                                        .formatted(field.field().name(), shown(value)));
        if (star.isPresent() || !(value instanceof Value.Literal(Type _, Object literal))) {
            return star;
        }
        return switch (field.field().type()) {
            case HOST -> host((String) literal);
            case NUMBER, SIZE -> number(field.field(), (BigDecimal) literal);
            case VERSION -> version(field, literal.toString());
            case TEXT -> text(field, (String) literal);
            case NAME -> name(literal.toString());
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
                    Intended.host(host)
                            .map(it -> "a host has no scheme: write " + it)
                            .orElse(NAME_ALONE));
        }
        if (Intended.isRange(host)) {
            return Optional.of(
                    "a range of addresses: write address within %s".formatted(Quoted.of(host)));
        }
        if (host.indexOf('/') >= 0) {
            return Optional.of(
                    Intended.host(host)
                            .map(it -> "a host has no path: write " + it)
                            .orElse(NAME_ALONE));
        }
        boolean isAddress = Host.of(host).address() != null;
        if (!isAddress && PORT.matcher(host).matches()) {
            return Optional.of(
                    Intended.host(host)
                            .map(it -> "a host has no port: write " + it)
                            .orElse(NAME_ALONE));
        }
        boolean labels =
                host.length() <= LONGEST_NAME
                        && List.of(host.split("\\.", -1)).stream()
                                .allMatch(label -> LABEL.matcher(label).matches());
        return isAddress || labels ? Optional.empty() : Optional.of("no host is called that");
    }

    /** In its one form already; file names of wheels may have other letters, projects do not. */
    private static Optional<String> name(String name) {
        return NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("no package is called that: a name is of ASCII");
    }

    private static Optional<String> glob(Value.OfField field, Value value) {
        String text = text(value);
        return switch (field.field().type()) {
            case HOST -> {
                boolean more =
                        text.contains("://")
                                || text.indexOf('/') >= 0
                                || PORT.matcher(text).matches();
                yield more ? Optional.of(NAME_ALONE) : Optional.empty();
            }
            case NAME ->
                    NAME_GLOB.matcher(text).matches()
                            ? Optional.empty()
                            : Optional.of("no package is called that: a name is of ASCII");
            default -> Optional.empty();
        };
    }

    /** Anchored at both ends, and held against the one form that hosts and names have. */
    private static Optional<String> expression(Type type, String text) {
        if (type == Type.HOST && wants(text, "/")) {
            return Optional.of(NAME_ALONE);
        }
        if ((type == Type.HOST || type == Type.NAME) && wants(text, "[A-Z]")) {
            return Optional.of("it is in small letters");
        }
        if (type == Type.NAME && wants(text, "_")) {
            return Optional.of("between the words of a name stands -, however it is written");
        }
        return PLAIN.matcher(text).matches()
                ? Optional.of(
                        "matches means the whole text: write ==, or matches \".*%s.*\""
                                .formatted(text))
                : Optional.empty();
    }

    /** Whether every text that matches has such a character; false where that is not plain. */
    private static boolean wants(String text, String character) {
        return !ALTERNATIVES.matcher(text).find()
                && Pattern.compile(character + "(?![?*{])").matcher(text).find();
    }

    private static Optional<String> pin(Value.OfField field, String text) {
        Matcher pin = PIN.matcher(text);
        return field.fact().equals(Facts.SESSION) && pin.matches()
                ? Optional.of(
                        "an interpreter has a full version: write \"==%s.*\""
                                .formatted(pin.group(1)))
                : Optional.empty();
    }

    private static Optional<String> number(Field field, BigDecimal number) {
        if (number.stripTrailingZeros().scale() > 0) {
            return Optional.of("it is a whole number");
        }
        boolean port = field.name().equals("port");
        if (number.signum() < 0) {
            return Optional.of(
                    port
                            ? "a range of ports: write port >= FIRST, port <= LAST"
                            : "it is never below zero");
        }
        return port && number.compareTo(BigDecimal.valueOf(65_535)) > 0
                ? Optional.of("ports end at 65535")
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
