package dev.blast.solver;

/**
 * How good an answer can be.
 *
 * @param score the best of all answers where that is proved, else the best that was found
 * @param searches how often an answer was looked for
 * @param proved whether no answer is better
 */
public record Optimum(Score score, int searches, boolean proved) {}
