package dev.blast.rules;

import java.util.List;

/**
 * What a strategy wants: objectives in the order of their places, then by name. Places are compared
 * one after another.
 */
public record StrategyDefinition(String name, List<RankedObjective> objectives) {
    public StrategyDefinition {
        objectives = List.copyOf(objectives);
    }
}
