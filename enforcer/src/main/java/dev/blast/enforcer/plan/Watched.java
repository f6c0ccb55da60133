package dev.blast.enforcer.plan;

import dev.blast.rules.verdict.Limit;
import java.util.Optional;

/**
 * Limits that nothing in the kernel keeps: a thread outside looks, and ends the program.
 *
 * @param timeSeconds how long the program may run
 * @param disk what it may put on the disk
 */
public record Watched(Optional<Limit> timeSeconds, Optional<DiskBudget> disk) {
    public static final Watched NOTHING = new Watched(Optional.empty(), Optional.empty());
}
