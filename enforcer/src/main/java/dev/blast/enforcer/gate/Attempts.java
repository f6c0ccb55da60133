package dev.blast.enforcer.gate;

import dev.blast.enforcer.gate.ConnectionAttempt.Result;
import dev.blast.rules.fact.Connection;
import dev.blast.rules.verdict.Judgement;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts what is attempted in one sandbox, and tells its keeper. Safe on any thread. */
final class Attempts {
    private final Gatekeeper keeper;
    private final AtomicLong count;
    private final @Nullable ThroughProxy proxy;
    private final TcpInfo before;

    Attempts(Gatekeeper keeper) {
        this(keeper, new AtomicLong(), null, TcpInfo.NOTHING);
    }

    private Attempts(
            Gatekeeper keeper, AtomicLong count, @Nullable ThroughProxy proxy, TcpInfo before) {
        this.keeper = keeper;
        this.count = count;
        this.proxy = proxy;
        this.before = before;
    }

    /**
     * The same for one that is asked of a proxy.
     *
     * @param said what went through its socket for that
     */
    Attempts through(ThroughProxy asked, TcpInfo said) {
        return new Attempts(keeper, count, asked, said);
    }

    /** What went through a socket before it was a program's. */
    TcpInfo before() {
        return before;
    }

    /** Its number. */
    long reached(long pid, Connection asked, Judgement judgement) {
        return tell(pid, asked, judgement, Result.REACHED, 0);
    }

    /** What went through one that was reached. */
    void carried(long number, long sent, long received) {
        keeper.carried(new ConnectionAttempt.Traffic(number, sent, received));
    }

    /** With the errno, 0 where the program alone was told. */
    void failed(long pid, Connection asked, Judgement judgement, int errno) {
        tell(pid, asked, judgement, Result.FAILED, errno);
    }

    void refused(long pid, Connection asked, Judgement judgement) {
        tell(pid, asked, judgement, Result.REFUSED, 0);
    }

    private long tell(long pid, Connection asked, Judgement judgement, Result result, int errno) {
        long number = count.incrementAndGet();
        keeper.attempted(
                new ConnectionAttempt(
                        number, Instant.now(), pid, asked, judgement, result, errno, proxy));
        return number;
    }
}
