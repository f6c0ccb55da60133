package dev.blast.packaging;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The comparison operators of PEP 440 and the versions that each lets through. */
public enum Operator {
    IDENTICAL("==="),
    COMPATIBLE("~="),
    EQUAL("=="),
    NOT_EQUAL("!="),
    AT_MOST("<="),
    AT_LEAST(">="),
    LESS("<"),
    GREATER(">");

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    /** The operator that a text begins with: the longest one. */
    static Optional<Operator> atStartOf(String text) {
        for (Operator operator : values()) {
            if (text.startsWith(operator.symbol)) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    /** What the operator lets through when it is followed by this version without {@code .*}. */
    VersionSet versions(Version version) {
        return switch (this) {
            case IDENTICAL -> VersionSet.of(version);
            case COMPATIBLE -> {
                VersionParts base = version.parts().base();
                List<BigInteger> prefix = base.release().subList(0, base.release().size() - 1);
                yield VersionSet.between(
                        Cut.before(version), Cut.before(firstBehind(base.withRelease(prefix))));
            }
            case EQUAL ->
                    version.isLocal()
                            ? VersionSet.of(version)
                            : VersionSet.between(Cut.before(version), Cut.afterLocals(version));
            case NOT_EQUAL -> EQUAL.versions(version).not();
            case AT_MOST -> VersionSet.between(Cut.BOTTOM, Cut.afterLocals(version));
            case AT_LEAST -> VersionSet.between(Cut.before(version), Cut.TOP);
            case LESS -> VersionSet.between(Cut.BOTTOM, Cut.before(firstOf(version)));
            case GREATER -> VersionSet.between(behindAllOf(version), Cut.TOP);
        };
    }

    /** What {@code ==} or {@code !=} lets through when this release is followed by {@code .*}. */
    VersionSet versionsWithPrefix(Version release) {
        VersionParts prefix = release.parts();
        VersionSet versions =
                VersionSet.between(Cut.before(firstOf(release)), Cut.before(firstBehind(prefix)));
        return this == EQUAL ? versions : versions.not();
    }

    /** {@code <2} does not let 2rc1 through, but {@code <2rc1} lets 2b1 through. */
    private static Version firstOf(Version version) {
        return version.isPrerelease()
                ? version
                : version.parts().withoutLocal().withDev(BigInteger.ZERO).toVersion();
    }

    /**
     * {@code >1.0} does not let 1.0.post1 or 1.0+local through; {@code >1.0.post1} lets 1.0.post2
     * through.
     */
    private static Cut behindAllOf(Version version) {
        VersionParts parts = version.parts();
        return parts.dev() == null && parts.post() == null
                ? Cut.afterPosts(version)
                : Cut.afterLocals(version);
    }

    /**
     * The least version whose release does not begin with this prefix any more: 1.3.dev0 for 1.2.
     */
    private static Version firstBehind(VersionParts prefix) {
        var release = new ArrayList<>(prefix.release());
        release.set(release.size() - 1, release.getLast().add(BigInteger.ONE));
        return prefix.withRelease(release).withDev(BigInteger.ZERO).toVersion();
    }

    @Override
    public String toString() {
        return symbol;
    }
}
