package dev.blast.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** At a terminal of its own, see pty(7). */
@Timeout(30)
final class TypedAheadTest {
    private static final long AT_FDCWD = -100;
    private static final long O_RDWR_NOCTTY_CLOEXEC = 02 | 0400 | 02000000;
    private static final long TIOCSPTLCK = 0x40045431L;
    private static final long TIOCGPTN = 0x80045430L;

    private final Kernel kernel = Kernel.linux();
    private long person;
    private long program;

    @BeforeEach
    void aTerminal() {
        try (var memory = new NativeMemory()) {
            person = opened(memory, "/dev/ptmx");
            long number = memory.longs(0);
            assertThat(kernel.call(Syscall.ioctl, person, TIOCSPTLCK, memory.longs(0))).isZero();
            assertThat(kernel.call(Syscall.ioctl, person, TIOCGPTN, number)).isZero();
            program = opened(memory, "/dev/pts/" + memory.getInt(number));
        }
    }

    private long opened(NativeMemory memory, String path) {
        long descriptor =
                kernel.call(Syscall.openat, AT_FDCWD, memory.text(path), O_RDWR_NOCTTY_CLOEXEC, 0);
        assertThat(descriptor).as(path).isNotNegative();
        return descriptor;
    }

    @AfterEach
    void noTerminal() {
        kernel.call(Syscall.close, program);
        kernel.call(Syscall.close, person);
    }

    @Test
    void onlyWhatIsTypedAfterwardsIsRead() throws Exception {
        try (InputStream in =
                new BufferedInputStream(new FileInputStream("/proc/self/fd/" + program))) {
            type("all\nyes\n");
            awaitInput(in);
            assertThat(in.read()).as("the first line is in the buffer by now").isEqualTo('a');
            TypedAhead.drop(in, Math.toIntExact(program));
            type("n\n");
            assertThat(new String(in.readNBytes(2), StandardCharsets.UTF_8)).isEqualTo("n\n");
        }
    }

    /** An editor that was killed leaves no line, and no end of one. */
    @Test
    void aTerminalThatWasLeftRawGivesLinesAgain() throws Exception {
        try (var memory = new NativeMemory();
                InputStream in =
                        new BufferedInputStream(new FileInputStream("/proc/self/fd/" + program))) {
            long settings = memory.allocate(64);
            assertThat(kernel.call(Syscall.ioctl, program, 0x5401, settings)).isZero();
            memory.put(settings, new byte[16]); // the four words of flags
            assertThat(kernel.call(Syscall.ioctl, program, 0x5402, settings)).isZero();
            TypedAhead.drop(in, Math.toIntExact(program));
            type("yes\177\177\177no\r");
            assertThat(new String(in.readNBytes(3), StandardCharsets.UTF_8)).isEqualTo("no\n");
        }
    }

    /** What is no terminal is all there is to read. */
    @Test
    void otherInputStays() throws Exception {
        InputStream in = new ByteArrayInputStream("y\n".getBytes(StandardCharsets.UTF_8));
        TypedAhead.drop(in);
        assertThat(in.available()).isEqualTo(2);
    }

    private void type(String text) {
        try (var memory = new NativeMemory()) {
            assertThat(kernel.call(Syscall.write, person, memory.text(text), text.length()))
                    .isEqualTo(text.length());
        }
    }

    private static void awaitInput(InputStream in) throws Exception {
        while (in.available() == 0) {
            Thread.sleep(5);
        }
    }
}
