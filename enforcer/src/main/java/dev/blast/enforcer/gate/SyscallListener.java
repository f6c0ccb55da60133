package dev.blast.enforcer.gate;

import dev.blast.enforcer.kernel.Kernel;
import dev.blast.enforcer.kernel.NativeMemory;
import dev.blast.enforcer.kernel.Syscall;
import java.util.Optional;

/**
 * The listener of a filter, see seccomp_unotify(2): calls that wait for an answer, and answers.
 * {@link #receive} is for one thread; the others are safe on any.
 */
final class SyscallListener implements AutoCloseable {
    private static final long RECEIVE = 0xc0502100L; // SECCOMP_IOCTL_NOTIF_RECV
    private static final long SEND = 0xc0182101L; // …_SEND
    private static final long ID_VALID = 0x40082102L; // …_ID_VALID
    private static final long ADD_DESCRIPTOR = 0x40182103L; // …_ADDFD
    private static final int NOTIFICATION_BYTES = 80; // struct seccomp_notif
    private static final int THREAD_AT = 8;
    private static final int NUMBER_AT = 16;
    private static final int ARGUMENTS_AT = 32;
    private static final long FLAG_CONTINUE = 1; // SECCOMP_USER_NOTIF_FLAG_CONTINUE
    private static final long ADDFD_FLAG_SETFD = 1;
    private static final int WORDS_BYTES = 64;

    private final Kernel kernel;
    private final long descriptor;
    private final NativeMemory memory = new NativeMemory();
    private final long notification = memory.allocate(NOTIFICATION_BYTES);
    private final byte[] nothing = new byte[NOTIFICATION_BYTES];

    SyscallListener(Kernel kernel, long descriptor) {
        this.kernel = kernel;
        this.descriptor = descriptor;
    }

    /**
     * A call that waits.
     *
     * @param thread as this process sees it
     * @param first its first three arguments, from here on
     */
    record Call(long id, int thread, int number, long first, long second, long third) {}

    long descriptor() {
        return descriptor;
    }

    /** The next one; empty where its thread was interrupted or killed before it was taken. */
    Optional<Call> receive() {
        memory.put(notification, nothing); // the kernel takes no other
        if (kernel.call(Syscall.ioctl, descriptor, RECEIVE, notification) < 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Call(
                        memory.getLong(notification),
                        memory.getInt(notification + THREAD_AT),
                        memory.getInt(notification + NUMBER_AT),
                        memory.getLong(notification + ARGUMENTS_AT),
                        memory.getLong(notification + ARGUMENTS_AT + 8),
                        memory.getLong(notification + ARGUMENTS_AT + 16)));
    }

    /**
     * Whether the thread still waits for this answer: then its number, its memory and its
     * descriptors, looked at before, were its own.
     */
    boolean waits(Call call) {
        try (NativeMemory own = new NativeMemory(WORDS_BYTES)) {
            return kernel.call(Syscall.ioctl, descriptor, ID_VALID, own.longs(call.id())) == 0;
        }
    }

    /**
     * Answers with a result, or with an errno negated.
     *
     * @return false where nobody waits any more
     */
    boolean answer(Call call, long result) {
        try (NativeMemory own = new NativeMemory(WORDS_BYTES)) {
            // struct seccomp_notif_resp: id, value, error and flags
            long response =
                    result < 0
                            ? own.longs(call.id(), 0, result & 0xffffffffL)
                            : own.longs(call.id(), result, 0);
            return kernel.call(Syscall.ioctl, descriptor, SEND, response) == 0;
        }
    }

    /**
     * Lets the kernel carry it out as the program made it, be it changed meanwhile: for calls that
     * nobody judges.
     */
    void goOn(Call call) {
        try (NativeMemory own = new NativeMemory(WORDS_BYTES)) {
            long response = own.longs(call.id(), 0, FLAG_CONTINUE << 32);
            kernel.call(Syscall.ioctl, descriptor, SEND, response);
        }
    }

    /**
     * Puts a descriptor of this process in the place of one of the caller's.
     *
     * @param flags O_CLOEXEC or 0
     * @return whether it is there
     */
    boolean replace(Call call, int theirs, long ours, long flags) {
        try (NativeMemory own = new NativeMemory(WORDS_BYTES)) {
            // struct seccomp_notif_addfd: id, flags and srcfd, newfd and newfd_flags
            long request =
                    own.longs(
                            call.id(),
                            ADDFD_FLAG_SETFD | (ours << 32),
                            (theirs & 0xffffffffL) | (flags << 32));
            return kernel.call(Syscall.ioctl, descriptor, ADD_DESCRIPTOR, request) >= 0;
        }
    }

    @Override
    public void close() {
        kernel.call(Syscall.close, descriptor);
        memory.close();
    }
}
