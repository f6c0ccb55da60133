package dev.blast.enforcer;

/** Numbers of open(2), openat2(2) and the calls like them, as x86-64 has them. */
final class Fcntl {
    static final long AT_FDCWD = -100;
    static final long AT_REMOVEDIR = 0x200;
    static final long AT_EMPTY_PATH = 0x1000;
    static final long AT_RECURSIVE = 0x8000;
    static final long O_WRONLY = 1;
    static final long O_RDWR = 2;
    static final long O_CREAT = 0100;
    static final long O_TRUNC = 01000;
    static final long O_APPEND = 02000;
    static final long O_DIRECTORY = 0200000;
    static final long O_NOFOLLOW = 0400000;
    static final long O_CLOEXEC = 02000000;
    static final long O_PATH = 010000000;
    static final long RESOLVE_NO_MAGICLINKS = 0x02;
    static final long RESOLVE_NO_SYMLINKS = 0x04;
    static final long RESOLVE_BENEATH = 0x08;

    /** Of {@code struct open_how}: flags, mode, resolve. */
    static final int OPEN_HOW_BYTES = 24;

    private Fcntl() {}
}
