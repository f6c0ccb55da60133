package dev.blast.solver.optimise;

import ai.timefold.solver.core.api.solver.phase.PhaseCommand;
import ai.timefold.solver.core.api.solver.phase.PhaseCommandContext;
import ai.timefold.solver.core.preview.api.domain.metamodel.PlanningVariableMetaModel;
import ai.timefold.solver.core.preview.api.move.Move;
import ai.timefold.solver.core.preview.api.move.builtin.Moves;
import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.solver.Improvement;
import dev.blast.solver.PackagePart;
import dev.blast.solver.logic.States;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The phase that asks the complete core: for each package that could do better in a place, the
 * first place first, whether there is an answer in which it does. Each better answer is taken at
 * once, and all begins anew from it.
 */
final class NeighbourhoodSearch<A> implements PhaseCommand<Draft> {
    private final Core<A> core;
    private final Scale<A> scale;
    private final int most;
    private final List<Improvement> improvements = new ArrayList<>();
    private A best;
    private int asked;
    private @Nullable IndexException failure;

    NeighbourhoodSearch(Core<A> core, Scale<A> scale, A best, int most) {
        this.core = core;
        this.scale = scale;
        this.best = best;
        this.most = most;
    }

    /** The best answer that was found. */
    A best() {
        return best;
    }

    int asked() {
        return asked;
    }

    List<Improvement> improvements() {
        return improvements;
    }

    /** Throws what the index threw meanwhile. */
    void finish() throws IndexException {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void changeWorkingSolution(PhaseCommandContext<Draft> context) {
        try {
            takeMoves(context.getWorkingSolution());
            boolean shown = true;
            while (shown && step()) {
                shown = show(context);
            }
        } catch (IndexException e) {
            failure = e;
        }
    }

    private boolean isBetter(A other) {
        return scale.score(other).compareTo(scale.score(best)) > 0;
    }

    /** What moves have made of the draft, if that is an answer, and better. */
    private void takeMoves(Draft draft) throws IndexException {
        A moved = core.answer(draft);
        if (moved != null && isBetter(moved)) {
            best = moved;
            improvements.add(new Improvement(Improvement.Finder.MOVES, ""));
        }
    }

    /** Takes the first better answer. */
    private boolean step() throws IndexException {
        for (int place = 0; place < core.places(); place++) {
            for (PackageName name : core.burdens(best, place)) {
                for (Core.Others others : Core.Others.values()) {
                    if (asked == most) {
                        return false;
                    }
                    asked++;
                    A better = core.near(best, place, name, others, this::isBetter);
                    if (better != null) {
                        best = better;
                        improvements.add(
                                new Improvement(Improvement.Finder.NEIGHBOURHOOD, name.toString()));
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /**
     * Makes the draft the best answer. Where the answer has what the draft knows nothing of, says
     * so: the draft has to be made anew.
     */
    private boolean show(PhaseCommandContext<Draft> context) {
        PlanningVariableMetaModel<Draft, Slot, SlotValue> variable =
                context.getSolutionMetaModel()
                        .genuineEntity(Slot.class)
                        .<SlotValue>basicVariable("value");
        Map<PackagePart, Integer> states = core.states(best);
        List<Slot> slots = context.getWorkingSolution().slots();
        List<Move<Draft>> moves = new ArrayList<>();
        int known = 0;
        for (Slot slot : slots) {
            int state = states.getOrDefault(slot.part(), States.ABSENT);
            known += states.containsKey(slot.part()) ? 1 : 0;
            Optional<SlotValue> value =
                    slot.range().stream().filter(it -> it.state() == state).findFirst();
            if (value.isEmpty()) {
                return false;
            }
            if (value.get() != slot.value()) {
                moves.add(Moves.change(variable, slot, value.get()));
            }
        }
        if (known < states.size()) {
            return false;
        }
        if (!moves.isEmpty()) {
            context.execute(Moves.compose(moves));
        }
        return true;
    }
}
