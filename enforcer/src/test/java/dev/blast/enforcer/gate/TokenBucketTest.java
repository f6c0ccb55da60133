package dev.blast.enforcer.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By a clock that runs as the test wants. */
class TokenBucketTest {
    private static final long SECOND = 1_000_000_000;

    /** Who always has something to send gets the rate, and in no stretch of time more than it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 1000, 100_000, 5_000_000, 200_000_000, 10_000_000_000L})
    void theRateIsKept(long rate) {
        var random = new Random(rate);
        long now = 17;
        var bucket = new TokenBucket(rate, now);
        int most = bucket.portion(256 * 1024);
        long begin = now;
        long carried = 0;
        while (now - begin < 40 * SECOND && carried < 2_000L * most) {
            int bytes = 1 + random.nextInt(most);
            now += bucket.take(bytes, now);
            carried += bytes;
            double seconds = (now - begin) / (double) SECOND;
            double holds = rate * 0.05;
            assertThat((double) carried).isLessThanOrEqualTo(rate * seconds + holds + 1);
            now += random.nextInt(3) == 0 ? random.nextInt(1000) : 0;
        }
        double seconds = (now - begin) / (double) SECOND;
        assertThat((double) carried).isGreaterThan(0.99 * rate * seconds - 1);
    }

    @Test
    void whoWaitedGetsNoMoreThanItHolds() {
        var bucket = new TokenBucket(1_000_000, 0);
        assertThat(bucket.take(50_000, 3600 * SECOND)).isZero();
        assertThat(bucket.take(1_000, 3600 * SECOND)).isEqualTo(1_000_000);
    }

    /** Two that share one get it together. */
    @Test
    void whatIsTakenByOneIsNotThereForAnother() {
        var bucket = new TokenBucket(1000, 0);
        bucket.take(550, 0);
        assertThat(bucket.take(500, 0)).isEqualTo(SECOND);
    }
}
