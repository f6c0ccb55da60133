package dev.blast.rules.lint;

import dev.blast.packaging.Version;
import dev.blast.packaging.VersionSet;
import java.math.BigInteger;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The values of one field that a constraint lets through. All but {@link Unknown} let through only
 * what is known.
 */
sealed interface Meaning {

    /** How much there is to look at. */
    default int size() {
        return 1;
    }

    /** Whether it lets a known value through; null where that cannot be told. */
    default @Nullable Boolean holds(Object value) {
        return null;
    }

    /**
     * A text of a sample.
     *
     * @param base of a path what it is relative to; empty for other texts
     */
    record Text(String base, String text) {}

    /** Nothing is known. */
    record Unknown() implements Meaning {
        @Override
        public Boolean holds(Object value) {
            return false;
        }
    }

    /** Whole numbers, days, addresses. */
    record Numbers(Intervals numbers) implements Meaning {
        @Override
        public int size() {
            return numbers.ranges().size();
        }

        @Override
        public Boolean holds(Object value) {
            return numbers.holds((BigInteger) value);
        }
    }

    record Versions(VersionSet versions) implements Meaning {
        @Override
        public int size() {
            return versions.spans().size();
        }

        @Override
        public Boolean holds(Object value) {
            return versions.contains((Version) value);
        }
    }

    /**
     * These texts, names or choices.
     *
     * @param base of paths what they are relative to; empty for other texts
     */
    record Texts(String base, Set<String> texts) implements Meaning {
        @Override
        public int size() {
            return texts.size();
        }

        @Override
        public @Nullable Boolean holds(Object value) {
            return (value instanceof Text it && it.base().equals(base))
                    ? (Boolean) texts.contains(it.text())
                    : null;
        }
    }

    /** Texts of a shape. */
    record Shaped(String base, Shape shape) implements Meaning {
        @Override
        public @Nullable Boolean holds(Object value) {
            return (value instanceof Text it && it.base().equals(base))
                    ? (Boolean) shape.holds(it.text())
                    : null;
        }
    }

    /** Texts that pass a test; two with the same words are the same test. */
    record Tested(String words, Predicate<String> test) implements Meaning {}

    /** Lists with this element. */
    record Holding(String element) implements Meaning {}

    /**
     * Nothing that can be told from the constraint alone; two with the same words mean the same.
     */
    record Relative(String words) implements Meaning {}
}
