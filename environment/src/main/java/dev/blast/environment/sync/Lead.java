package dev.blast.environment.sync;

import dev.blast.solver.Aim;
import dev.blast.solver.Score;
import dev.blast.solver.Strategy;
import java.util.List;
import java.util.Optional;

/**
 * What parts two answers by a strategy.
 *
 * @param place the first in which the two differ
 * @param aims of this place
 * @param less what the better one sums up to there, in thousandths
 * @param more the same of the other
 * @param firstIsBetter which of the two is
 */
public record Lead(int place, List<Aim> aims, long less, long more, boolean firstIsBetter) {
    public Lead {
        aims = List.copyOf(aims);
    }

    /** Empty where the two are equal to the strategy. */
    static Optional<Lead> between(Score first, Score second, Strategy strategy) {
        List<List<Aim>> places = strategy.places();
        for (int place = 0; place < places.size(); place++) {
            long one = first.in(place);
            long other = second.in(place);
            if (one != other) {
                List<Aim> aims = places.get(place);
                return Optional.of(
                        new Lead(
                                aims.getFirst().place(),
                                aims,
                                Math.min(one, other),
                                Math.max(one, other),
                                one < other));
            }
        }
        return Optional.empty();
    }
}
