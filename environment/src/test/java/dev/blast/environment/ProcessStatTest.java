package dev.blast.environment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessStatTest {

    @ParameterizedTest
    @ValueSource(strings = {"sh", "a b", ") S 1 1 1 (", "1 (x) R 2", "two\nlines", ""})
    void aNameMayHoldAnything(String name) {
        ProcessStat stat =
                ProcessStat.parse(
                        "4711 (%s) T 42 4711 4600 34816 4720 4194304 %s 815 0 0\n"
                                .formatted(name, "0 ".repeat(12).strip()));
        assertThat(stat).isEqualTo(new ProcessStat(4711, name, 'T', 42, 4711, 34816, 815));
        assertThat(stat.isStopped()).isTrue();
        assertThat(stat.hasEnded()).isFalse();
        assertThat(stat.leadsOnTerminal()).isTrue();
        assertThat(stat.mark()).isEqualTo(new ProcessMark(4711, 815));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE})
    void aNumberThatNoProcessHasIsNeverAlive(long pid) {
        assertThat(ProcessStat.of(pid)).isEmpty();
        assertThat(ProcessMark.of(pid).isAlive()).isFalse();
    }
}
