package dev.blast.rules.vocabulary;

/** What an answer does to what is possible, which decides from which layers it counts. */
public enum Effect {
    /** Counts from every layer. */
    NARROWS,
    /** Counts from a project only where it is trusted. */
    OPENS,
    /** Neither: it chooses among what is allowed. */
    STEERS
}
