package dev.blast.packaging;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a set of versions as specifiers. The text says exactly what the set holds, with one
 * liberty: one version alone is written {@code ==1.5}, although that clause also lets its local
 * versions through. Spans whose gaps are clauses of their own become one clause list ({@code
 * >=1,!=1.5,<2}); other gaps stand as {@code |}.
 */
final class VersionSetText {
    private VersionSetText() {}

    static String of(VersionSet set) {
        if (set.isEmpty()) {
            return "none";
        }
        if (set.equals(VersionSet.ALL)) {
            return "any";
        }
        var groups = new ArrayList<String>();
        var exclusions = new ArrayList<String>();
        Cut from = set.spans().getFirst().from();
        for (int i = 0; i < set.spans().size(); i++) {
            Cut to = set.spans().get(i).to();
            if (i + 1 < set.spans().size()) {
                Cut next = set.spans().get(i + 1).from();
                Optional<String> excluded = single(to, next);
                if (excluded.isPresent()) {
                    exclusions.add("!=" + excluded.get());
                    continue;
                }
            }
            groups.add(clauses(from, exclusions, to));
            exclusions.clear();
            if (i + 1 < set.spans().size()) {
                from = set.spans().get(i + 1).from();
            }
        }
        return String.join(" | ", groups);
    }

    private static String clauses(Cut from, List<String> exclusions, Cut to) {
        var clauses = new ArrayList<String>();
        Optional<String> single = single(from, to);
        if (single.isPresent()) {
            clauses.add("==" + single.get());
            clauses.addAll(exclusions);
        } else {
            clauses.addAll(lower(from));
            clauses.addAll(exclusions);
            clauses.addAll(upper(to));
        }
        return String.join(",", clauses);
    }

    /** The version, or the prefix with {@code .*}, that fills the place between two cuts. */
    private static Optional<String> single(Cut from, Cut to) {
        if (from.kind() != Cut.Kind.BEFORE || to.kind() == Cut.Kind.TOP) {
            return Optional.empty();
        }
        Version version = from.version();
        if ((to.equals(Cut.afterLocals(version)) && !version.isLocal())
                || to.equals(Cut.rightAfter(version))) {
            return Optional.of(version.toString());
        }
        VersionParts end = to.version().parts();
        // From the very first version on, "<1" reads better than "==0.*".
        if (from.equals(Cut.BOTTOM)
                || to.kind() != Cut.Kind.BEFORE
                || !isDev0OfRelease(end)
                || end.release().getLast().signum() == 0) {
            return Optional.empty();
        }
        var numbers = new ArrayList<>(end.release());
        numbers.set(numbers.size() - 1, numbers.getLast().subtract(BigInteger.ONE));
        VersionParts prefix = end.base().withRelease(numbers);
        Version first = prefix.withDev(BigInteger.ZERO).toVersion();
        return first.equals(version) ? Optional.of(prefix + ".*") : Optional.empty();
    }

    private static boolean isDev0OfRelease(VersionParts parts) {
        return parts.equals(parts.base().withDev(BigInteger.ZERO));
    }

    private static List<String> lower(Cut from) {
        if (from.equals(Cut.BOTTOM)) {
            return List.of();
        }
        return switch (from.kind()) {
            case AFTER_POSTS -> List.of(">" + from.version());
            case RIGHT_AFTER -> List.of(">=" + from.version(), "!=" + from.version());
            case BEFORE -> {
                VersionParts parts = from.version().parts();
                if (parts.post() != null && isZero(parts.dev())) {
                    VersionParts previous = previousPost(parts);
                    yield previous.post() != null
                            ? List.of(">" + previous)
                            : List.of(">=" + previous, "!=" + previous);
                }
                yield List.of(">=" + from.version());
            }
            case TOP ->
                    throw new IllegalStateException("no span begins at the end of all versions");
        };
    }

    private static List<String> upper(Cut to) {
        return switch (to.kind()) {
            case TOP -> List.of();
            // No specifier says this; only the complement of ">1.0" needs it.
            case AFTER_POSTS -> List.of("<=" + to.version() + ".post*");
            case RIGHT_AFTER -> List.of("<=" + to.version());
            case BEFORE -> {
                Version version = to.version();
                VersionParts parts = version.parts();
                if (parts.post() != null && isZero(parts.dev())) {
                    yield List.of("<=" + previousPost(parts));
                }
                if (isDev0OfRelease(parts)) {
                    yield List.of("<" + parts.base());
                }
                yield version.isPrerelease()
                        ? List.of("<" + version)
                        : List.of("!=" + version, "<=" + version);
            }
        };
    }

    /** For 1.0.post3.dev0, the public version right before: 1.0.post2; for 1.0.post0.dev0: 1.0. */
    private static VersionParts previousPost(VersionParts parts) {
        BigInteger post = parts.post();
        return parts.withDev(null)
                .withPost(
                        post == null || post.signum() == 0 ? null : post.subtract(BigInteger.ONE));
    }

    private static boolean isZero(@Nullable BigInteger number) {
        return number != null && number.signum() == 0;
    }
}
