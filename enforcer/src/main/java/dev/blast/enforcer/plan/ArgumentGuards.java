package dev.blast.enforcer.plan;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.enforcer.plan.SyscallAnswer.ByArguments;
import dev.blast.enforcer.plan.SyscallAnswer.Clause;
import dev.blast.enforcer.plan.SyscallAnswer.Match;
import dev.blast.rules.verdict.Ruling;
import dev.blast.rules.vocabulary.SocketFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an open system call may be asked for: where a number says what is wanted, it is looked at.
 */
final class ArgumentGuards {
    private static final SyscallAnswer ALLOWED = new SyscallAnswer.Allowed();
    private static final SyscallAnswer NOT_PERMITTED = SyscallAnswer.refused(Errno.EPERM);
    private static final SyscallAnswer NO_SUCH_FAMILY = SyscallAnswer.refused(Errno.EAFNOSUPPORT);

    /**
     * CLONE_NEW…: namespaces, mount and user among them. CLONE_NEWTIME cannot be given to clone(2).
     */
    private static final int CLONE_NAMESPACES = 0x7E020000;

    /**
     * Typing into the caller's terminal, taking it over or locking it: TIOCSTI, TIOCLINUX,
     * TIOCCONS, TIOCSETD, TIOCEXCL, TIOCVHANGUP. A window's size stays open, since programs set it
     * on terminals of their own.
     */
    private static final List<Integer> TERMINAL_REQUESTS =
            List.of(0x5412, 0x541C, 0x541D, 0x5423, 0x540C, 0x5437);

    /** The keys, fonts and modes of a virtual console, see ioctl_console(2). */
    private static final int CONSOLE_KEYS = 0x4B00;

    /** Which virtual console is shown, see ioctl_console(2). */
    private static final int CONSOLE_SWITCH = 0x5600;

    /**
     * The addresses of interfaces, by whatever socket, see netdevice(7): one that a gate handed in
     * would tell of the machine's. Names and numbers of interfaces lie outside of the range.
     */
    private static final int FIRST_OF_INTERFACES = 0x8911;

    private static final int LAST_OF_INTERFACES = 0x8932;

    /** S_ISUID and S_ISGID: on a file they would mean something outside, see inode(7). */
    private static final int SET_ID_BITS = 06000;

    /** O_CREAT, and what O_TMPFILE has beside O_DIRECTORY: open(2) looks at a mode. */
    private static final int MAKES_A_FILE = 0100 | 020000000;

    private static final int PRIO_PROCESS = 0;
    private static final int IOPRIO_WHO_PROCESS = 1;

    /** Any, ICMP, TCP, UDP and ICMPv6. */
    private static final List<Integer> INTERNET_PROTOCOLS = List.of(0, 1, 6, 17, 58);

    /** NETLINK_ROUTE: interfaces, addresses and routes; see netlink(7). */
    private static final List<Integer> NETLINK_PROTOCOLS = List.of(0);

    /** Set in SOCK_DGRAM and in SOCK_RAW, which is the same there; not in what is connected. */
    private static final int CONNECTIONLESS = 2;

    /**
     * personality(2): Linux, with and without UNAME26; and the question for the present one. No
     * READ_IMPLIES_EXEC.
     */
    private static final List<Integer> PERSONALITIES = List.of(0, 0x20000, -1);

    private static final int SECCOMP_FILTER_FLAG_NEW_LISTENER = 8;

    /** A connection that begins with its first bytes, and without connect(2); see tcp(7). */
    private static final int MSG_FASTOPEN = 0x20000000;

    private ArgumentGuards() {}

    static boolean isAboutFamilies(Syscall syscall) {
        return syscall == Syscall.socket || syscall == Syscall.socketpair;
    }

    /**
     * What an open call gets.
     *
     * @param families what is ruled about each, where the call makes sockets
     * @param named whether a rule names the call itself: then only denied families are kept from it
     */
    static SyscallAnswer of(
            Syscall syscall,
            Map<SocketFamily, Ruling> families,
            boolean named,
            Isolation isolation) {
        if (isolation.gate()) {
            switch (syscall) {
                case connect, listen -> {
                    return new SyscallAnswer.AtTheGate();
                }
                case sendto, sendmmsg -> {
                    return withoutConnecting(3);
                }
                case sendmsg -> {
                    return withoutConnecting(2);
                }
                default -> {} // as without
            }
        }
        if (syscall == Syscall.socket) {
            return named ? anySocketBut(families) : socket(families);
        }
        return named ? ALLOWED : of(syscall, isolation);
    }

    private static SyscallAnswer of(Syscall syscall, Isolation isolation) {
        return switch (syscall) {
            case clone -> allowedBut(Clause.of(0, Match.ANY_BIT, CLONE_NAMESPACES, NOT_PERMITTED));
            case socketpair -> {
                List<Clause> clauses = new ArrayList<>();
                if (!isolation.network()) {
                    clauses.add(Clause.of(1, Match.ANY_BIT, CONNECTIONLESS, NO_SUCH_FAMILY));
                }
                clauses.add(equal(0, SocketFamily.UNIX.number(), ALLOWED));
                yield new ByArguments(clauses, NO_SUCH_FAMILY);
            }
            case chmod, fchmod, creat, mkdir, mknod -> allowedBut(setIds(1));
            case fchmodat, fchmodat2, mkdirat, mknodat -> allowedBut(setIds(2));
            case open -> allowedBut(makesNothing(1), setIds(2));
            case openat -> allowedBut(makesNothing(2), setIds(3));
            case setpriority -> ofProcess(PRIO_PROCESS, isolation);
            case ioprio_set -> ofProcess(IOPRIO_WHO_PROCESS, isolation);
            case prlimit64 ->
                    isolation.processes() ? allowedBut(equal(0, 1, NOT_PERMITTED)) : ofCaller(0);
            case sched_setparam, sched_setscheduler, sched_setaffinity, sched_setattr ->
                    isolation.processes() ? ALLOWED : ofCaller(0);
            case ioctl -> {
                List<Clause> clauses = new ArrayList<>(equals(1, TERMINAL_REQUESTS, NOT_PERMITTED));
                for (int first : new int[] {CONSOLE_KEYS, CONSOLE_SWITCH}) {
                    clauses.add(Clause.within(1, first, first | 0xff, NOT_PERMITTED));
                }
                if (isolation.gate()) {
                    clauses.add(
                            Clause.within(
                                    1, FIRST_OF_INTERFACES, LAST_OF_INTERFACES, NOT_PERMITTED));
                }
                yield new ByArguments(clauses, ALLOWED);
            }
            case kill -> isolation.signals() ? ALLOWED : allowedBut(equal(0, 0, NOT_PERMITTED));
            case personality -> new ByArguments(equals(0, PERSONALITIES, ALLOWED), NOT_PERMITTED);
            case seccomp ->
                    allowedBut(
                            Clause.of(
                                    1,
                                    Match.ANY_BIT,
                                    SECCOMP_FILTER_FLAG_NEW_LISTENER,
                                    NOT_PERMITTED));
            default -> ALLOWED;
        };
    }

    private static SyscallAnswer socket(Map<SocketFamily, Ruling> families) {
        List<Clause> clauses = new ArrayList<>();
        families.forEach((family, ruling) -> {
            if (ruling.allowed()) {
                clauses.add(
                        equal(
                                0,
                                family.number(),
                                switch (family) {
                                    case INET, INET6 -> protocols(INTERNET_PROTOCOLS);
                                    case NETLINK -> protocols(NETLINK_PROTOCOLS);
                                    case UNIX -> ALLOWED;
                                }));
            }
        });
        return clauses.isEmpty() ? NO_SUCH_FAMILY : new ByArguments(clauses, NO_SUCH_FAMILY);
    }

    private static SyscallAnswer anySocketBut(Map<SocketFamily, Ruling> families) {
        List<Integer> denied =
                families.entrySet().stream()
                        .filter(family -> !family.getValue().allowed())
                        .map(family -> family.getKey().number())
                        .toList();
        return denied.isEmpty()
                ? ALLOWED
                : new ByArguments(equals(0, denied, NO_SUCH_FAMILY), ALLOWED);
    }

    private static SyscallAnswer protocols(List<Integer> open) {
        return new ByArguments(
                equals(2, open, ALLOWED), SyscallAnswer.refused(Errno.EPROTONOSUPPORT));
    }

    private static SyscallAnswer withoutConnecting(int flags) {
        return allowedBut(
                Clause.of(
                        flags,
                        Match.ANY_BIT,
                        MSG_FASTOPEN,
                        SyscallAnswer.refused(Errno.EOPNOTSUPP)));
    }

    private static Clause setIds(int mode) {
        return Clause.of(mode, Match.ANY_BIT, SET_ID_BITS, NOT_PERMITTED);
    }

    private static Clause makesNothing(int flags) {
        return Clause.of(flags, Match.NO_BIT, MAKES_A_FILE, ALLOWED);
    }

    /** Process groups and users reach outside, whatever the pid namespace. */
    private static SyscallAnswer ofProcess(int process, Isolation isolation) {
        Clause notAProcess = Clause.of(0, Match.NOT_EQUAL, process, NOT_PERMITTED);
        return isolation.processes()
                ? allowedBut(notAProcess)
                : new ByArguments(List.of(notAProcess, equal(1, 0, ALLOWED)), NOT_PERMITTED);
    }

    private static SyscallAnswer ofCaller(int pid) {
        return new ByArguments(List.of(equal(pid, 0, ALLOWED)), NOT_PERMITTED);
    }

    private static SyscallAnswer allowedBut(Clause... clauses) {
        return new ByArguments(List.of(clauses), ALLOWED);
    }

    private static Clause equal(int argument, int value, SyscallAnswer then) {
        return Clause.of(argument, Match.EQUAL, value, then);
    }

    private static List<Clause> equals(int argument, List<Integer> values, SyscallAnswer then) {
        return values.stream().map(value -> equal(argument, value, then)).toList();
    }
}
