package dev.blast.enforcer.plan;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Processor;
import dev.blast.enforcer.kernel.Syscall;
import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles {@link SyscallRules} into a program for seccomp(2). The architecture is checked before
 * anything, since numbers mean nothing without it; a decision is made by number alone wherever that
 * is enough, because the kernel then remembers it and need not run the program again.
 */
public final class SeccompFilter {
    static final int ALLOW = 0x7fff0000;
    public static final int KILL_PROCESS = 0x80000000;
    private static final int ERRNO = 0x00050000;

    private static final int NUMBER = 0; // offsets in struct seccomp_data
    private static final int ARCHITECTURE = 4;
    private static final int X32_BIT = 0x40000000;

    /**
     * CLONE_NEW…: namespaces, mount and user among them. CLONE_NEWTIME cannot be given to clone(2).
     */
    private static final int CLONE_NAMESPACES = 0x7E020000;

    /**
     * Typing into the caller's terminal, taking it over or locking it: TIOCSTI, TIOCLINUX,
     * TIOCCONS, TIOCSETD, TIOCEXCL, TIOCVHANGUP. A window's size stays open, since programs set it
     * on terminals of their own.
     */
    private static final int[] TERMINAL_REQUESTS = {0x5412, 0x541C, 0x541D, 0x5423, 0x540C, 0x5437};

    /** The keys, fonts and modes of a virtual console, see ioctl_console(2). */
    private static final int CONSOLE_KEYS = 0x4B00;

    /** Which virtual console is shown, see ioctl_console(2). */
    private static final int CONSOLE_SWITCH = 0x5600;

    /** S_ISUID and S_ISGID: on a file they would mean something outside, see inode(7). */
    private static final int SET_ID_BITS = 06000;

    /** O_CREAT, and what O_TMPFILE has beside O_DIRECTORY: open(2) looks at a mode. */
    private static final int MAKES_A_FILE = 0100 | 020000000;

    private static final int PRIO_PROCESS = 0;
    private static final int IOPRIO_WHO_PROCESS = 1;

    /** Any, ICMP, TCP, UDP and ICMPv6. */
    private static final int[] INTERNET_PROTOCOLS = {0, 1, 6, 17, 58};

    /** Set in SOCK_DGRAM and in SOCK_RAW, which is the same there; not in what is connected. */
    private static final int CONNECTIONLESS = 2;

    /**
     * personality(2): Linux, with and without UNAME26; and the question for the present one. No
     * READ_IMPLIES_EXEC.
     */
    private static final int[] PERSONALITIES = {0, 0x20000, -1};

    private static final int SECCOMP_FILTER_FLAG_NEW_LISTENER = 8;
    private static final int EPROTONOSUPPORT = 93;

    /**
     * Calls whose absence a C library expects and works around: it is told that the kernel lacks
     * them. What clone3 and openat2 are asked for stands in memory, where a filter cannot look.
     */
    private static final Set<Syscall> ABSENT =
            Set.of(
                    Syscall.clone3,
                    Syscall.openat2,
                    Syscall.io_uring_setup,
                    Syscall.io_uring_enter,
                    Syscall.io_uring_register);

    private SeccompFilter() {}

    /**
     * The filter that lets through what the rules allow.
     *
     * @param signalsScoped whether Landlock keeps signals inside; else the signal to one's own
     *     process group is closed, to which processes outside belong as well
     * @param ownProcesses whether a pid namespace keeps others from being named; else a program may
     *     change the priorities and limits of the calling thread only
     */
    public static BpfProgram compile(
            SyscallRules rules, boolean signalsScoped, boolean ownProcesses, Processor processor) {
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
                            : byArgument(syscall, rules, signalsScoped, ownProcesses);
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
            Syscall syscall, SyscallRules rules, boolean signalsScoped, boolean ownProcesses) {
        var block = new BpfProgram.Writer();
        return switch (syscall) {
            case clone ->
                    block.load(argument(0))
                            .returnIfAnyBit(CLONE_NAMESPACES, errno(Errno.EPERM))
                            .returning(ALLOW);
            case socket -> {
                block.load(argument(0));
                for (AddressFamily family : AddressFamily.values()) {
                    if (!rules.families().contains(family)) {
                        continue;
                    }
                    switch (family) {
                        case INET, INET6 -> block.whereEqual(family.number(), internet());
                        case UNIX, NETLINK -> block.returnIfEqual(family.number(), ALLOW);
                    }
                }
                yield block.returning(errno(Errno.EAFNOSUPPORT));
            }
            case socketpair -> {
                if (!rules.families().contains(AddressFamily.UNIX)) {
                    block.load(argument(1))
                            .returnIfAnyBit(CONNECTIONLESS, errno(Errno.EAFNOSUPPORT));
                }
                yield block.load(argument(0))
                        .returnIfEqual(AddressFamily.UNIX.number(), ALLOW)
                        .returning(errno(Errno.EAFNOSUPPORT));
            }
            case chmod, fchmod, creat, mkdir, mknod -> withoutSetIds(block, 1);
            case fchmodat, fchmodat2, mkdirat, mknodat -> withoutSetIds(block, 2);
            case open ->
                    withoutSetIds(
                            block.load(argument(1)).returnUnlessAnyBit(MAKES_A_FILE, ALLOW), 2);
            case openat ->
                    withoutSetIds(
                            block.load(argument(2)).returnUnlessAnyBit(MAKES_A_FILE, ALLOW), 3);
            case setpriority -> ofProcess(block, PRIO_PROCESS, ownProcesses);
            case ioprio_set -> ofProcess(block, IOPRIO_WHO_PROCESS, ownProcesses);
            case prlimit64 ->
                    ownProcesses
                            ? block.load(argument(0))
                                    .returnIfEqual(1, errno(Errno.EPERM))
                                    .returning(ALLOW)
                            : ofCaller(block, 0);
            case sched_setparam, sched_setscheduler, sched_setaffinity, sched_setattr ->
                    ownProcesses ? null : ofCaller(block, 0);
            case ioctl -> {
                block.load(argument(1)); // the kernel looks at 32 bits only, and so must we
                for (int request : TERMINAL_REQUESTS) {
                    block.returnIfEqual(request, errno(Errno.EPERM));
                }
                yield block.returnIfWithin(CONSOLE_KEYS, CONSOLE_KEYS | 0xff, errno(Errno.EPERM))
                        .returnIfWithin(CONSOLE_SWITCH, CONSOLE_SWITCH | 0xff, errno(Errno.EPERM))
                        .returning(ALLOW);
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

    private static BpfProgram.Writer internet() {
        var block = new BpfProgram.Writer().load(argument(2));
        for (int protocol : INTERNET_PROTOCOLS) {
            block.returnIfEqual(protocol, ALLOW);
        }
        return block.returning(ERRNO | EPROTONOSUPPORT);
    }

    private static BpfProgram.Writer withoutSetIds(BpfProgram.Writer block, int mode) {
        return block.load(argument(mode))
                .returnIfAnyBit(SET_ID_BITS, errno(Errno.EPERM))
                .returning(ALLOW);
    }

    /** Process groups and users reach outside, whatever the pid namespace. */
    private static BpfProgram.Writer ofProcess(
            BpfProgram.Writer block, int process, boolean ownProcesses) {
        block.load(argument(0)).returnUnlessEqual(process, errno(Errno.EPERM));
        return ownProcesses ? block.returning(ALLOW) : ofCaller(block, 1);
    }

    private static BpfProgram.Writer ofCaller(BpfProgram.Writer block, int pid) {
        return block.load(argument(pid)).returnIfEqual(0, ALLOW).returning(errno(Errno.EPERM));
    }

    /** Where the low half of an argument is; both processors are little-endian. */
    private static int argument(int index) {
        return 16 + 8 * index;
    }

    private static int errno(Errno errno) {
        return ERRNO | errno.number();
    }
}
