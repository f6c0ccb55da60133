package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;

/** What statx(2) says, of one file after another. For one thread, as long as its memory is. */
final class Statx {
    static final long AT_SYMLINK_NOFOLLOW = 0x100;

    /** Of {@code struct statx}, which is the same on every processor. */
    static final int BYTES = 256;

    static final int INODE_AT = 32;
    static final int DEVICE_AT = 136;
    static final long INODE = 0x100;
    private static final int LINKS_AT = 16;
    private static final int MODE_AT = 28;
    private static final int SIZE_AT = 40;
    private static final int BLOCKS_AT = 48;

    /** Type, links, inode, size, blocks. */
    private static final long WANTED = 0x1 | 0x4 | INODE | 0x200 | 0x400;

    private static final int S_IFMT = 0170000;
    private static final int S_IFDIR = 0040000;
    private static final int S_IFREG = 0100000;
    private static final int BLOCK_BYTES = 512;

    private final Kernel kernel;
    private final NativeMemory memory;
    private final long answer;

    Statx(Kernel kernel, NativeMemory memory) {
        this.kernel = kernel;
        this.memory = memory;
        this.answer = memory.allocate(BYTES);
    }

    /**
     * Whether it is there to be looked at.
     *
     * @param name the address of it
     * @param how 0 or {@link #AT_SYMLINK_NOFOLLOW}
     */
    boolean look(long folder, long name, long how) {
        return kernel.call(Syscall.statx, folder, name, how, WANTED, answer) == 0;
    }

    boolean isFolder() {
        return type() == S_IFDIR;
    }

    boolean isFile() {
        return type() == S_IFREG;
    }

    private int type() {
        return memory.getInt(answer + MODE_AT) & S_IFMT;
    }

    int links() {
        return memory.getInt(answer + LINKS_AT);
    }

    long inode() {
        return memory.getLong(answer + INODE_AT);
    }

    /** Its file system. */
    long device() {
        return memory.getLong(answer + DEVICE_AT);
    }

    long size() {
        return memory.getLong(answer + SIZE_AT);
    }

    /** Bytes of its blocks, so that holes count as nothing. */
    long held() {
        return memory.getLong(answer + BLOCKS_AT) * BLOCK_BYTES;
    }
}
