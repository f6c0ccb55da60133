package dev.blast.rules.verdict;

import dev.blast.rules.vocabulary.Objective;
import java.math.BigDecimal;

/**
 * One objective of a strategy.
 *
 * @param place 1 comes first; objectives in one place are summed by weight
 */
public record RankedObjective(int place, Objective objective, BigDecimal weight, Reason reason) {}
