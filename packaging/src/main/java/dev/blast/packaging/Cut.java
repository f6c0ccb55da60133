package dev.blast.packaging;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A place between two neighbouring versions: each version lies before it or behind it. Cuts are
 * canonical: between two different cuts there is always a version.
 *
 * <p>That holds because a cut with a least version behind it is written as "before that version":
 * behind 1.0 and all its local versions is before 1.0.post0.dev0. Only three kinds of place have no
 * least version behind them, and are kept as they are: right behind one version (its local versions
 * follow, and they have no least one), behind all post-releases of a final release (1.0.0…1.dev0
 * follow), and behind everything.
 */
public final class Cut implements Comparable<Cut> {
    /** Before every version; the least one is 0.dev0. */
    static final Cut BOTTOM = before(Version.parse("0.dev0"));

    /** Behind every version. */
    static final Cut TOP = new Cut(Kind.TOP, new long[] {VersionKey.LAST}, null);

    enum Kind {
        BEFORE,
        RIGHT_AFTER,
        AFTER_POSTS,
        TOP
    }

    private final Kind kind;
    private final long[] key;
    private final @Nullable Version version;

    private Cut(Kind kind, long[] key, @Nullable Version version) {
        this.kind = kind;
        this.key = key;
        this.version = version;
    }

    static Cut before(Version version) {
        return new Cut(Kind.BEFORE, version.key(), version);
    }

    /** Behind this version alone: its own local versions are still to come. */
    static Cut rightAfter(Version version) {
        // Longer than the key that it begins with, so behind it, and before every other key.
        long[] key = Arrays.copyOf(version.key(), version.key().length + 1);
        key[key.length - 1] = Long.MIN_VALUE;
        return new Cut(Kind.RIGHT_AFTER, key, version);
    }

    /** Behind this version and all its local versions, before the next public one. */
    static Cut afterLocals(Version version) {
        VersionParts parts = version.parts().withoutLocal();
        if (parts.dev() != null) {
            return before(parts.withDev(parts.dev().add(BigInteger.ONE)).toVersion());
        }
        BigInteger post = parts.post() == null ? BigInteger.ZERO : parts.post().add(BigInteger.ONE);
        return before(parts.withPost(post).withDev(BigInteger.ZERO).toVersion());
    }

    /** Behind this final release or a/b/rc pre-release and all its post-releases. */
    static Cut afterPosts(Version version) {
        VersionParts parts = version.parts().withoutLocal().withPost(null);
        if (parts.preNumber() != null) {
            BigInteger next = parts.preNumber().add(BigInteger.ONE);
            return before(
                    parts.withPre(parts.preLetter(), next).withDev(BigInteger.ZERO).toVersion());
        }
        // epoch, release, phase FINAL, then a post-release number that no version has.
        Version base = parts.toVersion();
        long[] key = Arrays.copyOf(base.key(), base.key().length - 2);
        key[key.length - 1] = VersionKey.LAST;
        return new Cut(Kind.AFTER_POSTS, key, base);
    }

    Kind kind() {
        return kind;
    }

    /** The version that the cut is named by. */
    Version version() {
        if (version == null) {
            throw new IllegalStateException("the end of all versions has no version");
        }
        return version;
    }

    boolean isBefore(Version other) {
        return Arrays.compare(key, other.key()) <= 0;
    }

    @Override
    public int compareTo(Cut other) {
        return Arrays.compare(key, other.key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cut cut && Arrays.equals(key, cut.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return kind == Kind.TOP ? "the end" : kind + " " + version;
    }
}
