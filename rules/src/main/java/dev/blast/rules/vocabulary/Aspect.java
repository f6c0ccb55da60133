package dev.blast.rules.vocabulary;

/** The part of a question that a verb answers; a final rule closes one aspect of its question. */
public enum Aspect {
    VERDICT,
    BANDWIDTH,
    POINTS,
    PATHS,
    LIMITS,
    SYSCALLS,
    VARIABLES,
    STRATEGY,
    PRICE
}
