package dev.blast.enforcer;

/**
 * The rights of Landlock by the version a kernel speaks, see landlock(7). A right that a kernel
 * does not know must not be asked for; a right that it knows and that no rule gives is refused.
 */
final class Landlock {
    static final long EXECUTE = 1;
    static final long WRITE_FILE = 1 << 1;
    static final long READ_FILE = 1 << 2;
    static final long READ_DIR = 1 << 3;
    static final long TRUNCATE = 1 << 14;
    static final long IOCTL_DEV = 1 << 15;

    /**
     * The rights that mean something for a file; a rule for a file with any other is refused by the
     * kernel.
     */
    private static final long ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV;

    private static final long BIND_AND_CONNECT_TCP = 3;
    private static final long SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS = 3;

    /** From this version on a program cannot signal what is outside. */
    static final int SCOPES_SIGNALS = 6;

    private Landlock() {}

    /** Everything about files that this version governs. */
    static long handledFiles(int abi) {
        long bits = abi >= 5 ? 16 : abi >= 3 ? 15 : abi >= 2 ? 14 : 13;
        return (1L << bits) - 1;
    }

    static long handledNetwork(int abi) {
        return abi >= 4 ? BIND_AND_CONNECT_TCP : 0;
    }

    static long scoped(int abi) {
        return abi >= SCOPES_SIGNALS ? SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS : 0;
    }

    /** The size of {@code struct landlock_ruleset_attr} that this version takes. */
    static int attributeBytes(int abi) {
        return abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
    }

    /** What a rule may give on a path, cut down to what this version governs. */
    static long rights(LandlockRule rule, int abi) {
        long wanted =
                switch (rule.reach()) {
                    case LIST -> READ_DIR;
                    case READ -> EXECUTE | READ_FILE | READ_DIR;
                    case USE -> READ_FILE | WRITE_FILE | READ_DIR | TRUNCATE | IOCTL_DEV;
                    case WRITE -> -1L;
                };
        return wanted & handledFiles(abi) & (rule.directory() ? -1L : ON_FILES);
    }
}
