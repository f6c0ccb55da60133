package dev.blast.cli.terminal;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Syscall;
import java.io.IOException;
import java.io.InputStream;

/** What somebody typed before they were asked: meant for the program that ran, or for a shell. */
final class TypedAhead {
    /** See ioctl_tty(2). */
    private static final long TCFLSH = 0x540B;

    private static final long TCIFLUSH = 0;

    private TypedAhead() {}

    /** Of this process's own input, where that is a terminal; any other is all there is to read. */
    static void drop(InputStream in) {
        if (in.equals(System.in) && Terminal.detect().input()) {
            drop(in, 0);
        }
    }

    /**
     * The same.
     *
     * @param in reads from the terminal
     * @param descriptor of the terminal
     */
    static void drop(InputStream in, int descriptor) {
        Kernel.linux().call(Syscall.ioctl, descriptor, TCFLSH, TCIFLUSH);
        try {
            while (in.available() > 0) { // what was read of it already
                in.skipNBytes(in.available());
            }
        } catch (IOException _) {
            // then nothing can be read, which is an answer
        }
    }
}
