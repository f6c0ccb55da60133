package dev.blast.enforcer.kernel;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The kernel under this process, through the C library's {@code syscall(2)}. Safe on any thread.
 */
final class LinuxKernel implements Kernel {
    static {
        // JNA otherwise starts `ldconfig -p` to learn where libraries are (10 ms, and a process of
        // the JDK's that keeps a
        // reaper thread). Only what is already loaded is looked up here.
        if (System.getProperty("jna.platform.library.path") == null) {
            System.setProperty("jna.platform.library.path", "/usr/lib");
        }
        Native.register(LinuxKernel.class, NativeLibrary.getProcess());
    }

    private static final LinuxKernel INSTANCE = new LinuxKernel();

    private final Processor processor = Processor.here().orElseThrow();
    private final SpawnCode spawnCode = new SpawnCode(this, processor);

    private LinuxKernel() {}

    static LinuxKernel instance() {
        return INSTANCE;
    }

    @Override
    public long call(Syscall call, long... arguments) {
        int number = call.number(processor);
        if (number < 0 && call == Syscall.poll) {
            return ppoll(arguments[0], arguments[1], arguments[2]);
        }
        long result =
                syscall(
                        number,
                        argument(arguments, 0),
                        argument(arguments, 1),
                        argument(arguments, 2),
                        argument(arguments, 3),
                        argument(arguments, 4),
                        argument(arguments, 5));
        return result == -1 ? -Native.getLastError() : result;
    }

    /** For a processor that has no poll(2). */
    private long ppoll(long descriptors, long count, long millis) {
        try (NativeMemory memory = new NativeMemory(32)) {
            long patience = // struct timespec
                    millis < 0 ? 0 : memory.longs(millis / 1000, millis % 1000 * 1_000_000);
            return call(Syscall.ppoll, descriptors, count, patience, 0, 0);
        }
    }

    private static long argument(long[] arguments, int index) {
        return index < arguments.length ? arguments[index] : 0;
    }

    /**
     * Mapped directly, without boxes around the numbers: a gate makes some thirty calls for one.
     */
    private static native long syscall(
            long number, long first, long second, long third, long fourth, long fifth, long sixth);

    @Override
    public long spawn(long tableAddress) {
        return spawnCode.mapped().invokeLong(new Object[] {tableAddress});
    }

    @Override
    public int spawnRefusal() {
        return spawnCode.refusal();
    }
}
