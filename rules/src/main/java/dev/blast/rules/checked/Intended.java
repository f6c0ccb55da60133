package dev.blast.rules.checked;

import dev.blast.packaging.Cidr;
import dev.blast.packaging.SpecifierSet;
import dev.blast.rules.vocabulary.Quoted;
import dev.blast.rules.vocabulary.Type;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was meant by a text that is no value of its type, or can be no value of its field. */
final class Intended {
    /** PEP 508, as far as people write it where a name belongs. */
    private static final Pattern REQUIREMENT =
            Pattern.compile("([A-Za-z0-9._-]+) *(\\[[^]]*])? *([<>=!~].*)?");

    private static final Pattern HOME = Pattern.compile("\\$(?:HOME|\\{HOME\\})(/.*|)");
    private static final Pattern RELATIVE = Pattern.compile("\\w[^:\\\\]*");
    private static final Pattern WORD = Pattern.compile("[^/*?]+");
    private static final Pattern FROM_TO =
            Pattern.compile("([0-9]{1,9})\\s*(?:-|\\.\\.|:)\\s*([0-9]{1,9})");
    private static final Pattern RELEASE = Pattern.compile("([0-9]+)((?:\\.[0-9]+)*)(\\.\\*)?");
    private static final Pattern URL =
            Pattern.compile("(?:[a-z+]+://)?([^/:@]+)(?::([0-9]{1,5}))?(?:/.*)?");

    private Intended() {}

    /** What to write instead, for a field or a parameter of that name; empty where nobody knows. */
    static Optional<String> instead(String field, Type type, String text) {
        return switch (type) {
            case ADDRESS ->
                    isRange(text)
                            ? Optional.of(
                                    "a range: write %s within %s".formatted(field, Quoted.of(text)))
                            : Optional.empty();
            case VERSION ->
                    specifier(text)
                            .map(it -> "write %s satisfies %s".formatted(field, Quoted.of(it)));
            case NAME -> requirement(field, text);
            case NUMBER -> numbers(field, text);
            case PATH -> path(field, text);
            default -> Optional.empty();
        };
    }

    /** One that begins nowhere. */
    private static Optional<String> path(String field, String text) {
        Matcher home = HOME.matcher(text);
        if (home.matches()) {
            return Optional.of("write " + Quoted.of("~" + home.group(1)));
        }
        if (field.equals("program") && WORD.matcher(text).matches()) {
            return Optional.of("write %s glob %s".formatted(field, Quoted.of("/**/" + text)));
        }
        return !RELATIVE.matcher(text).matches()
                ? Optional.empty()
                : Optional.of(
                        "write %s, or in the project %s"
                                .formatted(Quoted.of("/" + text), Quoted.of("./" + text)));
    }

    /** A number in quotes, or from one to another. */
    private static Optional<String> numbers(String field, String text) {
        Matcher range = FROM_TO.matcher(text);
        if (range.matches()) {
            return Optional.of(
                    "write %1$s >= %2$s, %1$s <= %3$s"
                            .formatted(field, range.group(1), range.group(2)));
        }
        return text.matches("[0-9]+") ? Optional.of("write " + text) : Optional.empty();
    }

    static boolean isRange(String text) {
        try {
            return text.indexOf('/') > 0 && !Cidr.parse(text).toString().isEmpty();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean isSpecifier(String text) {
        try {
            return !SpecifierSet.parse(text).toString().isEmpty();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /**
     * The specifier that other tools write as {@code ^2.1}, {@code ~2.1}, {@code 2.*} or {@code
     * 2.1}.
     */
    static Optional<String> specifier(String text) {
        if (isSpecifier(text)) {
            return Optional.of(text);
        }
        boolean caret = text.startsWith("^");
        boolean tilde = text.startsWith("~");
        Matcher release = RELEASE.matcher(caret || tilde ? text.substring(1) : text);
        if (!release.matches()) {
            return Optional.empty();
        }
        String version = release.group(1) + release.group(2);
        String[] parts = version.split("\\.", -1);
        int kept = 0;
        while (caret && kept < parts.length - 1 && parts[kept].equals("0")) {
            kept++;
        }
        int changed = caret ? kept : Math.min(1, parts.length - 1);
        var below = new StringBuilder();
        for (int i = 0; i < changed; i++) {
            below.append(parts[i]).append('.');
        }
        below.append(new BigInteger(parts[changed]).add(BigInteger.ONE));
        return Optional.of(
                caret || tilde ? ">=%s, <%s".formatted(version, below) : "==" + release.group());
    }

    private static Optional<String> requirement(String field, String text) {
        Matcher it = REQUIREMENT.matcher(text);
        if (!it.matches() || (it.group(2) == null && it.group(3) == null)) {
            return Optional.empty();
        }
        String name = "write %s == %s".formatted(field, Quoted.of(it.group(1)));
        return Optional.of(
                it.group(3) != null && isSpecifier(it.group(3))
                        ? "%s, version satisfies %s".formatted(name, Quoted.of(it.group(3)))
                        : name);
    }

    /** A host, with its port if it has one, of what stands in the bar of a browser. */
    static Optional<String> host(String text) {
        Matcher it = URL.matcher(text);
        if (!it.matches()) {
            return Optional.empty();
        }
        String host = "host == " + Quoted.of(it.group(1));
        return Optional.of(it.group(2) == null ? host : host + ", port == " + it.group(2));
    }
}
