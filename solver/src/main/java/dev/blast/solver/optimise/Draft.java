package dev.blast.solver.optimise;

import ai.timefold.solver.core.api.domain.solution.ConstraintWeightOverrides;
import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.score.BendableScore;
import dev.blast.rules.verdict.StrategyDefinition;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.Aim;
import dev.blast.solver.PackagePart;
import dev.blast.solver.Strategy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer while it is improved: a version, or absence, for each slot. Public because Timefold
 * wants it.
 */
@PlanningSolution
public class Draft {
    /** Places of a strategy that can be weighed. */
    static final int PLACES = StrategyDefinition.MOST_PLACES;

    private static final int HARD = 1;

    @PlanningEntityCollectionProperty private List<Slot> slots = new ArrayList<>();

    @PlanningScore(bendableHardLevelsSize = HARD, bendableSoftLevelsSize = PLACES)
    private @Nullable BendableScore score;

    /** Which place each objective counts in, by the request's strategy. */
    private ConstraintWeightOverrides<BendableScore> weights = ConstraintWeightOverrides.none();

    /** For Timefold, which copies drafts. */
    protected Draft() {}

    /**
     * A draft.
     *
     * @param strategy of all packages that have none of their own; with at most {@link #PLACES}
     *     places
     */
    public Draft(List<Slot> slots, Strategy strategy) {
        this.slots = List.copyOf(slots);
        this.weights = ConstraintWeightOverrides.of(weights(strategy));
    }

    private static Map<String, BendableScore> weights(Strategy strategy) {
        Map<String, BendableScore> weights = new HashMap<>();
        for (Objective objective : Objective.values()) {
            weights.put(objective.word(), BendableScore.zero(HARD, PLACES));
        }
        List<List<Aim>> places = strategy.places();
        for (int place = 0; place < places.size(); place++) {
            for (Aim aim : places.get(place)) {
                weights.merge(
                        aim.objective().word(),
                        inPlace(place, aim.thousandths()),
                        BendableScore::add);
            }
        }
        return weights;
    }

    static BendableScore impossible() {
        return BendableScore.ofHard(HARD, PLACES, 0, 1);
    }

    /** A weight in a place, the first is 0. */
    public static BendableScore inPlace(int place, long weight) {
        return BendableScore.ofSoft(HARD, PLACES, place, weight);
    }

    public List<Slot> slots() {
        return slots;
    }

    /** Whether it was weighed, and everything in it holds. */
    public boolean isValid() {
        return score != null && score.isFeasible();
    }

    /** For Timefold. */
    public ConstraintWeightOverrides<BendableScore> getWeights() {
        return weights;
    }

    /** For Timefold. */
    public void setWeights(ConstraintWeightOverrides<BendableScore> weights) {
        this.weights = weights;
    }

    /** For Timefold. */
    public @Nullable BendableScore getScore() {
        return score;
    }

    /** For Timefold. */
    public void setScore(BendableScore score) {
        this.score = score;
    }

    /** For Timefold. */
    public List<Slot> getSlots() {
        return slots;
    }

    /** For Timefold. */
    public void setSlots(List<Slot> slots) {
        this.slots = slots;
    }

    /** What is present, and in which state. */
    public Map<PackagePart, Integer> states() {
        Map<PackagePart, Integer> states = new LinkedHashMap<>();
        for (Slot slot : slots) {
            if (slot.isPresent()) {
                states.put(slot.part(), slot.value().state());
            }
        }
        return states;
    }
}
