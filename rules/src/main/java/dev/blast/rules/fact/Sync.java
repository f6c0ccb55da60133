package dev.blast.rules.fact;

import org.jspecify.annotations.Nullable;

/**
 * One synchronisation of an environment.
 *
 * @param firstTime nothing was ever installed here
 * @param conflicts how many disagreements there are between the environment and its packages
 * @param daysSinceLastSync null where there was none
 * @param lastOutcome null where there was none
 * @param attempt 1 for the first try
 */
public record Sync(
        Cause cause,
        boolean firstTime,
        int conflicts,
        boolean lockPresent,
        @Nullable Long daysSinceLastSync,
        @Nullable SyncOutcome lastOutcome,
        int attempt) {}
