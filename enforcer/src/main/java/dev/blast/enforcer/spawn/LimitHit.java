package dev.blast.enforcer.spawn;

import dev.blast.rules.verdict.Limit;

/**
 * A limit that a program ran into.
 *
 * @param what which one: {@code "memory"}, {@code "processes"}, {@code "time"}, {@code "disk"},
 *     {@code "files"}, {@code "cpu"}, {@code "io"}
 * @param times how often the kernel refused, made it wait, or something was killed, because of it,
 *     for {@code "io"} in how many seconds; 0 where it was found only when the program had ended by
 *     itself
 * @param peak the highest use seen, in the unit of the limit; the limit itself where the kernel
 *     does not say
 */
public record LimitHit(String what, Limit limit, long times, long peak) {
    static final String PROCESSORS = "cpu";
    static final String INPUT_AND_OUTPUT = "io";

    /** Whether it only took longer. */
    public boolean slows() {
        return what.equals(PROCESSORS) || what.equals(INPUT_AND_OUTPUT);
    }
}
