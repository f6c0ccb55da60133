package dev.blast.environment.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run used at one moment; null is what could not be seen.
 *
 * @param cpuMicros processor time of all that ran until then
 * @param processes with their threads
 */
public record UseSample(
        Instant at,
        @Nullable Long memoryBytes,
        @Nullable Long cpuMicros,
        @Nullable Long processes) {

    /** No more than that many: neighbours become one, with the highest of what they had. */
    public static List<UseSample> thinned(List<UseSample> samples, int most) {
        int together = (samples.size() + most - 1) / most;
        if (together <= 1) {
            return samples;
        }
        List<UseSample> fewer = new ArrayList<>();
        for (int from = 0; from < samples.size(); from += together) {
            UseSample one = samples.get(from);
            for (int at = from + 1; at < Math.min(samples.size(), from + together); at++) {
                one = one.and(samples.get(at));
            }
            fewer.add(one);
        }
        return fewer;
    }

    private UseSample and(UseSample later) {
        return new UseSample(
                later.at,
                higher(memoryBytes, later.memoryBytes),
                higher(cpuMicros, later.cpuMicros),
                higher(processes, later.processes));
    }

    private static @Nullable Long higher(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.max(one, other);
    }
}
