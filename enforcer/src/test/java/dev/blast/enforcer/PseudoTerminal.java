package dev.blast.enforcer;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import java.nio.file.Path;

/** A terminal with nobody before it, see pty(7). */
final class PseudoTerminal implements AutoCloseable {
    private static final long AT_FDCWD = -100;
    private static final long O_RDWR_NOCTTY_CLOEXEC = 02 | 0400 | 02000000;
    private static final long TIOCSPTLCK = 0x40045431L;
    private static final long TIOCGPTN = 0x80045430L;

    private final Kernel kernel = Kernel.linux();
    private final long master;
    private final Path path;

    PseudoTerminal() {
        try (var memory = new NativeMemory()) {
            master =
                    kernel.call(
                            Syscall.openat,
                            AT_FDCWD,
                            memory.text("/dev/ptmx"),
                            O_RDWR_NOCTTY_CLOEXEC,
                            0);
            long number = memory.longs(0);
            long unlocked = kernel.call(Syscall.ioctl, master, TIOCSPTLCK, memory.longs(0));
            long named = kernel.call(Syscall.ioctl, master, TIOCGPTN, number);
            if (master < 0 || unlocked < 0 || named < 0) {
                throw new IllegalStateException("no terminal: " + master + " " + unlocked);
            }
            path = Path.of("/dev/pts", Integer.toString(memory.getInt(number)));
        }
    }

    /** Of the side that programs have. */
    Path path() {
        return path;
    }

    @Override
    public void close() {
        kernel.call(Syscall.close, master);
    }
}
