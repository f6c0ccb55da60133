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

    Attempts(Gatekeeper keeper) {
        this(keeper, new AtomicLong(), null);
    }

    private Attempts(Gatekeeper keeper, AtomicLong count, @Nullable ThroughProxy proxy) {
        this.keeper = keeper;
        this.count = count;
        this.proxy = proxy;
    }

    /** The same for those that are asked of a proxy. */
    Attempts through(ThroughProxy asked) {
        return new Attempts(keeper, count, asked);
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
