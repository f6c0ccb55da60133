package dev.blast.enforcer.spawn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel's texts come to. */
class MemoryMeterTest {
    @Test
    void pagesThatAreThere() {
        assertThat(MemoryMeter.residentPages(List.of("8192 300 120 1 0 77 0"))).isEqualTo(300);
        assertThat(MemoryMeter.residentPages(List.of())).as("it has ended").isZero();
    }

    @Test
    void whatNoSandboxHasMoreOf() {
        assertThat(
                        MemoryMeter.machine(
                                List.of(
                                        "MemTotal:       24684092 kB",
                                        "SwapTotal:          2000 kB",
                                        "SwapFree:           1500 kB",
                                        "Shmem:               100 kB",
                                        "ShmemHugePages:       77 kB")))
                .isEqualTo(600 * 1024);
    }

    @Test
    void aFieldOfARollup() {
        List<String> rollup =
                List.of("55d0-7ffc ---p 0 00:00 0 [rollup]", "Pss:  900 kB", "Pss_Anon:  512 kB");
        assertThat(MemoryMeter.kibibytes(rollup, "Pss_Anon:")).isEqualTo(512);
        assertThat(MemoryMeter.kibibytes(rollup, "Pss_Shmem:")).isZero();
    }

    /** As of a process that has closed itself to its own user. */
    @Test
    void whatMayNotBeLookedAtCountsAsAWhole(@TempDir Path process) throws Exception {
        assertThat(MemoryMeter.Held.of(process))
                .as("it has ended")
                .isEqualTo(MemoryMeter.Held.NONE);
        Files.writeString(
                process.resolve("status"),
                "VmRSS:  900 kB\nRssAnon:  700 kB\nRssFile:  100 kB\nRssShmem:  100 kB\nVmSwap:  50 kB");
        assertThat(MemoryMeter.Held.of(process)).isEqualTo(new MemoryMeter.Held(750, 100));
        Files.writeString(
                process.resolve("smaps_rollup"), "[rollup]\nPss_Anon:  9 kB\nPss_Shmem:  2 kB");
        assertThat(MemoryMeter.Held.of(process)).isEqualTo(new MemoryMeter.Held(9, 2));
    }
}
