package dev.blast.packaging;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A dependency as PEP 508 writes it: {@code name[extra]>=1.0; marker}, or {@code name @ url ;
 * marker}. Immutable; extras are sorted. A requirement with a URL has an empty specifier.
 */
public record Requirement(
        PackageName name,
        Set<ExtraName> extras,
        SpecifierSet specifier,
        @Nullable String url,
        @Nullable Marker marker) {

    public Requirement {
        extras = extras.isEmpty() ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(extras));
        if (url != null && !specifier.specifiers().isEmpty()) {
            throw new IllegalArgumentException(
                    "%s has both a URL and a version specifier".formatted(name));
        }
    }

    /**
     * Reads a requirement.
     *
     * @throws InvalidSyntaxException if the text is no dependency specifier
     */
    public static Requirement parse(String text) {
        return RequirementParser.parse(text);
    }

    /** Whether it applies there when these extras of the requiring project are asked for. */
    public boolean appliesTo(MarkerEnvironment environment, Set<ExtraName> extrasOfRequirer) {
        return marker == null || marker.evaluate(environment, extrasOfRequirer);
    }

    /** The canonical text, with names in normal form, versions and the URL as they were written. */
    public String canonical() {
        return text(url);
    }

    /** The canonical text for files and people: a password in the URL is left out. */
    @Override
    public String toString() {
        return text(url == null ? null : Redaction.strip(url));
    }

    private String text(@Nullable String address) {
        var text = new StringBuilder(name.normalized());
        if (!extras.isEmpty()) {
            text.append(
                    extras.stream()
                            .map(ExtraName::normalized)
                            .collect(Collectors.joining(",", "[", "]")));
        }
        text.append(specifier);
        if (address != null) {
            text.append(" @ ").append(address).append(marker == null ? "" : " ");
        }
        if (marker != null) {
            text.append("; ").append(marker);
        }
        return text.toString();
    }
}
