package dev.blast.rules.lint;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A set of whole numbers as ranges in ascending order that never touch. Addresses are numbers too:
 * those of version 4 as they are, those of version 6 behind them.
 */
record Intervals(List<Range> ranges) {
    /** From the first to the last, both among them. */
    record Range(BigInteger from, BigInteger to) {}

    /** What is beyond counts as the end: no field holds so large a number. */
    private static final BigInteger LAST = BigInteger.TWO.pow(200);

    private static final BigInteger FIRST = LAST.negate();
    private static final BigInteger VERSION_6 = BigInteger.TWO.pow(40);

    static final Intervals ALL = between(FIRST, LAST);
    static final Intervals EMPTY = new Intervals(List.of());
    static final Intervals ADDRESSES =
            new Intervals(
                    List.of(
                            new Range(BigInteger.ZERO, below(BigInteger.TWO.pow(32))),
                            new Range(VERSION_6, below(VERSION_6.add(BigInteger.TWO.pow(128))))));

    Intervals {
        ranges = List.copyOf(ranges);
    }

    static Intervals between(BigInteger from, BigInteger to) {
        BigInteger first = from.max(FIRST);
        BigInteger last = to.min(LAST);
        return first.compareTo(last) <= 0 ? new Intervals(List.of(new Range(first, last))) : EMPTY;
    }

    static Intervals atLeast(BigInteger from) {
        return between(from, LAST);
    }

    static Intervals of(BigInteger number) {
        return between(number, number);
    }

    /** The whole numbers that are this one: none where it has a fraction. */
    static Intervals equalTo(BigDecimal number) {
        return between(ceiling(number), floor(number));
    }

    static Intervals atLeast(BigDecimal number) {
        return between(ceiling(number), LAST);
    }

    static Intervals atMost(BigDecimal number) {
        return between(FIRST, floor(number));
    }

    static Intervals address(InetAddress address) {
        return of(number(address));
    }

    /** All addresses with the same leading bits. */
    static Intervals network(InetAddress network, int prefix) {
        BigInteger first = number(network);
        int free = network.getAddress().length * 8 - prefix;
        return between(first, below(first.add(BigInteger.TWO.pow(free))));
    }

    private static BigInteger number(InetAddress address) {
        byte[] bytes = address.getAddress();
        var number = new BigInteger(1, bytes);
        return bytes.length == 4 ? number : number.add(VERSION_6);
    }

    private static BigInteger floor(BigDecimal number) {
        return whole(number, RoundingMode.FLOOR);
    }

    private static BigInteger ceiling(BigDecimal number) {
        return whole(number, RoundingMode.CEILING);
    }

    private static BigInteger whole(BigDecimal number, RoundingMode mode) {
        if (number.precision() - number.scale() > 60) { // more than 2^199
            return number.signum() < 0 ? FIRST : LAST;
        }
        return number.setScale(0, mode).toBigIntegerExact();
    }

    private static BigInteger below(BigInteger number) {
        return number.subtract(BigInteger.ONE);
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    boolean holds(BigInteger number) {
        for (Range range : ranges) {
            if (range.from().compareTo(number) <= 0 && number.compareTo(range.to()) <= 0) {
                return true;
            }
        }
        return false;
    }

    Intervals and(Intervals other) {
        List<Range> common = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < ranges.size() && j < other.ranges.size()) {
            Range left = ranges.get(i);
            Range right = other.ranges.get(j);
            BigInteger from = left.from().max(right.from());
            BigInteger to = left.to().min(right.to());
            if (from.compareTo(to) <= 0) {
                common.add(new Range(from, to));
            }
            if (left.to().compareTo(right.to()) <= 0) {
                i++;
            } else {
                j++;
            }
        }
        return new Intervals(common);
    }

    Intervals not() {
        List<Range> gaps = new ArrayList<>();
        BigInteger from = FIRST;
        for (Range range : ranges) {
            if (from.compareTo(range.from()) < 0) {
                gaps.add(new Range(from, below(range.from())));
            }
            from = range.to().add(BigInteger.ONE);
        }
        if (from.compareTo(LAST) <= 0) {
            gaps.add(new Range(from, LAST));
        }
        return new Intervals(gaps);
    }

    Intervals or(Intervals other) {
        return not().and(other.not()).not();
    }
}
