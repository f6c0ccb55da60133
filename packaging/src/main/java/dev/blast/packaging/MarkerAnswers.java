package dev.blast.packaging;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Some of the answers that a question of a {@link MarkerSet} can have. Canonical; answers of
 * different kinds never meet. The order is total among those that do not overlap.
 */
public sealed interface MarkerAnswers extends Comparable<MarkerAnswers> {

    MarkerAnswers and(MarkerAnswers other);

    MarkerAnswers not();

    boolean isEmpty();

    /** Pieces that hang together. */
    List<MarkerAnswers> parts();

    /** How many single answers it names; none where they are not counted. */
    int pieces();

    /** Whether one of its pieces ends where the other begins, or begins where it ends. */
    boolean isBeside(MarkerAnswers piece);

    default MarkerAnswers or(MarkerAnswers other) {
        return not().and(other.not()).not();
    }

    /** Versions. */
    record Versions(VersionSet set) implements MarkerAnswers {
        @Override
        public MarkerAnswers and(MarkerAnswers other) {
            return new Versions(set.and(((Versions) other).set));
        }

        @Override
        public MarkerAnswers not() {
            return new Versions(set.not());
        }

        @Override
        public boolean isEmpty() {
            return set.isEmpty();
        }

        @Override
        public List<MarkerAnswers> parts() {
            return set.spans().stream()
                    .<MarkerAnswers>map(span -> new Versions(new VersionSet(List.of(span))))
                    .toList();
        }

        @Override
        public int pieces() {
            return 0;
        }

        @Override
        public boolean isBeside(MarkerAnswers piece) {
            Span other = ((Versions) piece).set.spans().getFirst();
            return set.spans().stream()
                    .anyMatch(span ->
                            span.to().equals(other.from()) || span.from().equals(other.to()));
        }

        @Override
        public int compareTo(MarkerAnswers other) {
            return set.spans()
                    .getFirst()
                    .from()
                    .compareTo(((Versions) other).set.spans().getFirst().from());
        }
    }

    /**
     * Texts.
     *
     * @param but whether it is all others than these
     */
    record Texts(SortedSet<String> texts, boolean but) implements MarkerAnswers {
        public Texts {
            texts = Collections.unmodifiableSortedSet(new TreeSet<>(texts));
        }

        static Texts of(String text) {
            return new Texts(new TreeSet<>(Set.of(text)), false);
        }

        boolean contains(String text) {
            return texts.contains(text) != but;
        }

        @Override
        public MarkerAnswers and(MarkerAnswers other) {
            var it = (Texts) other;
            if (but && it.but) {
                var all = new TreeSet<>(texts);
                all.addAll(it.texts);
                return new Texts(all, true);
            }
            Texts listed = but ? it : this;
            Texts tested = but ? this : it;
            var left = new TreeSet<>(listed.texts);
            left.removeIf(text -> !tested.contains(text));
            return new Texts(left, false);
        }

        @Override
        public MarkerAnswers not() {
            return new Texts(texts, !but);
        }

        @Override
        public List<MarkerAnswers> parts() {
            return List.of(this);
        }

        @Override
        public int pieces() {
            return texts.size();
        }

        /** Texts have no order. */
        @Override
        public boolean isBeside(MarkerAnswers piece) {
            return false;
        }

        @Override
        public boolean isEmpty() {
            return texts.isEmpty() && !but;
        }

        /** Of those that do not overlap, one at most is all but some, and the last. */
        @Override
        public int compareTo(MarkerAnswers other) {
            var it = (Texts) other;
            if (but != it.but) {
                return but ? 1 : -1;
            }
            return texts.isEmpty() || it.texts.isEmpty()
                    ? Integer.compare(texts.size(), it.texts.size())
                    : texts.first().compareTo(it.texts.first());
        }
    }
}
