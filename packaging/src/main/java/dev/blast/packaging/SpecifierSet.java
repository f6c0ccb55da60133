package dev.blast.packaging;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A version specifier (PEP 440): clauses that all have to hold. Immutable; the order and repetition
 * of clauses make no difference. The empty one lets everything through.
 */
public record SpecifierSet(List<Specifier> specifiers) {
    /** Lets everything through. */
    public static final SpecifierSet ANY = new SpecifierSet(List.of());

    public SpecifierSet {
        specifiers = specifiers.stream().distinct().sorted().toList();
    }

    /**
     * Reads clauses with commas between.
     *
     * @throws InvalidSyntaxException if a clause between the commas is none
     */
    public static SpecifierSet parse(String text) {
        return new SpecifierSet(
                Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(clause -> !clause.isEmpty())
                        .map(Specifier::parse)
                        .toList());
    }

    /** Whether a clause names one version: {@code ==} or {@code ===} without {@code .*}. */
    public boolean isPin() {
        return specifiers.stream()
                .anyMatch(clause ->
                        (clause.operator() == Operator.EQUAL
                                        || clause.operator() == Operator.IDENTICAL)
                                && !clause.version().endsWith(".*"));
    }

    /** The versions that every clause lets through, pre-releases among them. */
    public VersionSet versions() {
        VersionSet versions = VersionSet.ALL;
        for (Specifier specifier : specifiers) {
            versions = versions.and(specifier.versions());
        }
        return versions;
    }

    /**
     * Whether {@link #versions} holds it. A pre-release counts: there is no other version to
     * prefer.
     */
    public boolean contains(Version version) {
        for (Specifier specifier : specifiers) {
            if (!specifier.contains(version)) {
                return false;
            }
        }
        return true;
    }

    /** The same, with pre-releases shut out where they are not wanted. */
    public boolean contains(Version version, boolean prereleases) {
        return (prereleases || !version.isPrerelease()) && contains(version);
    }

    /**
     * The same for text that may be no version, which {@code ===} and the empty set let through.
     */
    public boolean contains(String candidate) {
        return specifiers.stream().allMatch(specifier -> specifier.contains(candidate));
    }

    /** The same, with pre-releases shut out where they are not wanted. */
    public boolean contains(String candidate, boolean prereleases) {
        return (prereleases || !isPrerelease(candidate)) && contains(candidate);
    }

    /**
     * Whether any version or text gets through, pre-releases not counted where they are not wanted.
     */
    public boolean isSatisfiable(boolean prereleases) {
        for (Specifier specifier : specifiers) {
            if (specifier.operator() == Operator.IDENTICAL) {
                // Only the text itself can get through.
                return contains(specifier.version(), prereleases);
            }
        }
        VersionSet versions = versions();
        return prereleases ? !versions.isEmpty() : versions.holdsRelease();
    }

    /** Whether a clause names a pre-release, which by PEP 440 lets all pre-releases in. */
    public boolean namesPrerelease() {
        return specifiers.stream().anyMatch(Specifier::namesPrerelease);
    }

    /**
     * The versions that it lets through, in the order given.
     *
     * @param prereleases whether pre-releases are wanted; null for the rule of PEP 440: if a clause
     *     names one, or if nothing else is let through
     */
    public List<Version> filter(Collection<Version> versions, @Nullable Boolean prereleases) {
        return filter(versions, this::contains, Version::isPrerelease, prereleases);
    }

    /** The same for texts of which some may be no versions: those count as no pre-releases. */
    public List<String> filterTexts(Collection<String> candidates, @Nullable Boolean prereleases) {
        // A text that is no version does not decide whether there is a final release to prefer.
        List<String> passed = candidates.stream().filter(this::contains).toList();
        boolean anyFinal = passed.stream().anyMatch(SpecifierSet::isFinal);
        Boolean wanted = (prereleases == null && !anyFinal) ? Boolean.TRUE : prereleases;
        return filter(passed, candidate -> true, SpecifierSet::isPrerelease, wanted);
    }

    private <T> List<T> filter(
            Collection<T> candidates,
            Predicate<T> contained,
            Predicate<T> prerelease,
            @Nullable Boolean prereleases) {
        List<T> all = candidates.stream().filter(contained).toList();
        if (prereleases == null ? namesPrerelease() : prereleases) {
            return all;
        }
        List<T> finals = all.stream().filter(prerelease.negate()).toList();
        return prereleases == null && finals.isEmpty() ? all : finals;
    }

    private static boolean isPrerelease(String candidate) {
        return Version.tryParse(candidate).map(Version::isPrerelease).orElse(false);
    }

    private static boolean isFinal(String candidate) {
        return Version.tryParse(candidate).map(version -> !version.isPrerelease()).orElse(false);
    }

    /** The clauses as they were written, sorted, with commas between. */
    @Override
    public String toString() {
        return specifiers.stream()
                .map(Specifier::toString)
                .sorted()
                .collect(Collectors.joining(","));
    }
}
