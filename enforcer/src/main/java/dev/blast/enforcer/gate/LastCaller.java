package dev.blast.enforcer.gate;

import dev.blast.enforcer.kernel.Errno;
import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.Syscall;

/**
 * The process that was taken from last, by a descriptor of it: who connects once does so again. Its
 * number is nobody else's as long as something can be taken through the descriptor. For one thread.
 */
final class LastCaller implements AutoCloseable {
    private static final long NONE = -1;

    private final Kernel kernel;
    private int process;
    private long pidfd = NONE;

    LastCaller(Kernel kernel) {
        this.kernel = kernel;
    }

    /** As pidfd_getfd(2); ESRCH, negated, where it is another process or has ended. */
    long take(int thread, int descriptor) {
        return pidfd != NONE && thread == process
                ? kernel.call(Syscall.pidfd_getfd, pidfd, descriptor, 0)
                : -Errno.ESRCH.number();
    }

    /** Keeps the descriptor, and closes it in the end. */
    void is(int newProcess, long newPidfd) {
        close();
        process = newProcess;
        pidfd = newPidfd;
    }

    @Override
    public void close() {
        if (pidfd != NONE) {
            kernel.call(Syscall.close, pidfd);
            pidfd = NONE;
        }
    }
}
