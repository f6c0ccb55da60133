package dev.blast.packaging;

import java.util.Arrays;
import java.util.Optional;

/**
 * A version as PEP 440 defines it. Immutable. The order, and with it equality, is that of the
 * standard: 1.0 and 1.0.0 are equal, while {@link #toString} keeps the zeros as they were written.
 * Numbers may be of any length.
 *
 * <p>A version is its normalized text and a sort key ({@link VersionKey}) made at birth; the parts
 * are read from the text when somebody asks.
 */
public final class Version implements Comparable<Version> {
    private final String text;
    private final long[] key;
    private final boolean prerelease;

    Version(String text, long[] key, boolean prerelease) {
        this.text = text;
        this.key = key;
        this.prerelease = prerelease;
    }

    /**
     * Reads a version.
     *
     * @throws InvalidSyntaxException if the text is no version by PEP 440
     */
    public static Version parse(String text) {
        var scanner = new VersionScanner(text);
        Version version = scanner.scan();
        if (version == null) {
            throw new InvalidSyntaxException("not a version (PEP 440)", text, scanner.position());
        }
        return version;
    }

    /** The version, or nothing where the text is none: old projects have such files on an index. */
    public static Optional<Version> tryParse(String text) {
        return Optional.ofNullable(new VersionScanner(text).scan());
    }

    /** Whether it is an alpha, beta, release candidate or development release. */
    public boolean isPrerelease() {
        return prerelease;
    }

    public boolean isPostrelease() {
        return parts().post() != null;
    }

    public boolean isDevelopment() {
        return parts().dev() != null;
    }

    /** Whether it has a local part ({@code 1.0+cu121}). */
    public boolean isLocal() {
        return text.indexOf('+') >= 0;
    }

    /** The first release number. */
    public int major() {
        return parts().releaseNumber(0);
    }

    /** The second release number, 0 where there is none. */
    public int minor() {
        return parts().releaseNumber(1);
    }

    /** The third release number, 0 where there is none. */
    public int micro() {
        return parts().releaseNumber(2);
    }

    /** This version without its local part. */
    public Version withoutLocal() {
        return isLocal() ? parse(text.substring(0, text.indexOf('+'))) : this;
    }

    /** Epoch, release and the rest, each by itself. */
    public VersionParts parts() {
        return VersionParts.of(text);
    }

    long[] key() {
        return key;
    }

    @Override
    public int compareTo(Version other) {
        return Arrays.compare(key, other.key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Version version && Arrays.equals(key, version.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    /** The normalized text: {@code v1.0-RC.1} is {@code 1.0rc1}. */
    @Override
    public String toString() {
        return text;
    }
}
