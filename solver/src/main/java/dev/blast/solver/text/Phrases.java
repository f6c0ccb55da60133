package dev.blast.solver.text;

import dev.blast.packaging.Operator;
import dev.blast.packaging.Redaction;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Specifier;
import dev.blast.packaging.SpecifierSet;
import dev.blast.packaging.VersionSet;
import dev.blast.solver.KnownVersions;
import dev.blast.solver.PackagePart;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts sets of versions into words: by a specifier that somebody wrote where one fits, else by the
 * versions themselves.
 */
final class Phrases {
    /** Runs of versions that are listed one by one. */
    private static final int RUNS = 3;

    /** Spans up to which a set of versions is written as a specifier. */
    private static final int SPANS = 2;

    private static final List<Operator> LOWER_FIRST =
            List.of(
                    Operator.IDENTICAL,
                    Operator.EQUAL,
                    Operator.COMPATIBLE,
                    Operator.AT_LEAST,
                    Operator.GREATER,
                    Operator.NOT_EQUAL,
                    Operator.LESS,
                    Operator.AT_MOST);

    private Phrases() {}

    /** The package at one of these versions. */
    static String versions(KnownVersions versions) {
        if (versions.all()) {
            return versions.of().toString();
        }
        return versions.written() == null
                ? "%s %s".formatted(versions.of(), listed(versions))
                : join(versions.of(), specifier(versions.written()));
    }

    /** Whether {@link #versions} names several versions, so that a verb is in the plural. */
    static boolean isPlural(KnownVersions versions) {
        return !versions.all() && versions.written() == null && versions.count() > 1;
    }

    /** The versions without their package, as the subject of a clause. */
    static String these(KnownVersions versions) {
        return isNamed(versions)
                ? listed(versions)
                : "%d versions from %s to %s"
                        .formatted(
                                versions.count(),
                                versions.runs().getFirst().first(),
                                versions.runs().getLast().last());
    }

    /** {@code a, b and c}. */
    static String listed(List<String> words, String last) {
        return words.size() < 2
                ? String.join("", words)
                : "%s %s %s"
                        .formatted(
                                String.join(", ", words.subList(0, words.size() - 1)),
                                last,
                                words.getLast());
    }

    /** The versions one by one where {@link #versions} does not name them; else nothing. */
    static String detail(KnownVersions versions) {
        return versions.all() || versions.written() != null
                ? "(%s %s, all)".formatted(versions.of().name(), listed(versions))
                : "";
    }

    /** The versions, or how many there are, beside a sentence that does not name them. */
    static String some(KnownVersions versions) {
        return isNamed(versions)
                ? "(%s %s)".formatted(versions.of().name(), listed(versions))
                : listed(versions);
    }

    /** The versions themselves: {@code 1.0, 1.2 … 1.4}. */
    private static String listed(KnownVersions versions) {
        List<KnownVersions.Run> runs = versions.runs();
        return isNamed(versions)
                ? runs.stream().map(Phrases::run).collect(Collectors.joining(", "))
                : "(" + these(versions) + ")";
    }

    private static String run(KnownVersions.Run run) {
        return run.count() == 1
                ? run.first().toString()
                : run.first() + (run.count() == 2 ? ", " : " … ") + run.last();
    }

    /**
     * The package with a requirement's specifier, as it was written but for the order of its
     * clauses.
     */
    static String requirement(PackagePart part, Requirement requirement) {
        return requirement.url() != null
                ? part + " @ " + Redaction.strip(requirement.url())
                : join(part, specifier(requirement.specifier()));
    }

    /**
     * What several requirements of one package have in common: the weakest of them, or all that
     * they let through.
     *
     * @param missing what is not among it and matters; null for nothing
     */
    static String common(
            List<Requirement> requirements,
            VersionSet accepted,
            KnownVersions known,
            @Nullable KnownVersions missing) {
        return requirements.stream()
                .filter(requirement -> set(requirement).equals(accepted))
                .map(requirement -> requirement(known.of(), requirement))
                .min(
                        Comparator.comparingInt(String::length)
                                .thenComparing(Comparator.naturalOrder()))
                .orElseGet(() ->
                        accepted.spans().size() <= SPANS
                                ? join(
                                        known.of(),
                                        accepted.equals(VersionSet.ALL) ? "" : accepted.toString())
                                : "%s %s%s"
                                        .formatted(
                                                known.of(), listed(known), none(known, missing)));
    }

    /**
     * Where versions are counted and not named, it is said that those that matter are not there.
     */
    private static String none(KnownVersions known, @Nullable KnownVersions missing) {
        if (missing == null || isNamed(known) || !(isNamed(missing) || missing.written() != null)) {
            return "";
        }
        return ", none of them "
                + (missing.written() == null ? listed(missing) : specifier(missing.written()));
    }

    private static boolean isNamed(KnownVersions versions) {
        return versions.runs().size() <= RUNS;
    }

    private static VersionSet set(Requirement requirement) {
        return requirement.url() != null ? VersionSet.ALL : requirement.specifier().versions();
    }

    private static String join(PackagePart part, String specifier) {
        return specifier.isEmpty() ? part.toString() : part + " " + specifier;
    }

    /** The clauses as they were written, lower bounds first. */
    static String specifier(SpecifierSet set) {
        return set.specifiers().stream()
                .sorted(
                        Comparator.<Specifier>comparingInt(
                                        clause -> LOWER_FIRST.indexOf(clause.operator()))
                                .thenComparing(Specifier::toString))
                .map(Specifier::toString)
                .collect(Collectors.joining(","));
    }
}
