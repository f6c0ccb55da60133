package dev.blast.solver.repair;

import dev.blast.rules.verdict.Price;

/**
 * What a relaxation costs. Of several ways out the one with fewer points comes first.
 *
 * @param of what is let go
 * @param points with those for the versions on the way, where a requirement is widened
 * @param said what the rules say
 */
public record Cost(Relaxation of, int points, Price said) {}
