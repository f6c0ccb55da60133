package dev.blast.enforcer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.enforcer.PolicyBuilder;
import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Processor;
import dev.blast.enforcer.kernel.Syscall;
import dev.blast.rules.verdict.SyscallGrant;
import dev.blast.rules.verdict.SyscallRights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeccompFilterTest {
    private static final int I386 = 0x40000003;
    private static final int ERRNO = 0x00050000;
    private static final Isolation WHOLE = new Isolation(true, true, true, true, false);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    read            | 0 0 0               | ALLOW
                    execve          | 0 0 0               | ALLOW
                    openat          | 0 0 0               | ALLOW
                    futex           | 0 0 0               | ALLOW
                    fchmodat2       | 0 0 0               | ALLOW
                    clone           | 0x3d0f00 0 0        | ALLOW
                    clone           | 17 0 0              | ALLOW
                    clone           | 0x10000011 0 0      | EPERM
                    clone           | 0x00020011 0 0      | EPERM
                    clone           | 0x40000011 0 0      | EPERM
                    clone           | 0x100000011 0 0     | ALLOW
                    clone3          | 0 88 0              | ENOSYS
                    unshare         | 0x10000000 0 0      | EPERM
                    setns           | 3 0 0               | EPERM
                    socket          | 1 1 0               | ALLOW
                    socket          | 2 1 0               | ALLOW
                    socket          | 10 2 0              | ALLOW
                    socket          | 0x100000002 1 0     | ALLOW
                    socket          | 2 1 262             | EPROTONOSUPPORT
                    socket          | 2 2 136             | EPROTONOSUPPORT
                    socket          | 10 1 132            | EPROTONOSUPPORT
                    socket          | 10 2 58             | ALLOW
                    chmod           | 0 0755              | ALLOW
                    chmod           | 0 01777             | ALLOW
                    chmod           | 0 04755             | EPERM
                    fchmod          | 3 02755             | EPERM
                    fchmodat        | 0 0 06755           | EPERM
                    fchmodat2       | 0 0 04755 0         | EPERM
                    fchmodat2       | 0 0 0x100000800 0   | EPERM
                    mkdir           | 0 02755             | EPERM
                    mkdirat         | 0 0 02755           | EPERM
                    mknod           | 0 0104755 0         | EPERM
                    mknodat         | 0 0 0104755 0       | EPERM
                    mknodat         | 0 0 0100644 0       | ALLOW
                    creat           | 0 04755             | EPERM
                    open            | 0 0 04755           | ALLOW
                    open            | 0 0101 04755        | EPERM
                    openat          | 0 0 0 06777         | ALLOW
                    openat          | 0 0 0101 04755      | EPERM
                    openat          | 0 0 020200001 04755 | EPERM
                    openat          | 0 0 0101 0644       | ALLOW
                    openat2         | 0 0 0 24            | ENOSYS
                    setpriority     | 0 0 5               | ALLOW
                    setpriority     | 0 7 5               | ALLOW
                    setpriority     | 1 0 19              | EPERM
                    setpriority     | 2 0 19              | EPERM
                    ioprio_set      | 1 0 0               | ALLOW
                    ioprio_set      | 2 0 0               | EPERM
                    ioprio_set      | 3 0 0               | EPERM
                    prlimit64       | 0 7 0               | ALLOW
                    prlimit64       | 1 7 0               | EPERM
                    sched_setaffinity | 9 8 0             | ALLOW
                    socket          | 16 3 0              | ALLOW
                    socket          | 16 3 9              | EPROTONOSUPPORT
                    socket          | 17 3 0              | EAFNOSUPPORT
                    socket          | 38 5 0              | EAFNOSUPPORT
                    socket          | 40 1 0              | EAFNOSUPPORT
                    socketpair      | 1 1 0               | ALLOW
                    socketpair      | 2 1 0               | EAFNOSUPPORT
                    ioctl           | 0 0x5401 0          | ALLOW
                    ioctl           | 0 0x5412 0          | EPERM
                    ioctl           | 0 0x100005412 0     | EPERM
                    ioctl           | 0 0x541C 0          | EPERM
                    ioctl           | 0 0x540C 0          | EPERM
                    ioctl           | 0 0x4B49 0          | EPERM
                    ioctl           | 0 0x5606 0          | EPERM
                    ioctl           | 0 0x5410 0          | ALLOW
                    ioctl           | 0 0x5414 0          | ALLOW
                    personality     | 0 0 0               | ALLOW
                    personality     | 0xffffffff 0 0      | ALLOW
                    personality     | 0x0040000 0 0       | EPERM
                    personality     | 0x0400000 0 0       | EPERM
                    seccomp         | 1 0 0               | ALLOW
                    seccomp         | 1 8 0               | EPERM
                    seccomp         | 1 9 0               | EPERM
                    io_uring_setup  | 1 0 0               | ENOSYS
                    io_uring_enter  | 1 0 0               | ENOSYS
                    bpf             | 0 0 0               | EPERM
                    ptrace          | 16 1 0              | EPERM
                    process_vm_readv| 1 0 0               | EPERM
                    pidfd_getfd     | 1 0 0               | EPERM
                    keyctl          | 0 0 0               | EPERM
                    add_key         | 0 0 0               | EPERM
                    userfaultfd     | 0 0 0               | EPERM
                    perf_event_open | 0 0 0               | EPERM
                    mount           | 0 0 0               | EPERM
                    move_mount      | 0 0 0               | EPERM
                    open_by_handle_at | 0 0 0             | EPERM
                    init_module     | 0 0 0               | EPERM
                    reboot          | 0 0 0               | EPERM
                    """)
    void theDefault(Syscall syscall, String arguments, String verdict) {
        assertThat(name(verdict(rules(Set.of(), Set.of()), syscall, arguments))).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    @default                 |           | socket | 16 3 0         | ALLOW
                    @default                 |           | socket | 16 3 12        | EPROTONOSUPPORT
                    @default                 | @netlink  | socket | 16 3 0         | EAFNOSUPPORT
                    @default socket          |           | socket | 16 3 12        | ALLOW
                    @default                 | @internet | socket | 2 1 0          | EAFNOSUPPORT
                    @default                 | @internet | socket | 1 1 0          | ALLOW
                    @default                 | @sockets  | socket | 1 1 0          | EPERM
                    @default ptrace          |           | ptrace | 16 1 0         | ALLOW
                    @default @debug          |           | ptrace | 16 1 0         | ALLOW
                    @default @debug          | ptrace    | ptrace | 16 1 0         | EPERM
                    @default clone3          |           | clone3 | 0 88 0         | ALLOW
                    @default                 | mmap      | mmap   | 0 0 0          | EPERM
                    @files @memory           |           | socket | 1 1 0          | EPERM
                    @files @memory           |           | execve | 0 0 0          | ALLOW
                    @default                 | wait4     | wait4  | 0 0 0          | ALLOW
                    @default socket          |           | socket | 40 1 0         | ALLOW
                    @default socket          | @internet | socket | 2 1 0          | EAFNOSUPPORT
                    @default socket          | @internet | socket | 40 1 0         | ALLOW
                    @default clone           | clone     | clone  | 0x10000011 0 0 | EPERM
                    ptrace                   | ptrace    | mmap   | 0 0 0          | EPERM
                    @files @internet         | @internet | socket | 2 1 0          | EPERM
                    """)
    void namesOpenAndClose(
            String allowed, String denied, Syscall syscall, String arguments, String verdict) {
        SyscallRights rules = rules(names(allowed), names(denied));
        assertThat(name(verdict(rules, syscall, arguments))).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "openat,     0 0 0 0,          told",
        "openat,     0 0 64 420,       told",
        "openat,     0 0 64 2541,      refused",
        "newfstatat, 0 0 0 0,          told",
        "newfstatat, 3 0 0 4096,       allowed",
        "execve,     0 0 0 0,          told",
        "execveat,   0 0 0 0,          allowed",
        "read,       0 0 0 0,          allowed",
        "ptrace,     0 0 0 0,          told",
        "clone3,     0 0 0 0,          absent"
    })
    void aWitnessedSessionTells(Syscall syscall, String arguments, String verdict) {
        BpfProgram program =
                SeccompFilter.compile(rules(Set.of(), Set.of()), WHOLE, Processor.X86_64, true);
        long[] values = Arrays.stream(arguments.split(" ")).mapToLong(Long::parseLong).toArray();
        assertThat(
                        BpfInterpreter.verdict(
                                program,
                                Processor.X86_64.auditArchitecture(),
                                syscall.number(Processor.X86_64),
                                values))
                .isEqualTo(
                        switch (verdict) {
                            case "told" -> SeccompFilter.USER_NOTIFICATION;
                            case "refused" -> ERRNO | Errno.EPERM.number();
                            case "absent" -> ERRNO | Errno.ENOSYS.number();
                            default -> SeccompFilter.ALLOW;
                        });
    }

    @ParameterizedTest
    @EnumSource(Processor.class)
    void anotherArchitectureIsKilled(Processor processor) {
        BpfProgram program = SeccompFilter.compile(rules(Set.of(), Set.of()), WHOLE, processor);
        for (Syscall syscall : Syscall.values()) {
            assertThat(BpfInterpreter.verdict(program, I386, syscall.number(processor), 0, 0, 0))
                    .isEqualTo(SeccompFilter.KILL_PROCESS);
        }
    }

    /** Under their own numbers, those that both have. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bothProcessorsAnswerAlike(boolean witnessed) {
        SyscallRights rights = rules(Set.of(), Set.of());
        BpfProgram here = SeccompFilter.compile(rights, WHOLE, Processor.X86_64, witnessed);
        BpfProgram there = SeccompFilter.compile(rights, WHOLE, Processor.AARCH64, witnessed);
        int both = 0;
        for (Syscall syscall : Syscall.values()) {
            int number = syscall.number(Processor.X86_64);
            int other = syscall.number(Processor.AARCH64);
            if (number >= 0 && other >= 0) {
                both++;
                assertThat(verdict(there, Processor.AARCH64, other))
                        .as(syscall.name())
                        .isEqualTo(verdict(here, Processor.X86_64, number));
            }
        }
        assertThat(both).isGreaterThan(250);
    }

    private static int verdict(BpfProgram program, Processor processor, int number) {
        return BpfInterpreter.verdict(program, processor.auditArchitecture(), number, 0, 0, 0);
    }

    @Test
    void theX32EntryIsKilled() {
        BpfProgram program =
                SeccompFilter.compile(rules(Set.of(), Set.of()), WHOLE, Processor.X86_64);
        for (int number : new int[] {0x40000000, 0x40000001, 0x40000208, 0x7fffffff, -1}) {
            assertThat(
                            BpfInterpreter.verdict(
                                    program, Processor.X86_64.auditArchitecture(), number))
                    .isEqualTo(SeccompFilter.KILL_PROCESS);
        }
    }

    @Test
    void ownProcessGroupIsOutOfReachWhereLandlockDoesNotGuardIt() {
        SyscallRights rules = rules(Set.of(), Set.of());
        int kill = Syscall.kill.number(Processor.X86_64);
        int architecture = Processor.X86_64.auditArchitecture();
        BpfProgram unscoped =
                SeccompFilter.compile(
                        rules, new Isolation(true, true, false, true, false), Processor.X86_64);
        assertThat(BpfInterpreter.verdict(unscoped, architecture, kill, 0, 9))
                .isEqualTo(ERRNO | Errno.EPERM.number());
        assertThat(BpfInterpreter.verdict(unscoped, architecture, kill, 0x100000000L, 9))
                .isEqualTo(ERRNO | Errno.EPERM.number());
        assertThat(BpfInterpreter.verdict(unscoped, architecture, kill, 2, 9))
                .isEqualTo(SeccompFilter.ALLOW);
        BpfProgram scoped = SeccompFilter.compile(rules, WHOLE, Processor.X86_64);
        assertThat(BpfInterpreter.verdict(scoped, architecture, kill, 0, 9))
                .isEqualTo(SeccompFilter.ALLOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    socket            | 1 1 0       | EAFNOSUPPORT
                    socket            | 2 1 0       | EAFNOSUPPORT
                    socketpair        | 1 1 0       | ALLOW
                    socketpair        | 1 0x80005 0 | ALLOW
                    socketpair        | 1 0x80002 0 | EAFNOSUPPORT
                    socketpair        | 1 3 0       | EAFNOSUPPORT
                    setpriority       | 0 0 5       | ALLOW
                    setpriority       | 0 7 5       | EPERM
                    ioprio_set        | 1 7 5       | EPERM
                    prlimit64         | 0 7 0       | ALLOW
                    prlimit64         | 9 7 0       | EPERM
                    sched_setaffinity | 0 8 0       | ALLOW
                    sched_setaffinity | 9 8 0       | EPERM
                    """)
    void othersAreOutOfReachWithoutNamespaces(Syscall syscall, String arguments, String verdict) {
        SyscallRights rules = rules(Set.of(), Set.of());
        BpfProgram program =
                SeccompFilter.compile(
                        rules, new Isolation(false, false, true, true, false), Processor.X86_64);
        assertThat(name(verdict(program, syscall, arguments))).isEqualTo(verdict);
    }

    @Test
    void numbersOfTheFutureDoNotExist() {
        BpfProgram program =
                SeccompFilter.compile(rules(Set.of(), Set.of()), WHOLE, Processor.X86_64);
        for (int number : new int[] {340, 423, 470, 500, 100_000}) {
            assertThat(
                            BpfInterpreter.verdict(
                                    program, Processor.X86_64.auditArchitecture(), number))
                    .isEqualTo(ERRNO | Errno.ENOSYS.number());
        }
    }

    private static SyscallRights rules(Set<String> allowed, Set<String> denied) {
        List<SyscallGrant> grants = new ArrayList<>();
        allowed.forEach(name -> grants.add(new SyscallGrant(name, true, PolicyBuilder.REASON)));
        denied.forEach(name -> grants.add(new SyscallGrant(name, false, PolicyBuilder.REASON)));
        return new SyscallRights(grants);
    }

    private static Set<String> names(String text) {
        return text == null ? Set.of() : Set.of(text.split(" ", -1));
    }

    private static int verdict(SyscallRights rules, Syscall syscall, String arguments) {
        BpfProgram program = SeccompFilter.compile(rules, WHOLE, Processor.X86_64);
        return verdict(program, syscall, arguments);
    }

    private static int verdict(BpfProgram program, Syscall syscall, String arguments) {
        long[] words =
                java.util.Arrays.stream(arguments.split(" ", -1)).mapToLong(Long::decode).toArray();
        return BpfInterpreter.verdict(
                program,
                Processor.X86_64.auditArchitecture(),
                syscall.number(Processor.X86_64),
                words);
    }

    private static String name(int verdict) {
        if (verdict == SeccompFilter.ALLOW) {
            return "ALLOW";
        }
        int errno = verdict & 0xffff;
        Errno known = Errno.of(errno);
        return known != null ? known.name() : "errno " + errno;
    }
}
