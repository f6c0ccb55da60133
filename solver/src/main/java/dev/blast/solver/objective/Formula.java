package dev.blast.solver.objective;

import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.Aim;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What each {@link Objective} counts of one package. An answer has the sums over its packages, and
 * over the locked ones that it leaves out.
 */
public final class Formula {
    /** From this age on a release is settled. */
    static final int SETTLED_DAYS = 30;

    private Formula() {}

    /** How much a version adds to the objective, never less than 0. */
    public static long count(Objective objective, Weighable option) {
        return switch (objective) {
            case FEWEST_CHANGES -> option.changes() ? 1 : 0;
            case FEWEST_PACKAGES -> 1;
            case NEWEST -> option.newer();
            case NEWEST_DIRECT -> option.direct() ? option.newer() : 0;
            case LOWEST -> option.older();
            case LOWEST_DIRECT -> option.direct() ? option.older() : 0;
            case SMALLEST_DOWNLOAD -> option.bytes().orElse(option.largestBytes());
            case SETTLED -> Math.max(0, SETTLED_DAYS - option.ageDays().orElse(0));
            case PREFERRED -> option.mostPoints() - (long) option.points();
            case FEWEST_ADVISORIES -> option.advisories();
            case FEWEST_HOLDS_LIFTED -> option.lifted() ? 1 : 0;
            case FEWEST_BUILDS -> option.built() ? 1 : 0;
        };
    }

    /** How much a package adds that an answer leaves out. */
    public static long countAbsence(Objective objective, boolean locked) {
        return objective == Objective.FEWEST_CHANGES && locked ? 1 : 0;
    }

    /** What a version adds to a place, in thousandths. */
    public static long weighed(List<Aim> place, Weighable option) {
        return sum(place, objective -> count(objective, option));
    }

    /** What a package adds to a place that an answer leaves out, in thousandths. */
    public static long weighedAbsence(List<Aim> place, boolean locked) {
        return sum(place, objective -> countAbsence(objective, locked));
    }

    private static long sum(List<Aim> place, ToLongFunction<Objective> counts) {
        long sum = 0;
        for (Aim aim : place) {
            long part = Math.multiplyExact(aim.thousandths(), counts.applyAsLong(aim.objective()));
            sum = Math.addExact(sum, part);
        }
        return sum;
    }
}
