package dev.blast.packaging;

import java.util.Arrays;

/**
 * Builds the sort key of a version: longs whose lexicographic order is the order of PEP 440.
 *
 * <pre>
 * epoch, release without trailing zeros, phase, [number of the pre-release], post, dev, local, END
 * </pre>
 *
 * <ol>
 *   <li>Release numbers are at least 0 and phases are below 0, so the phase also ends the release:
 *       1 sorts before 1.0.1 with no terminator of its own.
 *   <li>Each part says by itself where it ends, so no key is the prefix of another. A longer array
 *       that begins with a key is therefore a position right behind that version, which {@link Cut}
 *       uses.
 *   <li>Numbers have no upper limit. From 19 digits on, a number is its count of digits (made
 *       larger than every short number) and its digits in chunks.
 * </ol>
 */
final class VersionKey {
    static final long DEV_ONLY = -5;
    static final long ALPHA = -4;
    static final long BETA = -3;
    static final long CANDIDATE = -2;
    static final long FINAL = -1;

    static final long NO_POST = -1;
    static final long NO_DEV = Long.MAX_VALUE;
    static final long END = -1;

    /** Sorts behind everything that may stand in its place. */
    static final long LAST = Long.MAX_VALUE;

    private static final long TEXT_SEGMENT = 0;
    private static final long NUMBER_SEGMENT = 1;
    private static final int DIGITS_PER_LONG = 18;
    private static final long LONG_NUMBER = 1L << 62;

    private long[] elements = new long[10];
    private int size;
    private int releaseEnd;

    void add(long element) {
        if (size == elements.length) {
            elements = Arrays.copyOf(elements, size * 2);
        }
        elements[size++] = element;
    }

    /** Adds a release number; trailing zeros are dropped when the phase follows. */
    void addRelease(String digits) {
        addNumber(digits);
        if (!digits.equals("0")) {
            releaseEnd = size;
        }
    }

    void addPhase(long phase) {
        size = Math.max(releaseEnd, 1);
        add(phase);
    }

    /** Adds a number given by its digits without leading zeros. */
    void addNumber(String digits) {
        int length = digits.length();
        if (length <= DIGITS_PER_LONG) {
            add(Long.parseLong(digits));
            return;
        }
        add(LONG_NUMBER + length);
        int from = 0;
        int to = length % DIGITS_PER_LONG == 0 ? DIGITS_PER_LONG : length % DIGITS_PER_LONG;
        while (from < length) {
            add(Long.parseLong(digits, from, to, 10));
            from = to;
            to += DIGITS_PER_LONG;
        }
    }

    /** Adds one part of a local version: text sorts before numbers, both sort behind the end. */
    void addLocal(String segment, boolean number) {
        if (number) {
            add(NUMBER_SEGMENT);
            addNumber(segment);
            return;
        }
        add(TEXT_SEGMENT);
        // Eight ASCII chars to a long; the last long has at least one zero byte and ends the text.
        for (int from = 0; from <= segment.length(); from += Long.BYTES) {
            long packed = 0;
            for (int i = from; i < from + Long.BYTES; i++) {
                packed = packed << 8 | (i < segment.length() ? segment.charAt(i) : 0);
            }
            add(packed);
        }
    }

    long[] toArray() {
        return Arrays.copyOf(elements, size);
    }
}
