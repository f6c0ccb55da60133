package dev.blast.enforcer.spawn;

import static dev.blast.enforcer.kernel.Fcntl.AT_FDCWD;
import static dev.blast.enforcer.kernel.Fcntl.O_CLOEXEC;
import static dev.blast.enforcer.kernel.Fcntl.O_RDWR;

import dev.blast.enforcer.kernel.CodePage;
import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Processor;
import dev.blast.enforcer.kernel.Syscall;
import java.util.ArrayList;
import java.util.List;

/**
 * While open, the signals of this process are the sandboxed program's. Ctrl-C and Ctrl-\ reach the
 * program from the terminal itself, since it is in the terminal's foreground as this process is:
 * here they do nothing. What another process sends to this one is passed on. Afterwards signals are
 * the JVM's again, and where the program leaves the terminal to nobody, as an interactive shell
 * does that had taken it for itself, the foreground is the caller's.
 *
 * <p>The handler is a few instructions of machine code, because the JVM neither gives SIGQUIT away
 * nor says who sent a signal. It makes one system call and may interrupt any thread anywhere. One
 * at a time.
 */
public final class TerminalSignals implements AutoCloseable {
    public static final String X86_64 =
            """
            ; handler: rdi the signal, rsi its siginfo
            83 7e 08 00             ; cmp dword [rsi+0x8], 0   si_code: positive from the kernel itself
            7f 13                   ; jg done
            89 fe                   ; mov esi, edi
            bf 00 00 00 00          ; mov edi, pidfd           written into the last four bytes
            31 d2                   ; xor edx, edx
            45 31 d2                ; xor r10d, r10d
            b8 a8 01 00 00          ; mov eax, 424             pidfd_send_signal
            0f 05                   ; syscall
            c3                      ; done: ret
            b8 0f 00 00 00          ; restorer: mov eax, 15    rt_sigreturn
            0f 05                   ; syscall
            """;

    public static final String AARCH64 =
            """
            ; handler: x0 the signal, x1 its siginfo
            29 08 40 b9             ; ldr w9, [x1, #8]
            3f 01 00 71             ; cmp w9, #0x0
            ec 00 00 54             ; b.gt done
            e1 03 00 2a             ; mov w1, w0
            c0 00 00 18             ; ldr w0, pidfd
            02 00 80 d2             ; mov x2, #0x0
            03 00 80 d2             ; mov x3, #0x0
            08 35 80 d2             ; mov x8, #0x1a8
            01 00 00 d4             ; svc #0x0
            ; done:
            c0 03 5f d6             ; ret
            ; pidfd:
            00 00 00 00             ; .word 0x00000000
            """;

    /**
     * The handler of one processor.
     *
     * @param pidfdAt where that is written
     * @param restorerAt where the restorer begins; negative where the kernel brings its own
     */
    private record Handler(String listing, int pidfdAt, int restorerAt) {
        static Handler of(Processor processor) {
            return switch (processor) {
                case X86_64 -> new Handler(X86_64, 9, 26);
                case AARCH64 -> new Handler(AARCH64, 40, -1);
            };
        }
    }

    private static final int SIGHUP = 1;
    private static final int SIGINT = 2;
    private static final int SIGQUIT = 3;
    private static final int SIGUSR1 = 10;
    private static final int SIGTERM = 15;
    private static final List<Integer> PASSED = List.of(SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGTERM);
    private static final int SIGTTOU = 22;
    private static final long SIG_IGN = 1;
    private static final long SA_SIGINFO = 4;
    private static final long SA_RESTORER = 0x04000000;
    private static final long SA_ONSTACK = 0x08000000;
    private static final long SA_RESTART = 0x10000000;
    private static final int SIGACTION_BYTES = 32;
    private static final long SIGNAL_SET_BYTES = 8;
    private static final long SIG_BLOCK = 0;
    private static final long SIG_SETMASK = 2;
    private static final long TIOCGPGRP = 0x540F;
    private static final long TIOCSPGRP = 0x5410;

    private final Kernel kernel = Kernel.linux();
    private final NativeMemory memory = new NativeMemory();
    private final List<Before> before = new ArrayList<>();
    private final long terminal;
    private final boolean foreground;

    /** A signal, and where its former disposition is kept. */
    private record Before(int signal, long action) {}

    private TerminalSignals() {
        this.terminal =
                kernel.call(
                        Syscall.openat, AT_FDCWD, memory.text("/dev/tty"), O_RDWR | O_CLOEXEC, 0);
        this.foreground = terminal >= 0 && foregroundGroup() == kernel.call(Syscall.getpgid, 0);
    }

    /** To the process of a pidfd, which holds back what comes before its program runs. */
    public static TerminalSignals passedTo(int pidfd) {
        TerminalSignals signals = new TerminalSignals();
        signals.pass(pidfd);
        return signals;
    }

    /**
     * Signals that arrived while the handler was in place and that nobody has handled yet are the
     * program's as well: a key that ends the program must not, a moment later, end the caller. So
     * they are taken off before the former dispositions return.
     */
    @Override
    public void close() {
        long passed = memory.longs(PASSED.stream().mapToLong(TerminalSignals::bit).sum());
        long maskBefore = memory.allocate(SIGNAL_SET_BYTES);
        kernel.call(Syscall.rt_sigprocmask, SIG_BLOCK, passed, maskBefore, SIGNAL_SET_BYTES);
        long atOnce = memory.longs(0, 0);
        while (kernel.call(Syscall.rt_sigtimedwait, passed, 0, atOnce, SIGNAL_SET_BYTES) > 0) {
            // the program has ended, and with it the addressee
        }
        for (Before former : before) {
            kernel.call(
                    Syscall.rt_sigaction, former.signal(), former.action(), 0, SIGNAL_SET_BYTES);
        }
        kernel.call(Syscall.rt_sigprocmask, SIG_SETMASK, maskBefore, 0, SIGNAL_SET_BYTES);
        if (foreground) {
            takeTerminalBack();
        }
        if (terminal >= 0) {
            kernel.call(Syscall.close, terminal);
        }
        memory.close();
    }

    private static long bit(int signal) {
        return 1L << (signal - 1);
    }

    /** The page stays mapped: a handler may just be running on some thread. */
    private void pass(int pidfd) {
        Handler handler = Handler.of(Processor.here().orElseThrow());
        byte[] code = CodePage.bytes(handler.listing());
        for (int i = 0; i < 4; i++) {
            code[handler.pidfdAt() + i] = (byte) (pidfd >> (8 * i));
        }
        long page = CodePage.map(kernel, code);
        if (page < 0) {
            throw new IllegalStateException(
                    "no page of machine code: " + Errno.sentence((int) -page));
        }
        boolean restores = handler.restorerAt() >= 0;
        long flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART | (restores ? SA_RESTORER : 0);
        long passing = memory.longs(page, flags, restores ? page + handler.restorerAt() : 0, 0);
        for (int signal : PASSED) {
            long former = memory.allocate(SIGACTION_BYTES);
            kernel.call(Syscall.rt_sigaction, signal, 0, former, SIGNAL_SET_BYTES);
            if (memory.getLong(former)
                    != SIG_IGN) { // ignored by whoever started us, as nohup does: so is it inside
                kernel.call(Syscall.rt_sigaction, signal, passing, 0, SIGNAL_SET_BYTES);
                before.add(new Before(signal, former));
            }
        }
    }

    /**
     * From a group of the program's that is no more. One that lives is another's: while the program
     * was suspended, the shell that started us has taken the terminal for itself, and would find it
     * closed.
     *
     * <p>Whoever takes a terminal from the background is stopped by SIGTTOU, unless this thread
     * blocks it.
     */
    private void takeTerminalBack() {
        long ours = kernel.call(Syscall.getpgid, 0);
        long theirs = foregroundGroup();
        boolean isLeft = kernel.call(Syscall.kill, -theirs, 0) == -Errno.ESRCH.number();
        if (theirs == ours || !isLeft) {
            return;
        }
        long mask = memory.longs(bit(SIGTTOU));
        long maskBefore = memory.allocate(SIGNAL_SET_BYTES);
        kernel.call(Syscall.rt_sigprocmask, SIG_BLOCK, mask, maskBefore, SIGNAL_SET_BYTES);
        kernel.call(Syscall.ioctl, terminal, TIOCSPGRP, memory.longs(ours));
        kernel.call(Syscall.rt_sigprocmask, SIG_SETMASK, maskBefore, 0, SIGNAL_SET_BYTES);
    }

    private long foregroundGroup() {
        long group = memory.allocate(8);
        return kernel.call(Syscall.ioctl, terminal, TIOCGPGRP, group) < 0
                ? -1
                : memory.getInt(group);
    }
}
