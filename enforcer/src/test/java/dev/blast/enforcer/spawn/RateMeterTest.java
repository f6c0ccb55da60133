package dev.blast.enforcer.spawn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.PolicyBuilder;
import dev.blast.enforcer.plan.CgroupLimit;
import dev.blast.enforcer.plan.Controller;
import dev.blast.rules.verdict.Limit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RateMeterTest {
    private static final CgroupLimit LIMIT =
            new CgroupLimit(Controller.IO, new Limit(1000, PolicyBuilder.REASON));

    @TempDir Path group;

    /** Bytes written in each of three seconds, at 1000 in a second. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0",
        "899, 899, 899, 0",
        "1000, 0, 0, 0", // for an instant
        "900, 0, 950, 2",
        "1000, 1000, 1000, 3"
    })
    void whoUsesAllOfARateIsHeldBack(long first, long second, long third, long times)
            throws Exception {
        var clock = new AtomicLong();
        write("8:0 rbytes=0 wbytes=0 rios=0 wios=0");
        RateMeter meter = new RateMeter(group, true, LIMIT, clock::get);
        long all = 0;
        long seen = 0;
        for (long bytes : new long[] {first, second, third}) {
            all += bytes;
            write("8:0 rbytes=5 wbytes=%d rios=0 wios=0".formatted(all));
            clock.addAndGet(500_000_000);
            meter.hit();
            clock.addAndGet(500_000_000);
            seen = meter.hit().map(LimitHit::times).orElse(0L);
        }
        assertThat(seen).isEqualTo(times);
    }

    @Test
    void bothVersionsAreRead() {
        assertThat(
                        RateMeter.bytes(
                                List.of("8:0 Read 7", "8:0 Write 9", "8:0 Total 16", "Total 16")))
                .containsOnlyKeys("8:0Read", "8:0Write")
                .containsValues(7L, 9L);
        assertThat(RateMeter.bytes(List.of("8:0 rbytes=7 wbytes=9 rios=1 wios=1", "8:16")))
                .containsOnlyKeys("8:0rbytes", "8:0wbytes")
                .containsValues(7L, 9L);
    }

    private void write(String text) throws Exception {
        Files.writeString(group.resolve("io.stat"), text + "\n");
    }
}
