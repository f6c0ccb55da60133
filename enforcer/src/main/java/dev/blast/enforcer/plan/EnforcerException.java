package dev.blast.enforcer.plan;

import dev.blast.enforcer.kernel.Syscall;

/**
 * The kernel refused a step of confinement. Nothing was run. The message is for whoever debugs; for
 * people the failure is put in words elsewhere.
 */
public final class EnforcerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient StartFailure failure;

    public EnforcerException(StartFailure failure) {
        super(message(failure));
        this.failure = failure;
    }

    /**
     * A system call of a step was refused.
     *
     * @param errno positive, as in errno(3)
     */
    public EnforcerException(Step step, Syscall syscall, int errno) {
        this(new StartFailure.Refused(step, syscall, errno));
    }

    public StartFailure failure() {
        return failure;
    }

    /** Kinds and numbers alone: what a step holds may be long, or be secret. */
    private static String message(StartFailure failure) {
        return switch (failure) {
            case StartFailure.Refused(Step step, Syscall syscall, int errno) ->
                    "%s: %s: errno %d".formatted(kind(step), syscall, errno);
            case StartFailure.Failed(Step step, var cause) ->
                    kind(step) + ": " + cause.getClass().getSimpleName();
            case StartFailure.FolderAsStream(int stream) ->
                    "standard stream %d: a folder".formatted(stream);
            case StartFailure.NotInForce(var unmet) ->
                    String.join(", ", unmet.stream().map(one -> kind(one.step())).toList())
                            + ": not in force";
        };
    }

    private static String kind(Step step) {
        return step.getClass().getSimpleName();
    }
}
