package dev.blast.rules.vocabulary;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * System calls that a policy allows or denies together, by a name that begins with {@code @}. What
 * each is for stands in docs/enforcing.md; what is in none of them is open to nobody unless named
 * one by one.
 */
@SuppressWarnings("ImmutableEnumChecker") // the sets are made once and handed out unmodifiable
public enum SyscallGroup {
    /** What the first process of a sandbox itself needs; always allowed. */
    CORE(
            """
            read write close close_range fcntl getppid clone kill wait4 exit exit_group execve execveat prctl rt_sigprocmask
            rt_sigtimedwait rt_sigreturn restart_syscall
            """),
    MEMORY(
            """
            brk mmap munmap mprotect mremap msync mincore madvise mlock mlock2 mlockall munlock munlockall membarrier
            remap_file_pages pkey_alloc pkey_free pkey_mprotect memfd_create memfd_secret mbind get_mempolicy set_mempolicy
            set_mempolicy_home_node mseal map_shadow_stack
            """),
    FILES(
            """
            open openat creat read write close close_range pread64 pwrite64 readv writev preadv pwritev preadv2
            pwritev2 lseek stat fstat lstat newfstatat statx statfs fstatfs access faccessat faccessat2 getdents getdents64
            getcwd chdir fchdir rename renameat renameat2 mkdir mkdirat rmdir link linkat unlink unlinkat symlink symlinkat
            readlink readlinkat chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat umask truncate ftruncate
            fallocate utime utimes futimesat utimensat mknod mknodat flock fsync fdatasync sync syncfs sync_file_range
            fadvise64 readahead cachestat copy_file_range sendfile splice tee vmsplice dup dup2 dup3 fcntl ioctl pipe pipe2
            inotify_init inotify_init1 inotify_add_watch inotify_rm_watch setxattr lsetxattr fsetxattr getxattr lgetxattr
            fgetxattr listxattr llistxattr flistxattr removexattr lremovexattr fremovexattr setxattrat getxattrat listxattrat
            removexattrat file_getattr
            """),
    EVENTS(
            """
            poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd
            eventfd2 signalfd signalfd4 timerfd_create timerfd_settime timerfd_gettime
            """),
    PROCESSES(
            """
            clone fork vfork execve execveat exit exit_group wait4 waitid getpid getppid gettid getpgid getpgrp setpgid
            getsid setsid kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_open pidfd_send_signal prctl arch_prctl
            personality set_tid_address set_robust_list get_robust_list rseq getrusage times getrlimit setrlimit prlimit64
            getcpu
            """),
    SIGNALS(
            """
            rt_sigaction rt_sigprocmask rt_sigpending rt_sigsuspend rt_sigtimedwait rt_sigreturn restart_syscall sigaltstack
            pause alarm getitimer setitimer
            """),
    TIME(
            """
            clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time timer_create timer_settime timer_gettime
            timer_getoverrun timer_delete
            """),
    LOCKS("futex futex_waitv futex_wait futex_wake futex_requeue sched_yield"),
    IPC(
            """
            shmget shmat shmctl shmdt semget semop semctl semtimedop msgget msgsnd msgrcv msgctl mq_open mq_unlink
            mq_timedsend mq_timedreceive mq_notify mq_getsetattr
            """),
    SCHEDULING(
            """
            sched_setparam sched_getparam sched_setscheduler sched_getscheduler sched_get_priority_max
            sched_get_priority_min sched_rr_get_interval sched_setaffinity sched_getaffinity sched_setattr sched_getattr
            getpriority setpriority ioprio_get ioprio_set
            """),
    IDENTITY(
            """
            getuid geteuid getgid getegid getresuid getresgid getgroups setuid setgid setreuid setregid setresuid setresgid
            setfsuid setfsgid setgroups capget capset
            """),
    SYSTEM("uname sysinfo getrandom"),
    /** Sockets between processes of the sandbox. */
    SOCKETS(
            """
            socket socketpair connect accept accept4 sendto recvfrom sendmsg recvmsg sendmmsg recvmmsg shutdown bind listen
            getsockname getpeername setsockopt getsockopt
            """,
            SocketFamily.UNIX),
    /** Sockets of the Internet families; where they lead is a matter of the network namespace. */
    INTERNET("socket", SocketFamily.INET, SocketFamily.INET6),
    /**
     * Network interfaces as psutil, {@code ip} and the kernels of notebooks read them: the
     * sandbox's own.
     */
    NETLINK("socket", SocketFamily.NETLINK),
    /** Programs that confine themselves further. */
    CONFINE("seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self"),
    /** Debuggers and tracers. Not in the default. */
    DEBUG("ptrace process_vm_readv process_vm_writev pidfd_getfd kcmp process_madvise"),
    /** Asynchronous block input and output of old. Not in the default. */
    AIO("io_setup io_destroy io_submit io_cancel io_getevents io_pgetevents");

    /** What an ordinary program needs; in force where a policy names nothing. */
    public static final Set<SyscallGroup> DEFAULT =
            Collections.unmodifiableSet(EnumSet.range(CORE, CONFINE));

    public static final String DEFAULT_NAME = "@default";

    private static final Map<String, Set<SyscallGroup>> NAMED = byName();

    private final String policyName;
    private final Set<String> calls;
    private final Set<SocketFamily> families;

    SyscallGroup(String names, SocketFamily... families) {
        this.policyName = "@" + name().toLowerCase(Locale.ROOT);
        this.calls = Set.of(names.strip().split("\\s+"));
        this.families = Set.of(families);
    }

    private static Map<String, Set<SyscallGroup>> byName() {
        Map<String, Set<SyscallGroup>> named = new HashMap<>();
        named.put(DEFAULT_NAME, DEFAULT);
        for (SyscallGroup group : values()) {
            named.put(group.policyName, Set.of(group));
        }
        return named;
    }

    /** As policies write it: {@code "@files"}. */
    public String policyName() {
        return policyName;
    }

    /** By name, as in their man pages. */
    public Set<String> calls() {
        return calls;
    }

    /** The families that it opens {@code socket} for; where it has any, for no other. */
    public Set<SocketFamily> families() {
        return families;
    }

    /**
     * The groups that a name stands for: one, or those of the default; empty for a name that is no
     * group.
     */
    public static Optional<Set<SyscallGroup>> named(String policyName) {
        return Optional.ofNullable(NAMED.get(policyName));
    }

    /** All that a policy may write for a group. */
    static List<String> names() {
        return Stream.concat(
                        Stream.of(DEFAULT_NAME),
                        Arrays.stream(values()).map(SyscallGroup::policyName))
                .toList();
    }
}
