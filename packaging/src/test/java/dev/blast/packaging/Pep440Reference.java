package dev.blast.packaging;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Order and specifiers as PEP 440 words them, clause by clause, without keys and cuts: what the
 * real ones are held against.
 */
final class Pep440Reference {
    private Pep440Reference() {}

    static int compare(Version left, Version right) {
        VersionParts a = left.parts();
        VersionParts b = right.parts();
        int order = a.epoch().compareTo(b.epoch());
        for (int i = 0; order == 0 && i < Math.max(a.release().size(), b.release().size()); i++) {
            order = releaseNumber(a, i).compareTo(releaseNumber(b, i));
        }
        order = order != 0 ? order : Integer.compare(phase(a), phase(b));
        order = order != 0 ? order : nullsFirst(a.preNumber(), b.preNumber());
        order = order != 0 ? order : nullsFirst(a.post(), b.post());
        order =
                order != 0
                        ? order
                        : Comparator.nullsLast(Comparator.<BigInteger>naturalOrder())
                                .compare(a.dev(), b.dev());
        return order != 0 ? order : compareLocals(a.local(), b.local());
    }

    private static BigInteger releaseNumber(VersionParts parts, int place) {
        return place < parts.release().size() ? parts.release().get(place) : BigInteger.ZERO;
    }

    private static int phase(VersionParts parts) {
        if (parts.preLetter() != null) {
            return List.of("a", "b", "rc").indexOf(parts.preLetter());
        }
        return parts.post() == null && parts.dev() != null ? -1 : 3;
    }

    private static int nullsFirst(@Nullable BigInteger a, @Nullable BigInteger b) {
        return Comparator.nullsFirst(Comparator.<BigInteger>naturalOrder()).compare(a, b);
    }

    private static int compareLocals(@Nullable String a, @Nullable String b) {
        if (a == null || b == null) {
            return Boolean.compare(a != null, b != null);
        }
        String[] left = a.split("\\.", -1);
        String[] right = b.split("\\.", -1);
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            boolean leftNumber = left[i].matches("[0-9]+");
            boolean rightNumber = right[i].matches("[0-9]+");
            int order = Boolean.compare(leftNumber, rightNumber);
            if (order == 0) {
                order =
                        leftNumber
                                ? new BigInteger(left[i]).compareTo(new BigInteger(right[i]))
                                : left[i].compareTo(right[i]);
            }
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length, right.length);
    }

    static boolean contains(Specifier specifier, Version candidate) {
        String text = specifier.version();
        if (text.endsWith(".*")) {
            boolean prefixed =
                    hasPrefix(
                            Version.parse(text.substring(0, text.length() - 2)).parts(), candidate);
            return prefixed == (specifier.operator() == Operator.EQUAL);
        }
        Version version = Version.parse(text);
        Version released = candidate.withoutLocal();
        return switch (specifier.operator()) {
            case EQUAL -> compare(version.isLocal() ? candidate : released, version) == 0;
            case NOT_EQUAL -> compare(version.isLocal() ? candidate : released, version) != 0;
            case AT_MOST -> compare(released, version) <= 0;
            case AT_LEAST -> compare(released, version) >= 0;
            case LESS -> compare(candidate, version) < 0 && !isPrereleaseOf(candidate, version);
            case GREATER ->
                    compare(candidate, version) > 0
                            && compare(released, version) != 0
                            && !isPostOf(candidate, version);
            case COMPATIBLE -> {
                VersionParts base = version.parts().base();
                VersionParts prefix =
                        base.withRelease(base.release().subList(0, base.release().size() - 1));
                yield compare(released, version) >= 0 && hasPrefix(prefix, candidate);
            }
            case IDENTICAL -> compare(candidate, version) == 0;
        };
    }

    private static boolean hasPrefix(VersionParts prefix, Version candidate) {
        VersionParts parts = candidate.parts();
        if (!parts.epoch().equals(prefix.epoch())) {
            return false;
        }
        for (int i = 0; i < prefix.release().size(); i++) {
            if (!releaseNumber(parts, i).equals(prefix.release().get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Less than V does not allow a pre-release of V, unless V is one itself. */
    private static boolean isPrereleaseOf(Version candidate, Version version) {
        VersionParts parts = candidate.parts();
        VersionParts of = version.parts();
        return !version.isPrerelease()
                && candidate.isPrerelease()
                && sameBase(parts, of)
                && (of.post() == null
                        || (parts.preLetter() == null && of.post().equals(parts.post())));
    }

    /** Greater than V does not allow a post-release of V, unless V is one itself. */
    private static boolean isPostOf(Version candidate, Version version) {
        VersionParts parts = candidate.parts();
        VersionParts of = version.parts();
        return of.post() == null
                && of.dev() == null
                && parts.post() != null
                && sameBase(parts, of)
                && phase(parts) == phase(of)
                && nullsFirst(parts.preNumber(), of.preNumber()) == 0;
    }

    private static boolean sameBase(VersionParts a, VersionParts b) {
        return compare(a.base().toVersion(), b.base().toVersion()) == 0;
    }
}
