package dev.blast.environment.learn;

import dev.blast.environment.session.RunCourse;
import dev.blast.environment.session.UseSample;
import dev.blast.rules.vocabulary.Answer.Resource;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The most that was seen at one moment.
 *
 * @param memoryBytes 0 where it was not seen
 * @param processes with their threads; likewise
 */
public record SeenPeaks(Duration time, long memoryBytes, long processes) {
    private static final long MEMORY_STEP = 64L << 20;
    private static final long PROCESSES_STEP = 8;
    private static final long MINUTE = 60;

    /** What lives shorter than from one look to the next is not seen. */
    private static final long LEAST_MEMORY = 256L << 20;

    private static final long LEAST_PROCESSES = 32;

    /** Another day has more data and a slower network. */
    private static final long TIMES = 2;

    private static final long TIMES_TIME = 5;

    public static SeenPeaks of(RunCourse course) {
        long memory = 0;
        long processes = 0;
        for (UseSample sample : course.samples()) {
            memory = Math.max(memory, sample.memoryBytes() == null ? 0 : sample.memoryBytes());
            processes = Math.max(processes, sample.processes() == null ? 0 : sample.processes());
        }
        return new SeenPeaks(Duration.between(course.began(), course.ended()), memory, processes);
    }

    public SeenPeaks and(SeenPeaks other) {
        return new SeenPeaks(
                time.compareTo(other.time) > 0 ? time : other.time,
                Math.max(memoryBytes, other.memoryBytes),
                Math.max(processes, other.processes));
    }

    /** Limits with room above it, in the units of the rules. */
    SortedMap<Resource, Long> limits() {
        Map<Resource, Long> limits = new EnumMap<>(Resource.class);
        if (memoryBytes > 0) {
            limits.put(
                    Resource.MEMORY, Math.max(LEAST_MEMORY, up(memoryBytes * TIMES, MEMORY_STEP)));
        }
        if (processes > 0) {
            limits.put(
                    Resource.PROCESSES,
                    Math.max(LEAST_PROCESSES, up(processes * TIMES, PROCESSES_STEP)));
        }
        limits.put(Resource.TIME, up(Math.max(1, time.toSeconds()) * TIMES_TIME, MINUTE));
        return new TreeMap<>(limits);
    }

    private static long up(long amount, long step) {
        return (amount + step - 1) / step * step;
    }
}
