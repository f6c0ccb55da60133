package dev.blast.solver.logic;

import java.util.Arrays;

/**
 * A set of the states a package may be in: state 0 is "not chosen", state i + 1 is its i-th known
 * version in ascending order. Immutable. Both sides of an operation must come from the same number
 * of states.
 *
 * <p>With absence as a state like any other there are no negative terms: "not numpy below 2" is the
 * set of absence and all numpy from 2 on, and intersection, union and complement of terms are those
 * of sets. Sets of known versions are canonical by themselves, so a rejected version needs no
 * widening to the gap between its neighbours.
 */
public final class States {
    public static final int ABSENT = 0;

    private final int size;
    private final long[] words;

    private States(int size, long[] words) {
        this.size = size;
        this.words = words;
    }

    /** The empty set out of {@code size} states. */
    public static States none(int size) {
        return new States(size, new long[(size + Long.SIZE - 1) / Long.SIZE]);
    }

    static States all(int size) {
        return none(size).not();
    }

    public static States of(int size, int... states) {
        States some = none(size);
        for (int state : states) {
            some.words[state / Long.SIZE] |= 1L << state;
        }
        return some;
    }

    /** How many states there are to choose from, in the set or not. */
    public int size() {
        return size;
    }

    public boolean contains(int state) {
        return (words[state / Long.SIZE] & 1L << state) != 0;
    }

    public boolean isEmpty() {
        for (long word : words) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    public boolean isAll() {
        return count() == size;
    }

    public int count() {
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count;
    }

    public States and(States other) {
        long[] result = new long[words.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = words[i] & other.words[i];
        }
        return new States(size, result);
    }

    public States or(States other) {
        long[] result = new long[words.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = words[i] | other.words[i];
        }
        return new States(size, result);
    }

    public States not() {
        long[] result = new long[words.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = ~words[i];
        }
        int used = size % Long.SIZE;
        if (used != 0) {
            result[result.length - 1] &= (1L << used) - 1;
        }
        return new States(size, result);
    }

    public States minus(States other) {
        long[] result = new long[words.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = words[i] & ~other.words[i];
        }
        return new States(size, result);
    }

    public States with(int state) {
        return or(of(size, state));
    }

    public States without(int state) {
        return minus(of(size, state));
    }

    public boolean isSubsetOf(States other) {
        for (int i = 0; i < words.length; i++) {
            if ((words[i] & ~other.words[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    public boolean isDisjoint(States other) {
        for (int i = 0; i < words.length; i++) {
            if ((words[i] & other.words[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The first state of the set that is not below {@code from}, -1 where there is none. */
    public int next(int from) {
        for (int state = from; state < size; ) {
            long word = words[state / Long.SIZE] >>> state;
            if (word != 0) {
                return state + Long.numberOfTrailingZeros(word);
            }
            state = (state / Long.SIZE + 1) * Long.SIZE;
        }
        return -1;
    }

    /** The last state of the set that is not above {@code from}, -1 where there is none. */
    public int previous(int from) {
        for (int state = from; state >= 0; ) {
            long word = words[state / Long.SIZE] << (Long.SIZE - 1 - state % Long.SIZE);
            if (word != 0) {
                return state - Long.numberOfLeadingZeros(word);
            }
            state = state / Long.SIZE * Long.SIZE - 1;
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof States that
                && size == that.size
                && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    /** For debugging: the states by number. */
    @Override
    public String toString() {
        var text = new StringBuilder("{");
        for (int state = next(0); state >= 0; state = next(state + 1)) {
            text.append(text.length() > 1 ? " " : "").append(state);
        }
        return text.append('}').toString();
    }
}
