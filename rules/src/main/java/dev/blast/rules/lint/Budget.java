package dev.blast.rules.lint;

/**
 * How much work is left: what would cost more is not looked at, and then a finding may be missing,
 * which is said. A thread that is interrupted has none left.
 */
final class Budget {
    private long left;

    Budget(long steps) {
        left = steps;
    }

    /** Whether more would have been looked at than there was. */
    boolean isSpent() {
        return left < 0;
    }

    /** Whether there was enough. */
    boolean spend(long steps) {
        left -= steps;
        return left >= 0 && !Thread.currentThread().isInterrupted();
    }
}
