package dev.blast.enforcer.gate;

import dev.blast.rules.fact.Connection;
import dev.blast.rules.verdict.Judgement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a program tried to reach, and what became of it.
 *
 * @param number counts the attempts of one sandbox from 1
 * @param pid of the process outside, as the machine numbers it; 0 where it is not known, as with
 *     names and datagrams, which any process of the sandbox may have sent
 * @param asked port 0 where only a name was looked up
 * @param judgement why
 * @param proxy null where none was asked to dial
 */
public record ConnectionAttempt(
        long number,
        Instant at,
        long pid,
        Connection asked,
        Judgement judgement,
        Result result,
        int errno,
        @Nullable ThroughProxy proxy) {

    /** The same, of which more is known. */
    public ConnectionAttempt about(Connection known) {
        return new ConnectionAttempt(number, at, pid, known, judgement, result, errno, proxy);
    }

    /** What became of it. */
    public enum Result {
        /** Rules let it be, and the other side answered, or need not. */
        REACHED,
        /** Rules let it be, and it failed: {@code errno} says how. */
        FAILED,
        /** Rules do not let it be. */
        REFUSED
    }

    /**
     * What went through one that was reached, so far.
     *
     * @param number of the attempt
     * @param sent by the program, in bytes
     */
    public record Traffic(long number, long sent, long received) {}
}
