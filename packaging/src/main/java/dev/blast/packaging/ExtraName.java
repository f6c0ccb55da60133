package dev.blast.packaging;

/**
 * The name of an extra (PEP 685) or of a dependency group (PEP 735) in normal form. The constructor
 * normalizes, and refuses what is no name.
 */
public record ExtraName(String normalized) implements Comparable<ExtraName> {
    public ExtraName {
        normalized = Names.normalized(normalized, "not the name of an extra or a group");
    }

    @Override
    public int compareTo(ExtraName other) {
        return normalized.compareTo(other.normalized);
    }

    @Override
    public String toString() {
        return normalized;
    }
}
