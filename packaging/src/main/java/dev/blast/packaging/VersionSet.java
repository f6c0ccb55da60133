package dev.blast.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A set of versions as spans in ascending order that never touch, so {@code equals()} is set
 * equality. Immutable. Pre-releases, post-releases and local versions are members like any other:
 * what {@code <} and {@code >} leave out by PEP 440 is left out of the spans. Set operations take
 * time linear in the number of spans, membership logarithmic.
 */
public record VersionSet(List<Span> spans) {
    /** No version. */
    public static final VersionSet EMPTY = new VersionSet(List.of());

    /** Every version. */
    public static final VersionSet ALL = new VersionSet(List.of(new Span(Cut.BOTTOM, Cut.TOP)));

    public VersionSet {
        spans = List.copyOf(spans);
        for (int i = 1; i < spans.size(); i++) {
            if (spans.get(i - 1).to().compareTo(spans.get(i).from()) >= 0) {
                throw new IllegalArgumentException("spans touch, overlap or descend: " + spans);
            }
        }
    }

    /** This version alone: not even its local versions. */
    public static VersionSet of(Version version) {
        return between(Cut.before(version), Cut.rightAfter(version));
    }

    /** This version and all behind it, by their order alone. */
    public static VersionSet from(Version version) {
        return new VersionSet(List.of(new Span(Cut.before(version), Cut.TOP)));
    }

    /** What lies between two places; empty where they are not in order. */
    static VersionSet between(Cut from, Cut to) {
        return from.compareTo(to) < 0 ? new VersionSet(List.of(new Span(from, to))) : EMPTY;
    }

    public boolean contains(Version version) {
        int low = 0;
        int high = spans.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Span span = spans.get(middle);
            if (!span.from().isBefore(version)) {
                high = middle - 1;
            } else if (span.to().isBefore(version)) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    public boolean isEmpty() {
        return spans.isEmpty();
    }

    /** The least version; empty where there is none, since each has one before it or none is in. */
    public Optional<Version> least() {
        return spans.stream()
                .findFirst()
                .map(Span::from)
                .filter(from -> from.kind() == Cut.Kind.BEFORE)
                .map(Cut::version);
    }

    /** Whether one of its versions is no pre-release. */
    boolean holdsRelease() {
        return spans.stream().anyMatch(Span::holdsRelease);
    }

    /** What is in both. */
    public VersionSet and(VersionSet other) {
        var common = new ArrayList<Span>();
        int i = 0;
        int j = 0;
        while (i < spans.size() && j < other.spans.size()) {
            Span left = spans.get(i);
            Span right = other.spans.get(j);
            Cut from = left.from().compareTo(right.from()) >= 0 ? left.from() : right.from();
            int order = left.to().compareTo(right.to());
            Cut to = order <= 0 ? left.to() : right.to();
            if (from.compareTo(to) < 0) {
                common.add(new Span(from, to));
            }
            if (order <= 0) {
                i++;
            } else {
                j++;
            }
        }
        return new VersionSet(common);
    }

    /** What is not in this one: the gaps. */
    public VersionSet not() {
        var gaps = new ArrayList<Span>();
        Cut from = Cut.BOTTOM;
        for (Span span : spans) {
            if (from.compareTo(span.from()) < 0) {
                gaps.add(new Span(from, span.from()));
            }
            from = span.to();
        }
        if (from.compareTo(Cut.TOP) < 0) {
            gaps.add(new Span(from, Cut.TOP));
        }
        return new VersionSet(gaps);
    }

    /** What is in one of them at least. */
    public VersionSet or(VersionSet other) {
        return not().and(other.not()).not();
    }

    /** What is in this one and not in the other. */
    public VersionSet minus(VersionSet other) {
        return and(other.not());
    }

    public boolean isSubsetOf(VersionSet other) {
        int j = 0;
        for (Span span : spans) {
            while (j < other.spans.size() && other.spans.get(j).to().compareTo(span.to()) < 0) {
                j++;
            }
            if (j == other.spans.size() || other.spans.get(j).from().compareTo(span.from()) > 0) {
                return false;
            }
        }
        return true;
    }

    public boolean isDisjoint(VersionSet other) {
        int i = 0;
        int j = 0;
        while (i < spans.size() && j < other.spans.size()) {
            Span left = spans.get(i);
            Span right = other.spans.get(j);
            if (left.to().compareTo(right.from()) <= 0) {
                i++;
            } else if (right.to().compareTo(left.from()) <= 0) {
                j++;
            } else {
                return false;
            }
        }
        return true;
    }

    /**
     * The set as people write specifiers: {@code >=1.26,<2}, {@code ==1.5.*}, {@code <1 | >=2};
     * "any" and "none" for all and nothing.
     */
    @Override
    public String toString() {
        return VersionSetText.of(this);
    }
}
