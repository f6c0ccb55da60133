package dev.blast.enforcer.spawn;

import dev.blast.rules.verdict.Limit;

/**
 * A limit that a program ran into.
 *
 * @param what which one: {@code "memory"}, {@code "processes"}, {@code "time"}
 * @param times how often the kernel refused, or killed, because of it
 * @param peak the highest use seen, in the unit of the limit; the limit itself where the kernel
 *     does not say
 */
public record LimitHit(String what, Limit limit, long times, long peak) {}
