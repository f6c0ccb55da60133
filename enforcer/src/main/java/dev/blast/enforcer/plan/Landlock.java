package dev.blast.enforcer.plan;

import java.util.List;

/**
 * The rights of Landlock by the version a kernel speaks, see landlock(7). A right that a kernel
 * does not know must not be asked for; a right that it knows and that no rule gives is refused.
 */
public final class Landlock {
    static final long EXECUTE = 1;
    public static final long WRITE_FILE = 1 << 1;
    public static final long READ_FILE = 1 << 2;
    static final long READ_DIR = 1 << 3;
    private static final long MAKE_SYM = 1 << 12;
    private static final long REFER = 1 << 13;
    public static final long TRUNCATE = 1 << 14;
    public static final long IOCTL_DEV = 1 << 15;
    private static final long RESOLVE_UNIX = 1 << 16;

    /**
     * The rights that mean something for a file; a rule for a file with any other is refused by the
     * kernel.
     */
    private static final long ON_FILES =
            EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV | RESOLVE_UNIX;

    private static final long BIND_AND_CONNECT_TCP = 3;
    private static final long ABSTRACT_SOCKETS_AND_SIGNALS = 3;

    /**
     * What a version governs.
     *
     * @param files the highest right on files, which has all lower ones
     * @param attributeBytes the size of its {@code struct landlock_ruleset_attr}
     */
    private record Version(long files, long network, long scopes, int attributeBytes) {}

    /** From version 1 on. A later one is asked for what the last row has. */
    private static final List<Version> VERSIONS =
            List.of(
                    new Version(MAKE_SYM, 0, 0, 8),
                    new Version(REFER, 0, 0, 8),
                    new Version(TRUNCATE, 0, 0, 8),
                    new Version(TRUNCATE, BIND_AND_CONNECT_TCP, 0, 16),
                    new Version(IOCTL_DEV, BIND_AND_CONNECT_TCP, 0, 16),
                    new Version(IOCTL_DEV, BIND_AND_CONNECT_TCP, ABSTRACT_SOCKETS_AND_SIGNALS, 24),
                    new Version(IOCTL_DEV, BIND_AND_CONNECT_TCP, ABSTRACT_SOCKETS_AND_SIGNALS, 24),
                    new Version(IOCTL_DEV, BIND_AND_CONNECT_TCP, ABSTRACT_SOCKETS_AND_SIGNALS, 24),
                    new Version(
                            RESOLVE_UNIX, BIND_AND_CONNECT_TCP, ABSTRACT_SOCKETS_AND_SIGNALS, 24));

    /** From this version on a program cannot signal what is outside. */
    public static final int SCOPES_SIGNALS = 6;

    /** From this version on a program cannot cut off a file that it may not write. */
    static final int GOVERNS_LENGTHS = 3;

    private Landlock() {}

    /** Everything about files that this version governs. */
    public static long handledFiles(int abi) {
        return 2 * version(abi).files() - 1;
    }

    public static long handledNetwork(int abi) {
        return version(abi).network();
    }

    public static long scoped(int abi) {
        return version(abi).scopes();
    }

    /** The size of {@code struct landlock_ruleset_attr} that this version takes. */
    public static int attributeBytes(int abi) {
        return version(abi).attributeBytes();
    }

    private static Version version(int abi) {
        return VERSIONS.get(Math.min(abi, VERSIONS.size()) - 1);
    }

    /** What a rule may give on a path, cut down to what this version governs. */
    public static long rights(LandlockRule rule, int abi) {
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
