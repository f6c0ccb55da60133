package dev.blast.enforcer.gate;

/**
 * Lets bytes through at a rate: it fills evenly, holds little, and may be overdrawn once, which is
 * waited for afterwards. So any stretch of time carries no more than its share and what the bucket
 * holds. Safe on any thread.
 */
final class TokenBucket {
    /** What it holds is the share of this many nanoseconds. */
    private static final long HOLDS = 50_000_000;

    private static final double SECOND = 1e9;

    private final double perNano;
    private final double most;
    private double tokens;
    private long last;

    /**
     * A full one.
     *
     * @param rate in bytes per second, above 0
     * @param now of a clock in nanoseconds
     */
    TokenBucket(long rate, long now) {
        this.perNano = rate / SECOND;
        this.most = perNano * HOLDS;
        this.tokens = most;
        this.last = now;
    }

    /** How many bytes are worth taking at once: not more than it holds, and at least one. */
    int portion(int atMost) {
        return Math.clamp((long) most, 1, atMost);
    }

    /**
     * Takes bytes that have been read.
     *
     * @return for how many nanoseconds they must wait before they go on
     */
    synchronized long take(long bytes, long now) {
        fill(now);
        tokens -= bytes;
        return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / perNano);
    }

    /**
     * Whether bytes may be taken that cannot wait: beside streams, which overdraw it and wait
     * afterwards, they may overdraw it by as much as it holds, and those wait longer.
     */
    synchronized boolean givesNow(long now) {
        fill(now);
        return tokens > -most;
    }

    private void fill(long now) {
        tokens = Math.min(most, tokens + (now - last) * perNano);
        last = now;
    }
}
