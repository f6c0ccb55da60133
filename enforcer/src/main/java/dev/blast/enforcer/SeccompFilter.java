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
     * Typing into the caller's terminal, or taking it over: TIOCSTI, TIOCLINUX, TIOCCONS, TIOCSETD.
     */
    private static final int[] TERMINAL_REQUESTS = {0x5412, 0x541C, 0x541D, 0x5423};

    /**
     * personality(2): Linux, with and without UNAME26; and the question for the present one. No
     * READ_IMPLIES_EXEC.
     */
    private static final int[] PERSONALITIES = {0, 0x20000, -1};

    private static final int SECCOMP_FILTER_FLAG_NEW_LISTENER = 8;
    private static final int IPPROTO_MPTCP = 262;
    private static final int EPROTONOSUPPORT = 93;

    /**
     * Calls whose absence a C library expects and works around: it is told that the kernel lacks
     * them.
     */
    private static final Set<Syscall> ABSENT =
            Set.of(
                    Syscall.clone3,
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
            case socket -> {
                block.load(argument(2))
                        .returnIfEqual(IPPROTO_MPTCP, ERRNO | EPROTONOSUPPORT)
                        .load(argument(0));
                for (AddressFamily family : AddressFamily.values()) {
                    if (rules.families().contains(family)) {
                        block.returnIfEqual(family.number(), ALLOW);
                    }
                }
                yield block.returning(errno(Errno.EAFNOSUPPORT));
            }
            case socketpair ->
                    block.load(argument(0))
                            .returnIfEqual(AddressFamily.UNIX.number(), ALLOW)
                            .returning(errno(Errno.EAFNOSUPPORT));
            case ioctl -> {
                block.load(argument(1)); // the kernel looks at 32 bits only, and so must we
                for (int request : TERMINAL_REQUESTS) {
                    block.returnIfEqual(request, errno(Errno.EPERM));
                }
                yield block.returning(ALLOW);
            }
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

    /** Where the low half of an argument is; both processors are little-endian. */
    private static int argument(int index) {
        return 16 + 8 * index;
    }

    private static int errno(Errno errno) {
        return ERRNO | errno.number();
    }
}
