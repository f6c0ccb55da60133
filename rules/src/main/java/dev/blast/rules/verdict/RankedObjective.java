package dev.blast.rules.verdict;

/**
 * One objective of a strategy.
 *
 * @param place 1 comes first; objectives in one place are summed by weight
 * @param objective one of the names in the vocabulary: {@code newest}, {@code fewest-changes}
 */
public record RankedObjective(int place, String objective, double weight, Reason reason) {}
