package dev.blast.rules.verdict;

import java.util.List;
import java.util.Optional;

/** Which strategy the rules choose. */
public sealed interface StrategyChoice {

    /** One strategy; without a reason where no rule answered and the shipped default is meant. */
    record Chosen(String name, Optional<Reason> reason) implements StrategyChoice {}

    /** Rules of the same rank name different strategies. */
    record Conflict(List<Reason> rules) implements StrategyChoice {
        public Conflict {
            rules = List.copyOf(rules);
        }
    }
}
