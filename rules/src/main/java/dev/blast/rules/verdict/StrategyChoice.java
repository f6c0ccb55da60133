package dev.blast.rules.verdict;

import java.util.List;
import java.util.Optional;

/** Which strategy the rules choose. */
public sealed interface StrategyChoice {

    /**
     * One strategy; without a reason where no rule answered and the shipped default is meant.
     *
     * @param overruled rules that name another strategy and stand behind this one
     */
    record Chosen(String name, Optional<Reason> reason, List<Reason> overruled)
            implements StrategyChoice {
        public Chosen {
            overruled = List.copyOf(overruled);
        }
    }

    /** A strategy and the rule that names it. */
    record Named(String strategy, Reason reason) {}

    /** Rules of the same rank name different strategies. */
    record Conflict(List<Named> rules) implements StrategyChoice {
        public Conflict {
            rules = List.copyOf(rules);
        }
    }
}
