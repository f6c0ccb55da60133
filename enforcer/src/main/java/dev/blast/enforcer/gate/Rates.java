package dev.blast.enforcer.gate;

import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Limit;
import dev.blast.rules.verdict.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How fast the connections of one sandbox may be: a bucket for each direction is shared by all that
 * the same rule limits. Safe on any thread.
 */
final class Rates {
    private final Optional<Limit> ofAll;

    /** By who limits it. */
    private final Map<Reason, Pair> buckets = new ConcurrentHashMap<>();

    private record Pair(TokenBucket out, TokenBucket in) {}

    /**
     * @param least the smallest rate in bytes per second
     */
    record Buckets(List<TokenBucket> out, List<TokenBucket> in, long least) {}

    /**
     * @param ofAll of all connections together, in bytes per second
     */
    Rates(Optional<Limit> ofAll) {
        this.ofAll = ofAll;
    }

    /** Those that hold for a connection; none where nothing limits it. */
    List<Limit> limits(Judgement judgement) {
        List<Limit> limits = new ArrayList<>();
        Limit own = judgement.bandwidth();
        if (own != null) {
            limits.add(own);
        }
        ofAll.ifPresent(limits::add);
        return limits;
    }

    Buckets buckets(List<Limit> limits) {
        List<TokenBucket> out = new ArrayList<>();
        List<TokenBucket> in = new ArrayList<>();
        long least = Long.MAX_VALUE;
        for (Limit limit : limits) {
            Pair pair = buckets.computeIfAbsent(limit.reason(), _ -> pair(limit.amount()));
            out.add(pair.out());
            in.add(pair.in());
            least = Math.min(least, limit.amount());
        }
        return new Buckets(out, in, least);
    }

    private static Pair pair(long rate) {
        long now = System.nanoTime();
        return new Pair(new TokenBucket(rate, now), new TokenBucket(rate, now));
    }
}
