package dev.blast.environment.ending;

import dev.blast.environment.ProcessMark;
import java.time.Instant;

/**
 * One process that was to end.
 *
 * @param since when it was started, as the kernel's clock says
 * @param command its command line as it showed it, all visible
 * @param suspended whether it was stopped when it was found
 */
public record EndedProcess(
        ProcessMark process, Instant since, String command, boolean suspended, End end) {

    /** How it ended. */
    public sealed interface End {
        /** By itself, when it was asked to or when what it belonged to ended. */
        record Terminated() implements End {}

        /** It did not go in time, or was given none. */
        record Killed(int afterSeconds) implements End {}

        /**
         * It has not ended.
         *
         * @param errno of the signal that could not be sent; 0 where the kernel keeps it in spite
         *     of SIGKILL
         */
        record Left(int errno) implements End {}
    }

    public boolean isLeft() {
        return end instanceof End.Left;
    }
}
