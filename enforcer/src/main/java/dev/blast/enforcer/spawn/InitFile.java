package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.InitProgram;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.EnforcerException;
import dev.blast.enforcer.plan.Step;

/**
 * Puts {@link InitProgram} where it can be executed without being in any file system: memory,
 * sealed against writing.
 */
final class InitFile {
    private static final long MFD_CLOEXEC_SEALING = 1 | 2;
    private static final long MFD_EXEC =
            0x10; // since Linux 6.3; before, every memfd could be executed
    private static final long F_ADD_SEALS = 1033;
    private static final long SEAL_EVERYTHING = 1 | 2 | 4 | 8;

    private InitFile() {}

    /**
     * A descriptor of it.
     *
     * @param elf the program
     */
    static long open(Kernel kernel, NativeMemory memory, Step step, byte[] elf)
            throws EnforcerException {
        long name = memory.text(InitProgram.NAME);
        long file = kernel.call(Syscall.memfd_create, name, MFD_CLOEXEC_SEALING | MFD_EXEC);
        if (file == -Errno.EINVAL.number()) {
            file = kernel.call(Syscall.memfd_create, name, MFD_CLOEXEC_SEALING);
        }
        if (file < 0) {
            throw new EnforcerException(step, Syscall.memfd_create, (int) -file);
        }
        long written = kernel.call(Syscall.write, file, memory.bytes(elf), elf.length);
        kernel.call(Syscall.fcntl, file, F_ADD_SEALS, SEAL_EVERYTHING);
        if (written != elf.length) {
            kernel.call(Syscall.close, file);
            throw new EnforcerException(step, Syscall.write, (int) -written);
        }
        return file;
    }
}
