package dev.blast.enforcer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ways out that sandboxes have had, tried inside: each must fail, and with the errno of what stops
 * it. Raw system calls by their number on x86-64, so that no library stands between.
 */
@Timeout(60)
class EscapeTest {
    @TempDir Path folder;

    private static final String CALL =
            """
            import ctypes, errno, os, sys
            libc = ctypes.CDLL(None, use_errno=True)
            def call(*arguments):
                result = libc.syscall(*[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments])
                return errno.errorcode[ctypes.get_errno()] if result == -1 else result
            buffer = ctypes.create_string_buffer(4096)
            address = ctypes.addressof(buffer)
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a nested user namespace       | call(272, 0x10000000)                          | EPERM
                    a namespace by clone          | call(56, 0x10000011, 0, 0, 0, 0)               | EPERM
                    a namespace by clone3         | call(435, address, 88)                         | ENOSYS
                    another's namespace           | call(308, 0, 0)                                | EPERM
                    io_uring                      | call(425, 8, address)                          | ENOSYS
                    an AF_ALG socket              | call(41, 38, 5, 0)                             | EAFNOSUPPORT
                    a VSOCK socket                | call(41, 40, 1, 0)                             | EAFNOSUPPORT
                    a netlink socket for audit    | call(41, 16, 3, 9)                             | EPROTONOSUPPORT
                    a netlink socket for filters  | call(41, 16, 3, 12)                            | EPROTONOSUPPORT
                    a packet socket               | call(41, 17, 3, 0)                             | EAFNOSUPPORT
                    a raw socket                  | call(41, 2, 3, 1)                              | EPERM
                    multipath TCP                 | call(41, 2, 1, 262)                            | EPROTONOSUPPORT
                    the session keyring           | call(250, 0, -3, 0)                            | EPERM
                    a new key                     | call(248, b'user', b'x', b'x', 1, -2)          | EPERM
                    tracing the first process     | call(101, 16, 1, 0, 0)                         | EPERM
                    reading its memory            | call(310, 1, address, 1, address, 1, 0)        | EPERM
                    its descriptors               | call(438, 3, 0, 0)                             | EPERM
                    a mount                       | call(165, b'x', b'/tmp', b'tmpfs', 0, 0)       | EPERM
                    a mount by the new calls      | call(430, b'tmpfs', 0)                         | EPERM
                    another root                  | call(155, b'/tmp', b'/tmp')                    | EPERM
                    chroot                        | call(161, b'/tmp')                             | EPERM
                    bpf                           | call(321, 0, address, 64)                      | EPERM
                    userfaultfd                   | call(323, 0)                                   | EPERM
                    perf events                   | call(298, address, 0, -1, -1, 0)               | EPERM
                    a file by its handle          | call(304, -100, address, 0)                    | EPERM
                    the kernel log                | call(103, 3, address, 100)                     | EPERM
                    a kernel module               | call(175, address, 0, b'')                     | EPERM
                    a kexec                       | call(246, 0, 0, 0, 0)                          | EPERM
                    the clock                     | call(227, 0, address)                          | EPERM
                    the host name                 | call(170, b'x', 1)                             | EPERM
                    a notifying filter            | call(317, 1, 8, address)                       | EPERM
                    fewer random addresses        | call(135, 0x0040000)                           | EPERM
                    typing into the terminal      | call(16, 0, 0x5412, address)                   | EPERM
                    locking the terminal          | call(16, 0, 0x540C, 0)                         | EPERM
                    a console's keyboard          | call(16, 0, 0x4B47, address)                   | EPERM
                    priority of outsiders         | call(141, 1, 0, 19)                            | EPERM
                    priority of the user's        | call(141, 2, 0, 19)                            | EPERM
                    io priority of outsiders      | call(251, 2, 0, 3 << 13)                       | EPERM
                    a set-user-id bit             | call(90, b'.', 0o4755)                         | EPERM
                    the same with a new file      | call(2, b'suid', 0o101, 0o4755)                | EPERM
                    the same where nothing looks  | call(437, -100, b'x', address, 24)             | ENOSYS
                    UDP-Lite                      | call(41, 2, 2, 136)                            | EPROTONOSUPPORT
                    limits of the first process   | call(302, 1, 7, address, 0)                    | EPERM
                    the kernel's keys             | os.access('/proc/keys', os.R_OK)               | False
                    users of the kernel's keys    | os.access('/proc/key-users', os.R_OK)          | False
                    the kernel's allocations      | os.access('/proc/slabinfo', os.R_OK)           | False
                    the kernel's pages            | os.access('/proc/kpageflags', os.R_OK)         | False
                    all of the user's inotify     | sum(isinstance(call(294, 0), int) for _ in range(100)) | 64
                    the kernel's timers           | os.access('/proc/timer_list', os.R_OK)         | False
                    the kernel's symbols          | os.access('/proc/kallsyms', os.R_OK)           | False
                    the same with a high bit      | call(16, 0, 0x100005412, address)              | EPERM
                    pasting into a console        | call(16, 0, 0x541C, address)                   | EPERM
                    a higher limit                | call(160, 4, ctypes.create_string_buffer(b'\\xff' * 16)) | EPERM
                    a device node                 | call(133, b'node', 0o020666, 0x103)            | EPERM
                    a file of another user        | call(92, b'.', 1, 1)                           | EINVAL
                    """)
    void isClosed(String way, String attempt, String stopped) throws Exception {
        assertThat(inside("print(" + attempt + ")")).as(way).isEqualTo(stopped);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    memory of the first process   | open('/proc/1/mem', 'rb+')
                    its environment               | open('/proc/1/environ').read()
                    its root                      | os.listdir('/proc/1/root/')
                    its descriptors               | [os.open('/proc/1/fd/' + n, 0) for n in os.listdir('/proc/1/fd')]
                    its program                   | open('/proc/1/exe', 'wb')
                    own program                   | open('/proc/self/exe', 'r+b')
                    core pattern                  | open('/proc/sys/kernel/core_pattern', 'w')
                    modprobe path                 | open('/proc/sys/kernel/modprobe', 'w')
                    sysrq                         | open('/proc/sysrq-trigger', 'w')
                    user map                      | open('/proc/self/uid_map', 'w')
                    oom score                     | open('/proc/self/oom_score_adj', 'w')
                    kernel memory                 | open('/proc/kcore', 'rb').read(1)
                    the disk                      | open('/dev/vda', 'rb')
                    memory device                 | open('/dev/mem', 'rb')
                    the machine's shared memory   | open('/dev/shm/../../sys/kernel/uevent_helper', 'w')
                    the old root                  | os.listdir('/..') == os.listdir('/')
                    cgroups                       | os.mkdir('/sys/fs/cgroup/x')
                    """)
    void isNotThere(String way, String attempt) throws Exception {
        String answer =
                inside(
                        """
                        try:
                            answer = %s
                            print('open' if answer is not True else 'PermissionError')
                        except OSError as e:
                            print(type(e).__name__)\
                        """
                                .formatted(attempt));
        assertThat(answer).as(way).isIn("PermissionError", "FileNotFoundError", "OSError");
    }

    /** The entry for 32-bit programs ends the process, whatever the number. */
    @Test
    void the32BitEntryKills() throws Exception {
        int exit =
                run("""
                import mmap
                page = mmap.mmap(-1, 4096, prot=7)
                page.write(b'\\xb8\\x14\\0\\0\\0\\xcd\\x80\\xc3')  # mov eax, 20; int 0x80; ret
                ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
                print('alive')\
                """)
                        .exitCode();
        assertThat(exit).isEqualTo(128 + 31);
    }

    @Test
    void theX32EntryKills() throws Exception {
        assertThat(run("call(0x40000000 + 39); print('alive')").exitCode()).isEqualTo(128 + 31);
    }

    /** Both sides: what the probes rely on works, so a failure above is not a broken probe. */
    @Test
    void whatIsAllowedWorks() throws Exception {
        List<String> answers = new ArrayList<>();
        for (String attempt :
                List.of(
                        "call(39)",
                        "call(41, 1, 1, 0) > 2",
                        "call(41, 2, 1, 0) > 2",
                        "call(16, 1, 0x5401, address)",
                        "call(135, 0xffffffff)",
                        "call(133, b'fifo', 0o010666, 0)",
                        "len(open('/proc/self/status').read()) > 99")) {
            answers.add(inside("print(" + attempt + ")"));
        }
        assertThat(answers).containsExactly("2", "True", "True", "ENOTTY", "0", "0", "True");
    }

    private String inside(String program) throws Exception {
        return run(program).output().strip();
    }

    private Confined.Result run(String program) throws Exception {
        Confined sandbox =
                new Confined(
                        folder.toRealPath(), PolicyBuilder.system().temporary("/tmp", 1 << 20));
        return sandbox.run("python3", "-I", "-c", CALL + program);
    }
}
