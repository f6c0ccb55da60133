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

    private final Processor processor =
            Processor.named(System.getProperty("os.arch")).orElse(Processor.X86_64);
    private final SpawnCode spawnCode = new SpawnCode(this);

    private LinuxKernel() {}

    static LinuxKernel instance() {
        return INSTANCE;
    }

    @Override
    public long call(Syscall call, long... arguments) {
        long result =
                syscall(
                        call.number(processor),
                        argument(arguments, 0),
                        argument(arguments, 1),
                        argument(arguments, 2),
                        argument(arguments, 3),
                        argument(arguments, 4),
                        argument(arguments, 5));
        return result == -1 ? -Native.getLastError() : result;
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
