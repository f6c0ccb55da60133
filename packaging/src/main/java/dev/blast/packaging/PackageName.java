package dev.blast.packaging;

/**
 * A distribution name in the normal form of PEP 503: equal names are one project. The constructor
 * normalizes, and refuses what is no name by PEP 508.
 */
public record PackageName(String normalized) implements Comparable<PackageName> {
    public PackageName {
        normalized = Names.normalized(normalized, "not a package name");
    }

    /** The spelling that file names use (PEP 427, 625): underscores for hyphens. */
    public String escaped() {
        return normalized.replace('-', '_');
    }

    @Override
    public int compareTo(PackageName other) {
        return normalized.compareTo(other.normalized);
    }

    @Override
    public String toString() {
        return normalized;
    }
}
