package dev.blast.enforcer.plan;

/** The kernel refused a step of confinement. Nothing was run. */
public final class EnforcerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String step;
    private final String syscall;
    private final int errno;
    private final String summary;
    private final String remedy;

    /**
     * @param summary what was tried, on what, and what came back, as a sentence without a stop
     * @param remedy what to do about it, empty where nobody knows
     */
    public EnforcerException(
            String step, String syscall, int errno, String summary, String remedy) {
        super(summary + "; nothing was run" + (remedy.isEmpty() ? "" : "\n  " + remedy));
        this.step = step;
        this.syscall = syscall;
        this.errno = errno;
        this.summary = summary;
        this.remedy = remedy;
    }

    /** What was being done, as it stands in the plan: {@code "bind /usr read-only"}. */
    public String step() {
        return step;
    }

    /** The system call that failed: {@code "mount_setattr"}. */
    public String syscall() {
        return syscall;
    }

    /**
     * The kernel's number for the reason, positive, as in errno(3); 0 where it was our own check
     * that failed.
     */
    public int errno() {
        return errno;
    }

    public String summary() {
        return summary;
    }

    /** What to do about it; empty where nobody knows. */
    public String remedy() {
        return remedy;
    }
}
