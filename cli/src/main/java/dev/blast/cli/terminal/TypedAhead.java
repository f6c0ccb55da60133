package dev.blast.cli.terminal;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What somebody typed before they were asked: meant for the program that ran, or for a shell. */
final class TypedAhead {
    /** See ioctl_tty(2). */
    private static final long TCFLSH = 0x540B;

    private static final long TCIFLUSH = 0;

    private static final long TCGETS = 0x5401;
    private static final long TCSETS = 0x5402;

    /** The kernel's struct termios, with room to spare; see termios(3). */
    private static final int SETTINGS_BYTES = 64;

    private static final int INPUT_AT = 0;
    private static final int OUTPUT_AT = 4;
    private static final int LOCAL_AT = 12;
    private static final int ICRNL = 0x100;
    private static final int OPOST_ONLCR = 0x1 | 0x4;
    private static final int ISIG_ICANON_ECHO = 0x1 | 0x2 | 0x8;

    private TypedAhead() {}

    /**
     * Of this process's own input, where that is a terminal; any other is all there is to read. A
     * terminal gives whole lines afterwards, however a program left it.
     */
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
        byLines(descriptor);
        Kernel.linux().call(Syscall.ioctl, descriptor, TCFLSH, TCIFLUSH);
        try {
            while (in.available() > 0) { // what was read of it already
                in.skipNBytes(in.available());
            }
        } catch (IOException _) {
            // then nothing can be read, which is an answer
        }
    }

    private static void byLines(int descriptor) {
        Kernel kernel = Kernel.linux();
        try (var memory = new NativeMemory(SETTINGS_BYTES)) {
            long settings = memory.allocate(SETTINGS_BYTES);
            if (kernel.call(Syscall.ioctl, descriptor, TCGETS, settings) == 0) {
                var words =
                        ByteBuffer.wrap(memory.getBytes(settings, SETTINGS_BYTES))
                                .order(ByteOrder.nativeOrder());
                words.putInt(INPUT_AT, words.getInt(INPUT_AT) | ICRNL);
                words.putInt(OUTPUT_AT, words.getInt(OUTPUT_AT) | OPOST_ONLCR);
                words.putInt(LOCAL_AT, words.getInt(LOCAL_AT) | ISIG_ICANON_ECHO);
                memory.put(settings, words.array());
                kernel.call(Syscall.ioctl, descriptor, TCSETS, settings);
            }
        }
    }
}
