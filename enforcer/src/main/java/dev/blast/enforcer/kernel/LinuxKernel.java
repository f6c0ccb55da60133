package dev.blast.enforcer.kernel;

import com.sun.jna.Function;
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
    }

    private static final LinuxKernel INSTANCE = new LinuxKernel();

    private final Processor processor =
            Processor.named(System.getProperty("os.arch")).orElse(Processor.X86_64);
    private final Function syscall = NativeLibrary.getProcess().getFunction("syscall");
    private final SpawnCode spawnCode = new SpawnCode(this);

    private LinuxKernel() {}

    static LinuxKernel instance() {
        return INSTANCE;
    }

    @Override
    public long call(Syscall call, long... arguments) {
        Object[] words = new Object[arguments.length + 1];
        words[0] = (long) call.number(processor);
        for (int i = 0; i < arguments.length; i++) {
            words[i + 1] = arguments[i];
        }
        long result = syscall.invokeLong(words);
        return result == -1 ? -Native.getLastError() : result;
    }

    @Override
    public long spawn(long tableAddress) {
        return spawnCode.mapped().invokeLong(new Object[] {tableAddress});
    }

    @Override
    public int spawnRefusal() {
        return spawnCode.refusal();
    }
}
