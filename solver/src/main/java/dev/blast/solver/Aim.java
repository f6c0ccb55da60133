package dev.blast.solver;

import dev.blast.rules.verdict.RankedObjective;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.vocabulary.Objective;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * One objective of a strategy.
 *
 * @param place 1 comes first; a place counts only where all before it are equal
 * @param thousandths its weight among the objectives of its place, in thousandths
 * @param reason the rule that ranks it; null for strategies that no rule defines
 */
public record Aim(int place, Objective objective, long thousandths, @Nullable Reason reason) {
    /** The weight 1. */
    public static final long ONE = 1_000;

    private static final int DIGITS = 3;

    static Aim of(RankedObjective ranked) {
        BigDecimal weight = ranked.weight().setScale(DIGITS, RoundingMode.HALF_UP);
        return new Aim(
                ranked.place(),
                ranked.objective(),
                weight.unscaledValue().longValueExact(),
                ranked.reason());
    }

    /** One that stands for itself. */
    public static Aim of(int place, Objective objective) {
        return new Aim(place, objective, ONE, null);
    }
}
