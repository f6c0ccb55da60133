package dev.blast.rules.lint;

/**
 * How much work is left: what would cost more is not looked at, and then a finding is missing. A
 * thread that is interrupted has none left.
 */
final class Budget {
    private long left;

    Budget(long steps) {
        left = steps;
    }

    /** Whether there was enough. */
    boolean spend(long steps) {
        left -= steps;
        return left >= 0 && !Thread.currentThread().isInterrupted();
    }
}
