package dev.blast.rules.checked;

import dev.blast.packaging.Cidr;
import dev.blast.packaging.SpecifierSet;
import dev.blast.rules.vocabulary.Nearest;
import dev.blast.rules.vocabulary.Quoted;
import dev.blast.rules.vocabulary.Type;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was meant by a text that is no value of its type, or can be no value of its field. */
final class Intended {
    /** PEP 508, as far as people write it where a name belongs. */
    private static final Pattern REQUIREMENT =
            Pattern.compile("([A-Za-z0-9._-]+) *(\\[[^]]*])? *([<>=!~].*)?");

    private static final Pattern AMOUNT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) *([^0-9]*)");
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
            default -> Optional.empty();
        };
    }

    private static boolean isRange(String text) {
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

    /** The amount with the unit that is near, or that is the only one there is. */
    static Optional<String> amount(Type type, String text) {
        Matcher it = AMOUNT.matcher(text.strip());
        if (!it.matches()) {
            return Optional.empty();
        }
        List<String> units = type.units();
        String written = it.group(2).strip();
        Optional<String> unit =
                type == Type.SHARE && written.isEmpty()
                        ? Optional.of(it.group(1).equals("1") ? "cpu" : "cpus")
                        : written.isEmpty() ? Optional.empty() : Nearest.to(written, units);
        return unit.map(near -> it.group(1) + " " + near);
    }

    /** The same number with units that there are, for a number without one. */
    static Optional<String> withUnits(Type type, String digits) {
        if (!digits.matches("[0-9]+(\\.[0-9]+)?")) {
            return Optional.empty();
        }
        return switch (type) {
            case SIZE ->
                    Optional.of("write its unit: \"%1$s MiB\" or \"%1$s GB\"".formatted(digits));
            case RATE ->
                    Optional.of("write its unit: \"%1$s kB/s\" or \"%1$s MB/s\"".formatted(digits));
            case DURATION ->
                    Optional.of("write its unit: \"%1$s s\" or \"%1$s min\"".formatted(digits));
            default -> Optional.empty();
        };
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
