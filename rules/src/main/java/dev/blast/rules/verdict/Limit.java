package dev.blast.rules.verdict;

/**
 * An amount that must not be exceeded, and who says so. The unit is that of the component that
 * holds it.
 */
public record Limit(long amount, Reason reason) {}
