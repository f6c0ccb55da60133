package dev.blast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.spawn.LimitHit;
import dev.blast.rules.source.Layer;
import dev.blast.rules.source.Origin;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.Limits;
import dev.blast.rules.verdict.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever runs into a limit reads which one, and where it stands. */
class LimitLinesTest {
    private static LimitHit hit(String what, long amount, long times, String rule) {
        var origin = new Origin("policies/limits.drl", 3, 1);
        return new LimitHit(
                what,
                new Limit(amount, new Reason(origin, rule, Layer.PROJECT, "limit", "")),
                times,
                amount);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memory    | 209715200 | 1    | 1 process was killed at the memory limit of 200 MiB",
                "memory    | 209715200 | 1200 | 1,200 processes were killed at the memory limit of 200 MiB",
                "disk      | 20000000  | 1    | ended: it had put 19.1 MiB on the disk, and its limit is 20 MB",
                "files     | 1200      | 1    | ended: it had put 1,200 files there, and its limit is 1200",
                "disk      | 1048576   | 0    | left 1.00 MiB on the disk; its limit is 1 MiB, and it ended before it was stopped",
                "cpu       | 500       | 1234 | was slowed down at its limit of 0.5 cpus, 1,234 times",
                "io        | 5000000   | 12   | was slowed down at its rate of input and output, 5 MB/s, for 12 seconds",
                "time      | 20        | 1    | ended at the time limit of 20 s",
                "processes | 40        | 1    | ran into its limit of processes, 40, once",
                "processes | 40        | 7    | ran into its limit of processes, 40, 7 times"
            })
    void aLimitIsNamedWithItsRule(String what, long amount, long times, String line) {
        assertThat(LimitLines.of("python x.py", hit(what, amount, times, "little")))
                .isEqualTo("python x.py: %s (rule \"little\", policies/limits.drl:3)", line);
    }

    @Test
    void aFileThatBecameTooLargeEndsAProgram() {
        Limit limit = hit("file size", 1_000_000, 1, "little").limit();
        var limits = new Limits(null, null, null, limit, null, null, null, null, null, null);
        assertThat(LimitLines.ofFile("head x", 153, limits))
                .contains(
                        "head x: exit 153 is SIGXFSZ: a file would have become larger than its limit of 1 MB (rule \"little\", policies/limits.drl:3)");
        assertThat(LimitLines.ofFile("head x", 137, limits)).isEmpty();
        assertThat(LimitLines.ofFile("head x", 153, Limits.NONE)).isEmpty();
    }

    @Test
    void aCommandAndARuleAreOneLine() {
        String line =
                LimitLines.of(
                        "python -c\n\u001b[2J" + "x".repeat(5_000),
                        hit("time", 20, 1, "a\nblast: \u001b[31m"));
        assertThat(line)
                .startsWith("python -c\\n\\u001b[2Jxxx")
                .contains("x\u2026: ended", "(rule \"a\\nblast: \\u001b[31m\", policies")
                .hasSizeLessThan(250);
    }
}
