package dev.blast.enforcer.spawn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Syscall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Looking costs little, and is not put off by those who are looked at. */
class LookPaceTest {
    private final LookPace pace = new LookPace(Kernel.linux());

    @ParameterizedTest
    @CsvSource({
        "0, 250",
        "12, 250",
        "13, 260",
        "1000, 20000",
        "1500, 30000",
        "90000, 30000",
    })
    void aTwentiethOfAProcessor(long millis, long pause) {
        assertThat(LookPace.pause(millis * 1_000_000, 250)).isEqualTo(pause);
    }

    @Test
    void whoIsKeptWaitingHasNotRun() throws InterruptedException {
        pace.begin();
        Thread.sleep(300);
        assertThat(pace.pause(250)).isLessThan(300 * 20);
    }

    @Test
    void whoRanHas() {
        pace.begin();
        long end = System.nanoTime() + 2_000_000_000;
        long odd = 0;
        while (System.nanoTime() < end) {
            odd += end & 1;
        }
        assertThat(odd).isNotNegative();
        assertThat(pace.pause(250)).isGreaterThan(250);
    }

    @Test
    void aKernelThatDoesNotSayPutsNothingOff() {
        Kernel silent =
                new Kernel() {
                    @Override
                    public long call(Syscall syscall, long... arguments) {
                        return -22;
                    }

                    @Override
                    public long spawn(long tableAddress) {
                        return -22;
                    }

                    @Override
                    public int spawnRefusal() {
                        return 0;
                    }
                };
        var unsure = new LookPace(silent);
        unsure.begin();
        assertThat(unsure.pause(250)).isEqualTo(250);
    }
}
