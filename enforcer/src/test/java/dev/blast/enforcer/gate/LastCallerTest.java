package dev.blast.enforcer.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Syscall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LastCallerTest {
    private static final long NONE = -Errno.ESRCH.number();
    private final Kernel kernel = Kernel.linux();

    @Test
    void takesFromTheOneItKnowsAsLongAsThatLives() throws Exception {
        Process process = new ProcessBuilder("cat").start();
        try (LastCaller last = new LastCaller(kernel)) {
            int number = (int) process.pid();
            assertThat(last.take(number, 0)).isEqualTo(NONE);
            last.is(number, kernel.call(Syscall.pidfd_open, number, 0));
            long taken = last.take(number, 0);
            assertThat(taken).isNotNegative();
            assertThat(kernel.call(Syscall.close, taken)).isZero();
            assertThat(last.take(number, 1000)).isEqualTo(-Errno.EBADF.number());
            assertThat(last.take((int) ProcessHandle.current().pid(), 0)).isEqualTo(NONE);
            process.destroyForcibly().waitFor();
            assertThat(last.take(number, 0)).isEqualTo(NONE);
        } finally {
            process.destroyForcibly();
        }
    }
}
