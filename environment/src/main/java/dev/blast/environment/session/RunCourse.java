package dev.blast.environment.session;

import java.time.Instant;
import java.util.List;

/**
 * What was seen of a run from its beginning to its end.
 *
 * @param processes in the order in which they were seen
 * @param others processes that were too many to be kept one by one
 * @param samples in the order of time
 */
public record RunCourse(
        Instant began,
        Instant ended,
        List<ProcessSpan> processes,
        long others,
        List<UseSample> samples) {

    /**
     * A process, numbered as the machine does.
     *
     * @param program the name of its file, never an argument
     * @param seen the last time that it was there
     * @param gone the first time that it was not
     */
    public record ProcessSpan(
            long pid, long parent, String program, Instant started, Instant seen, Instant gone) {}

    public RunCourse {
        processes = List.copyOf(processes);
        samples = List.copyOf(samples);
    }
}
