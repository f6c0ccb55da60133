package dev.blast.packaging;

/** The versions between two places, never empty. */
public record Span(Cut from, Cut to) {
    public Span {
        if (from.compareTo(to) >= 0) {
            throw new IllegalArgumentException(
                    "no version lies between '%s' and '%s'".formatted(from, to));
        }
    }

    /** Whether one of the versions is no pre-release. */
    boolean holdsRelease() {
        Version version = from.version();
        if (from.kind() != Cut.Kind.BEFORE && !version.isPrerelease()) {
            return true; // its local versions follow, or releases as close to it as one likes
        }
        VersionParts parts = version.parts();
        if (version.isPrerelease()) {
            // 1.0a1.post0 gives way to 1.0, but 1.0.post1.dev0 to 1.0.post1.
            parts = parts.withoutLocal().withDev(null);
            parts = parts.preLetter() == null ? parts : parts.withPre(null, null).withPost(null);
        }
        return to.compareTo(Cut.before(parts.toVersion())) > 0;
    }

    boolean contains(Version version) {
        return from.isBefore(version) && !to.isBefore(version);
    }
}
