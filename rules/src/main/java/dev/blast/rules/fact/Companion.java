package dev.blast.rules.fact;

/**
 * Another candidate that would be chosen beside a {@link Candidate}: rules see the same fields,
 * under this name.
 *
 * @param candidate the other one
 */
public record Companion(Candidate candidate) {}
