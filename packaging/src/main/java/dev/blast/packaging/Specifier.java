package dev.blast.packaging;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One clause of a version specifier (PEP 440), such as {@code >=1.26} or {@code ==1.5.*}.
 * Immutable. Two are equal if they say the same about every version by the same operator ({@code
 * ==1.0} and {@code ==1.0.0}); {@link #toString} keeps the version as it was written.
 */
public final class Specifier implements Comparable<Specifier> {
    private final Operator operator;
    private final String text;

    /** The version without {@code .*}; null where {@code ===} is followed by something else. */
    private final @Nullable Version version;

    private final VersionSet versions;

    private Specifier(
            Operator operator, String text, @Nullable Version version, VersionSet versions) {
        this.operator = operator;
        this.text = text;
        this.version = version;
        this.versions = versions;
    }

    /**
     * Reads one clause.
     *
     * @throws InvalidSyntaxException if it is no clause, or one that PEP 440 does not allow
     */
    public static Specifier parse(String input) {
        String clause = input.strip();
        Operator operator =
                Operator.atStartOf(clause)
                        .orElseThrow(() ->
                                new InvalidSyntaxException(
                                        "a version specifier begins with one of ~= == != <= >= < > ===",
                                        input,
                                        0));
        String text = clause.substring(operator.symbol().length()).strip();
        return of(operator, text, input);
    }

    /** The clause, or nothing where the text is none. */
    static Optional<Specifier> tryParse(String input) {
        try {
            return Optional.of(parse(input));
        } catch (InvalidSyntaxException e) {
            return Optional.empty();
        }
    }

    private static Specifier of(Operator operator, String text, String input) {
        int position = input.length() - text.length();
        if (text.chars().anyMatch(c -> Character.isWhitespace(c) || c == ';' || c == ')')) {
            throw new InvalidSyntaxException("one word follows the operator", input, position);
        }
        if (operator == Operator.IDENTICAL) {
            @Nullable Version version = Version.tryParse(text).orElse(null);
            return new Specifier(
                    operator,
                    text,
                    version,
                    version == null ? VersionSet.EMPTY : VersionSet.of(version));
        }
        if (text.endsWith(".*")) {
            if (operator != Operator.EQUAL && operator != Operator.NOT_EQUAL) {
                throw new InvalidSyntaxException(
                        "'.*' may only follow '==' and '!='", input, input.length() - 2);
            }
            Version prefix = version(text.substring(0, text.length() - 2), input, position);
            if (!prefix.parts().equals(prefix.parts().base())) {
                throw new InvalidSyntaxException(
                        "'.*' may only follow release numbers", input, input.length() - 2);
            }
            return new Specifier(operator, text, prefix, operator.versionsWithPrefix(prefix));
        }
        Version version = version(text, input, position);
        if (version.isLocal() && operator != Operator.EQUAL && operator != Operator.NOT_EQUAL) {
            throw new InvalidSyntaxException(
                    "a local version may only follow '==' and '!='", input, input.indexOf('+'));
        }
        if (operator == Operator.COMPATIBLE && version.parts().release().size() < 2) {
            throw new InvalidSyntaxException(
                    "'~=' needs two release numbers at least", input, position);
        }
        return new Specifier(operator, text, version, operator.versions(version));
    }

    private static Version version(String text, String input, int position) {
        return Version.tryParse(text)
                .orElseThrow(() ->
                        new InvalidSyntaxException(
                                "not a version in a specifier", input, position));
    }

    public Operator operator() {
        return operator;
    }

    /** What follows the operator, as it was written: {@code 1.5.*}, {@code 1.0.post-1}. */
    public String version() {
        return text;
    }

    /** The versions that the clause lets through, pre-releases among them. */
    public VersionSet versions() {
        return versions;
    }

    /**
     * Whether {@link #versions} holds it: pre-releases count, as PEP 440 has it for one version.
     */
    public boolean contains(Version version) {
        return versions.contains(version);
    }

    /**
     * The same for text that may be no version: {@code ===} compares texts, without case. For a
     * text that is a version, the two differ in {@code ===1.0} and 1.0.0 alone.
     */
    public boolean contains(String candidate) {
        if (operator == Operator.IDENTICAL) {
            return text.equalsIgnoreCase(candidate.strip());
        }
        Optional<Version> version = Version.tryParse(candidate);
        return version.isPresent() && versions.contains(version.get());
    }

    /** Whether it names a pre-release, which by PEP 440 lets all pre-releases in. */
    boolean namesPrerelease() {
        return operator != Operator.NOT_EQUAL && version != null && version.isPrerelease();
    }

    /** An order in which equal clauses are neighbours. */
    @Override
    public int compareTo(Specifier other) {
        int byOperator = operator.compareTo(other.operator);
        if (byOperator != 0) {
            return byOperator;
        }
        if (operator == Operator.IDENTICAL || version == null || other.version == null) {
            return text.compareTo(other.text);
        }
        int byVersion = version.compareTo(other.version);
        return byVersion != 0 ? byVersion : Integer.compare(reach(), other.reach());
    }

    /**
     * The count of numbers, where it changes what is let through: {@code ~=1.0}, {@code ==1.0.*}.
     */
    private int reach() {
        boolean counts = operator == Operator.COMPATIBLE || text.endsWith(".*");
        return counts && version != null ? version.parts().release().size() : 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Specifier specifier && compareTo(specifier) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(operator, operator == Operator.IDENTICAL ? text : version);
    }

    @Override
    public String toString() {
        return operator.symbol() + text;
    }
}
