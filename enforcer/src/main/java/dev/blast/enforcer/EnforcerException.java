package dev.blast.enforcer;

/** The kernel refused a step of confinement. Nothing was run. */
public final class EnforcerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String step;
    private final String syscall;
    private final int errno;

    EnforcerException(String step, String syscall, int errno, String message) {
        super(message);
        this.step = step;
        this.syscall = syscall;
        this.errno = errno;
    }

    /** What was being done, as it stands in the plan: {@code "bind /usr read-only"}. */
    public String step() {
        return step;
    }

    /** The system call that failed: {@code "mount_setattr"}. */
    public String syscall() {
        return syscall;
    }

    /** The kernel's number for the reason, positive, as in errno(3). */
    public int errno() {
        return errno;
    }
}
