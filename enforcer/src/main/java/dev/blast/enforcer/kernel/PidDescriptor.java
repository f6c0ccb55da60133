package dev.blast.enforcer.kernel;

import java.util.Optional;

/**
 * A process by a descriptor of its own, see pidfd_open(2): a signal through it reaches that process
 * or none, also when its number has been given to another. For one thread at a time.
 */
public final class PidDescriptor implements AutoCloseable {
    private static final long POLLIN = 1;

    private final Kernel kernel;
    private final NativeMemory memory = new NativeMemory();
    private final long descriptor;
    private boolean closed;

    private PidDescriptor(Kernel kernel, long descriptor) {
        this.kernel = kernel;
        this.descriptor = descriptor;
    }

    /**
     * The process that has this number now; empty where none has, or where this kernel, or a filter
     * around this process, hands out no descriptors of processes.
     */
    public static Optional<PidDescriptor> of(long pid) {
        return of(pid, Kernel.linux());
    }

    static Optional<PidDescriptor> of(long pid, Kernel kernel) {
        long descriptor = kernel.call(Syscall.pidfd_open, pid, 0);
        return descriptor < 0
                ? Optional.empty()
                : Optional.of(new PidDescriptor(kernel, descriptor));
    }

    /** Whether all of its threads have ended; its parent need not know yet. */
    public boolean hasEnded() {
        // struct pollfd: int fd, short events, short revents
        long poll = memory.longs(descriptor | POLLIN << 32);
        boolean ended = kernel.call(Syscall.poll, poll, 1, 0) > 0;
        memory.close();
        return ended;
    }

    /** Sends a signal, by its Linux number; 0, or the errno. */
    public int signal(int number) {
        return (int) -kernel.call(Syscall.pidfd_send_signal, descriptor, number, 0, 0);
    }

    /** Once: the number may have been given to another descriptor since. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            kernel.call(Syscall.close, descriptor);
            memory.close();
        }
    }
}
