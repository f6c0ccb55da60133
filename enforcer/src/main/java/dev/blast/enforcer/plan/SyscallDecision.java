package dev.blast.enforcer.plan;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.Ruling;
import dev.blast.rules.verdict.SyscallRights;
import dev.blast.rules.vocabulary.SocketFamily;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of one system call in a sandbox, and why. The filter is compiled from these
 * decisions, and {@code blast check --explain syscall} shows them.
 *
 * @param because who decides: rules, or Blast itself; empty where no rule opens the call
 * @param families for calls that make sockets, what is ruled about each family; else empty
 */
public record SyscallDecision(
        Syscall syscall,
        SyscallAnswer answer,
        List<Reason> because,
        Map<SocketFamily, Ruling> families) {
    private static final Reason NO_NETWORK =
            Reason.ofBlast(
                    "no network of its own",
                    "denySyscalls",
                    "without namespaces a socket would lead to those of the machine");

    private static final Reason PAST_THE_GATE =
            Reason.ofBlast(
                    "no way past the gate",
                    "denySyscalls",
                    "its rings connect without being asked about");

    private static final Reason NOT_CUT_OFF =
            Reason.ofBlast(
                    "no file is cut off",
                    "denySyscalls",
                    "without namespaces, and before Linux 6.2, it works on any file of this user's");

    private static final Reason NOT_SHARED =
            Reason.ofBlast(
                    "nothing shared with the machine's processes",
                    "denySyscalls",
                    "without namespaces their memory, queues and semaphores would be in reach");

    /** System V's, see sysvipc(7), and the queues of mq_overview(7). */
    private static final Set<Syscall> SHARING =
            Set.of(
                    Syscall.shmget,
                    Syscall.shmat,
                    Syscall.shmctl,
                    Syscall.semget,
                    Syscall.semop,
                    Syscall.semtimedop,
                    Syscall.semctl,
                    Syscall.msgget,
                    Syscall.msgsnd,
                    Syscall.msgrcv,
                    Syscall.msgctl,
                    Syscall.mq_open,
                    Syscall.mq_unlink);

    private static final Set<Syscall> RINGS =
            Set.of(Syscall.io_uring_setup, Syscall.io_uring_enter, Syscall.io_uring_register);

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

    public SyscallDecision {
        because = List.copyOf(because);
        families = Collections.unmodifiableMap(new EnumMap<>(families));
    }

    /** The decision about one call where rules give these rights. */
    public static SyscallDecision of(Syscall syscall, SyscallRights rights, Isolation isolation) {
        Ruling ruling = rights.of(syscall.name());
        if (!ruling.allowed()) {
            Errno errno = ABSENT.contains(syscall) ? Errno.ENOSYS : Errno.EPERM;
            return new SyscallDecision(
                    syscall, SyscallAnswer.refused(errno), ruling.because(), none());
        }
        if (isolation.gate() && RINGS.contains(syscall)) {
            return new SyscallDecision(
                    syscall, SyscallAnswer.refused(Errno.ENOSYS), List.of(PAST_THE_GATE), none());
        }
        if (!isolation.processes() && SHARING.contains(syscall)) {
            return new SyscallDecision(
                    syscall, SyscallAnswer.refused(Errno.EPERM), List.of(NOT_SHARED), none());
        }
        if (!isolation.lengths() && syscall == Syscall.truncate) {
            return new SyscallDecision(
                    syscall, SyscallAnswer.refused(Errno.EPERM), List.of(NOT_CUT_OFF), none());
        }
        Map<SocketFamily, Ruling> families =
                ArgumentGuards.isAboutFamilies(syscall) ? families(rights, isolation) : none();
        boolean named =
                rights.isNamed(syscall.name()) && (isolation.network() || families.isEmpty());
        SyscallAnswer answer = ArgumentGuards.of(syscall, families, named, isolation);
        return new SyscallDecision(
                syscall,
                answer,
                answer instanceof SyscallAnswer.Refused ? List.of(NO_NETWORK) : ruling.because(),
                families);
    }

    private static Map<SocketFamily, Ruling> families(SyscallRights rights, Isolation isolation) {
        Map<SocketFamily, Ruling> families = new EnumMap<>(SocketFamily.class);
        for (SocketFamily family : SocketFamily.values()) {
            families.put(
                    family,
                    isolation.network()
                            ? rights.of(family)
                            : new Ruling(false, List.of(NO_NETWORK)));
        }
        return families;
    }

    private static Map<SocketFamily, Ruling> none() {
        return new EnumMap<>(SocketFamily.class);
    }

    /** Whether any call of it goes through. */
    public Ruling ruling() {
        return new Ruling(!(answer instanceof SyscallAnswer.Refused), because);
    }
}
