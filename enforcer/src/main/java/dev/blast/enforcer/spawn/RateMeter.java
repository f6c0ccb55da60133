package dev.blast.enforcer.spawn;

import dev.blast.enforcer.kernel.Lines;
import dev.blast.enforcer.plan.CgroupLimit;
import dev.blast.rules.verdict.Limit;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whether a rate of input and output is used up: the kernel does not count how often it lets
 * somebody wait, but what goes through. For one thread at a time.
 */
final class RateMeter {
    private static final long LOOK_NANOS = 1_000_000_000L;
    private static final int PERCENT = 90;

    /** So many looks: a program that was held back for an instant does not feel it. */
    private static final int FELT = 2;

    private final Path file;
    private final Limit limit;
    private final LongSupplier clock;
    private Map<String, Long> before;
    private long at;
    private long times;

    /**
     * Begins to look.
     *
     * @param clock in nanoseconds
     */
    RateMeter(Path folder, boolean unified, CgroupLimit limit, LongSupplier clock) {
        this.file = folder.resolve(unified ? "io.stat" : "blkio.throttle.io_service_bytes");
        this.limit = limit.limit();
        this.clock = clock;
        this.before = bytes(Lines.of(file));
        this.at = clock.getAsLong();
    }

    /** How often it was at its limit, as often as it was looked at: once a second at most. */
    Optional<LimitHit> hit() {
        long now = clock.getAsLong();
        if (now - at >= LOOK_NANOS) {
            Map<String, Long> all = bytes(Lines.of(file));
            double seconds = (now - at) / 1e9;
            double full = limit.amount() * seconds / 100 * PERCENT;
            Map<String, Long> earlier = before;
            boolean held =
                    all.entrySet().stream()
                            .anyMatch(it ->
                                    it.getValue() - earlier.getOrDefault(it.getKey(), 0L) >= full);
            times += held ? 1 : 0;
            before = all;
            at = now;
        }
        return times >= FELT
                ? Optional.of(new LimitHit(LimitHit.INPUT_AND_OUTPUT, limit, times, limit.amount()))
                : Optional.empty();
    }

    /**
     * By disk and direction.
     *
     * @param lines {@code 8:0 Read 4096} of version 1, {@code 8:0 rbytes=4096 wbytes=0 …} of 2
     */
    static Map<String, Long> bytes(List<String> lines) {
        Map<String, Long> bytes = new HashMap<>();
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            if (words.length == 3 && (words[1].equals("Read") || words[1].equals("Write"))) {
                bytes.put(words[0] + words[1], Long.valueOf(words[2]));
            }
            for (String word : words) {
                int equals = word.indexOf('=');
                if (word.startsWith("rbytes=") || word.startsWith("wbytes=")) {
                    bytes.put(
                            words[0] + word.substring(0, equals),
                            Long.valueOf(word.substring(equals + 1)));
                }
            }
        }
        return bytes;
    }
}
