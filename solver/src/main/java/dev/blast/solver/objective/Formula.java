package dev.blast.solver.objective;

import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.Aim;
import java.util.List;

/**
 * What each {@link Objective} counts of one package. An answer has the sums over its packages, and
 * over the locked ones that it leaves out.
 */
public final class Formula {
    /** From this age on a release is settled. */
    static final int SETTLED_DAYS = 30;

    private Formula() {}

    /** How much the option adds to the objective, never less than 0. */
    public static long count(Objective objective, Option option) {
        if (objective == Objective.FEWEST_CHANGES) {
            return option.changes() ? 1 : 0;
        }
        if (!option.present()) {
            return 0;
        }
        return switch (objective) {
            case FEWEST_CHANGES -> throw new AssertionError("counted above");
            case FEWEST_PACKAGES -> 1;
            case NEWEST -> option.newer();
            case LOWEST -> option.older();
            case LOWEST_DIRECT -> option.direct() ? option.older() : 0;
            case SMALLEST_DOWNLOAD -> option.bytes().orElse(option.largestBytes());
            case SETTLED -> Math.max(0, SETTLED_DAYS - option.ageDays().orElse(0));
            case PREFERRED -> option.mostPoints() - (long) option.points();
            case FEWEST_ADVISORIES, FEWEST_BUILDS, FEWEST_HOLDS_LIFTED ->
                    throw new IllegalArgumentException("not in force: " + objective.word());
        };
    }

    /** What the option adds to a place, in thousandths. */
    public static long weighed(List<Aim> place, Option option) {
        long sum = 0;
        for (Aim aim : place) {
            sum =
                    Math.addExact(
                            sum,
                            Math.multiplyExact(aim.thousandths(), count(aim.objective(), option)));
        }
        return sum;
    }
}
