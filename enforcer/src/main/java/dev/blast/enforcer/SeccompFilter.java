package dev.blast.enforcer;

import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles {@link SyscallRules} into a program for seccomp(2). The architecture is checked before
 * anything, since numbers mean nothing without it; a decision is made by number alone wherever that
 * is enough, because the kernel then remembers it and need not run the program again.
 */
final class SeccompFilter {
    static final int ALLOW = 0x7fff0000;
    static final int KILL_PROCESS = 0x80000000;
    private static final int ERRNO = 0x00050000;

    private static final int NUMBER = 0; // offsets in struct seccomp_data
    private static final int ARCHITECTURE = 4;
    private static final int X32_BIT = 0x40000000;

    /**
     * CLONE_NEW…: namespaces, mount and user among them. CLONE_NEWTIME cannot be given to clone(2).
     */
    private static final int CLONE_NAMESPACES = 0x7E020000;

    /**
     * Typing into the caller's terminal, locking it or taking it over: TIOCEXCL, TIOCSTI,
     * TIOCLINUX, TIOCCONS, TIOCSETD, TIOCVHANGUP.
     */
    private static final int[] TERMINAL_REQUESTS = {0x540C, 0x5412, 0x541C, 0x541D, 0x5423, 0x5437};

    /**
     * Keyboard tables, modes and fonts of a console, and its virtual terminals: whose terminal it
     * is may change them, and they stay. See ioctl_console(2) and ioctl_vt.
     */
    private static final int FIRST_CONSOLE_REQUEST = 0x4B00;

    private static final int LAST_CONSOLE_REQUEST = 0x4BFF;
    private static final int FIRST_VT_REQUEST = 0x5600;
    private static final int LAST_VT_REQUEST = 0x56FF;

    /**
     * S_ISUID and S_ISGID: a file with them gives its owner's rights away outside, see inode(7).
     */
    private static final int SET_ID = 06000;

    /** O_CREAT, and the bit of O_TMPFILE that is no other's: only then open(2) reads a mode. */
    private static final int CREATES = 0x40 | 0x400000;

    /** PRIO_PROCESS of setpriority(2): not a group or a user, to which outsiders belong as well. */
    private static final int PRIO_PROCESS = 0;

    private static final int IOPRIO_WHO_PROCESS = 1;

    /**
     * personality(2): Linux, with and without UNAME26; and the question for the present one. No
     * READ_IMPLIES_EXEC.
     */
    private static final int[] PERSONALITIES = {0, 0x20000, -1};

    private static final int SECCOMP_FILTER_FLAG_NEW_LISTENER = 8;

    /**
     * Protocols of Internet sockets that rules know of: the family's own, ICMP, TCP, UDP, ICMPv6.
     * What is left out (UDP-Lite, SCTP, multipath TCP) neither Landlock nor a rule about
     * connections sees.
     */
    private static final int[] PROTOCOLS = {0, 1, 6, 17, 58};

    private static final int EPROTONOSUPPORT = 93;

    /**
     * Calls whose absence a C library expects and works around: it is told that the kernel lacks
     * them.
     */
    private static final Set<Syscall> ABSENT =
            Set.of(
                    Syscall.clone3,
                    Syscall.openat2, // its flags and mode lie in memory, where no filter sees them
                    Syscall.io_uring_setup,
                    Syscall.io_uring_enter,
                    Syscall.io_uring_register);

    private SeccompFilter() {}

    /**
     * @param signalsScoped whether Landlock keeps signals inside; else the signal to one's own
     *     process group is closed, to which processes outside belong as well
     */
    static BpfProgram compile(SyscallRules rules, boolean signalsScoped, Processor processor) {
        var filter = new BpfProgram.Writer();
        filter.load(ARCHITECTURE).returnUnlessEqual(processor.auditArchitecture(), KILL_PROCESS);
        filter.load(NUMBER);
        if (processor == Processor.X86_64) {
            filter.returnIfAtLeast(X32_BIT, KILL_PROCESS);
        }
        BitSet allowed = new BitSet();
        BitSet known = new BitSet();
        for (Syscall syscall : Syscall.values()) {
            int number = syscall.number(processor);
            if (number < 0) {
                continue;
            }
            BpfProgram.Writer byArgument =
                    rules.named().contains(syscall)
                            ? null
                            : byArgument(syscall, rules, signalsScoped);
            if (!rules.allowed().contains(syscall)) {
                known.set(number, !ABSENT.contains(syscall));
            } else if (byArgument == null) {
                allowed.set(number);
            } else {
                filter.whereEqual(number, byArgument);
            }
        }
        returnWithin(filter, allowed, ALLOW);
        returnWithin(filter, known, errno(Errno.EPERM));
        return filter.returning(errno(Errno.ENOSYS)).program();
    }

    private static void returnWithin(BpfProgram.Writer filter, BitSet numbers, int verdict) {
        for (int first = numbers.nextSetBit(0); first >= 0; ) {
            int end = numbers.nextClearBit(first);
            filter.returnIfWithin(first, end - 1, verdict);
            first = numbers.nextSetBit(end);
        }
    }

    /**
     * The block that decides by arguments about an allowed call; null where there is nothing to
     * look at.
     */
    private static BpfProgram.@Nullable Writer byArgument(
            Syscall syscall, SyscallRules rules, boolean signalsScoped) {
        var block = new BpfProgram.Writer();
        return switch (syscall) {
            case clone ->
                    block.load(argument(0))
                            .returnIfAnyBit(CLONE_NAMESPACES, errno(Errno.EPERM))
                            .returning(ALLOW);
            case socket -> socket(rules.families());
            case socketpair ->
                    block.load(argument(0))
                            .returnIfEqual(AddressFamily.UNIX.number(), ALLOW)
                            .returning(errno(Errno.EAFNOSUPPORT));
            case ioctl -> {
                block.load(argument(1)); // the kernel looks at 32 bits only, and so must we
                for (int request : TERMINAL_REQUESTS) {
                    block.returnIfEqual(request, errno(Errno.EPERM));
                }
                yield block.returnIfWithin(
                                FIRST_CONSOLE_REQUEST, LAST_CONSOLE_REQUEST, errno(Errno.EPERM))
                        .returnIfWithin(FIRST_VT_REQUEST, LAST_VT_REQUEST, errno(Errno.EPERM))
                        .returning(ALLOW);
            }
            case chmod, fchmod, mknod, creat -> withoutSetId(block, 1);
            case fchmodat, fchmodat2, mknodat -> withoutSetId(block, 2);
            case open ->
                    withoutSetId(block.load(argument(1)).returnUnlessAnyBit(CREATES, ALLOW), 2);
            case openat ->
                    withoutSetId(block.load(argument(2)).returnUnlessAnyBit(CREATES, ALLOW), 3);
            case setpriority -> onlyFor(block, PRIO_PROCESS);
            case ioprio_set -> onlyFor(block, IOPRIO_WHO_PROCESS);
            case kill ->
                    signalsScoped
                            ? null
                            : block.load(argument(0))
                                    .returnIfEqual(0, errno(Errno.EPERM))
                                    .returning(ALLOW);
            case personality -> {
                block.load(argument(0));
                for (int personality : PERSONALITIES) {
                    block.returnIfEqual(personality, ALLOW);
                }
                yield block.returning(errno(Errno.EPERM));
            }
            case seccomp ->
                    block.load(argument(1))
                            .returnIfAnyBit(SECCOMP_FILTER_FLAG_NEW_LISTENER, errno(Errno.EPERM))
                            .returning(ALLOW);
            default -> null;
        };
    }

    private static BpfProgram.Writer socket(Set<AddressFamily> families) {
        var block = new BpfProgram.Writer();
        block.load(argument(0));
        for (AddressFamily family : AddressFamily.values()) {
            if (!families.contains(family)) {
                continue;
            }
            if (family == AddressFamily.INET || family == AddressFamily.INET6) {
                var byProtocol = new BpfProgram.Writer().load(argument(2));
                for (int protocol : PROTOCOLS) {
                    byProtocol.returnIfEqual(protocol, ALLOW);
                }
                block.whereEqual(family.number(), byProtocol.returning(ERRNO | EPROTONOSUPPORT));
            } else {
                block.returnIfEqual(family.number(), ALLOW);
            }
        }
        return block.returning(errno(Errno.EAFNOSUPPORT));
    }

    private static BpfProgram.Writer withoutSetId(BpfProgram.Writer block, int mode) {
        return block.load(argument(mode))
                .returnIfAnyBit(SET_ID, errno(Errno.EPERM))
                .returning(ALLOW);
    }

    /** The first argument says whom the second means. */
    private static BpfProgram.Writer onlyFor(BpfProgram.Writer block, int which) {
        return block.load(argument(0)).returnIfEqual(which, ALLOW).returning(errno(Errno.EPERM));
    }

    /** Where the low half of an argument is; both processors are little-endian. */
    private static int argument(int index) {
        return 16 + 8 * index;
    }

    private static int errno(Errno errno) {
        return ERRNO | errno.number();
    }
}
