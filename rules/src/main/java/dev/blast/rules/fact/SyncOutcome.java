package dev.blast.rules.fact;

/** How the synchronisation before this one ended. */
public enum SyncOutcome {
    DONE,
    NOTHING_TO_DO,
    UNSOLVABLE,
    FAILED,
    INTERRUPTED
}
