package dev.blast.enforcer.plan;

import dev.blast.enforcer.kernel.Syscall;
import java.io.IOException;
import java.util.List;

/** Why nothing was run. */
public sealed interface StartFailure {

    /**
     * The kernel refused a step.
     *
     * @param errno the kernel's number for the reason, positive, as in errno(3)
     */
    record Refused(Step step, Syscall syscall, int errno) implements StartFailure {}

    /** What a step does with files on this side failed. */
    record Failed(Step step, IOException cause) implements StartFailure {}

    /**
     * A standard stream is an open folder of the machine's.
     *
     * @param stream 0, 1 or 2
     */
    record FolderAsStream(int stream) implements StartFailure {}

    /**
     * The kernel accepted every step, and what it says afterwards is not what was planned.
     *
     * @param unmet in the order of the plan, at least one
     */
    record NotInForce(List<Unmet> unmet) implements StartFailure {
        public NotInForce {
            if (unmet.isEmpty()) {
                throw new IllegalArgumentException("all is in force");
            }
            unmet = List.copyOf(unmet);
        }
    }

    /** A step that is not in force. */
    record Unmet(Step step, Gap gap) {}
}
