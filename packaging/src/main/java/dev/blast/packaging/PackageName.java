package dev.blast.packaging;

/**
 * A distribution name in the normal form of PEP 503: equal names are one project. The constructor
 * normalizes, and takes letters of every script, since file names of wheels may have them (PEP
 * 427); what people write is read by {@link #parse}.
 */
public record PackageName(String normalized) implements Comparable<PackageName> {
    private static final String COMPLAINT = "not a package name";

    public PackageName {
        normalized = Names.normalizedOfFile(normalized, COMPLAINT);
    }

    /**
     * A name as projects and requirements may have it: of ASCII alone (PEP 508).
     *
     * @throws InvalidSyntaxException where it is none
     */
    public static PackageName parse(String text) {
        return new PackageName(Names.normalized(text, COMPLAINT));
    }

    /**
     * A name as core metadata and PEP 508 have it. Letters beyond ASCII, which only a file name may
     * hold, can look like others.
     *
     * @throws InvalidSyntaxException if it holds any
     */
    static PackageName ofAscii(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) > 0x7f) {
                throw new InvalidSyntaxException("a package name is ASCII", name, i);
            }
        }
        return new PackageName(name);
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
