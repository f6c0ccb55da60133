package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;

/** The names in an open folder as getdents64(2) has them, but for itself and the one above. */
final class FolderEntries {
    /** Of {@code struct linux_dirent64}: ino, off, reclen, type, then the name. */
    private static final int D_RECLEN = 16;

    private static final int D_NAME = 19;
    private static final int ENTRIES_BYTES = 32 * 1024;

    private FolderEntries() {}

    /** Takes one name. */
    interface Taker {
        /**
         * Whether there is to be another one.
         *
         * @param address where the name is, until this returns
         * @param name with a NUL behind, or several
         */
        boolean take(long address, byte[] name);
    }

    /** Reads on from where the folder was read last. */
    static void of(long descriptor, NativeMemory memory, Kernel kernel, Taker taker) {
        long entries = memory.allocate(ENTRIES_BYTES);
        while (true) {
            long read = kernel.call(Syscall.getdents64, descriptor, entries, ENTRIES_BYTES);
            if (read <= 0) {
                return;
            }
            for (long at = entries; at < entries + read; ) {
                int length = memory.getInt(at + D_RECLEN) & 0xffff;
                byte[] name = memory.getBytes(at + D_NAME, length - D_NAME);
                if (!isDots(name) && !taker.take(at + D_NAME, name)) {
                    return;
                }
                at += length;
            }
        }
    }

    private static boolean isDots(byte[] name) {
        return name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0));
    }
}
