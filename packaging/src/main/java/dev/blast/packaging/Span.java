package dev.blast.packaging;

/** The versions between two places, never empty. */
public record Span(Cut from, Cut to) {
    public Span {
        if (from.compareTo(to) >= 0) {
            throw new IllegalArgumentException(
                    "no version lies between '%s' and '%s'".formatted(from, to));
        }
    }

    boolean contains(Version version) {
        return from.isBefore(version) && !to.isBefore(version);
    }
}
