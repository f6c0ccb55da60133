package dev.blast.enforcer.kernel;

import java.util.Optional;

/** Numbers of open(2), openat2(2) and the calls like them, as this machine's processor has them. */
public final class Fcntl {
    public static final long AT_FDCWD = -100;
    public static final long AT_REMOVEDIR = 0x200;
    public static final long AT_EMPTY_PATH = 0x1000;
    public static final long AT_RECURSIVE = 0x8000;
    private static final boolean IS_ARM = Processor.here().equals(Optional.of(Processor.AARCH64));

    public static final long O_WRONLY = 1;
    public static final long O_RDWR = 2;
    public static final long O_CREAT = 0100;
    public static final long O_TRUNC = 01000;
    public static final long O_APPEND = 02000;
    public static final long O_DIRECTORY = IS_ARM ? 040000 : 0200000;
    public static final long O_NOFOLLOW = IS_ARM ? 0100000 : 0400000;
    public static final long O_CLOEXEC = 02000000;
    public static final long O_PATH = 010000000;
    public static final long RESOLVE_NO_MAGICLINKS = 0x02;
    public static final long RESOLVE_NO_SYMLINKS = 0x04;
    public static final long RESOLVE_BENEATH = 0x08;

    /** Of {@code struct open_how}: flags, mode, resolve. */
    public static final int OPEN_HOW_BYTES = 24;

    private Fcntl() {}
}
