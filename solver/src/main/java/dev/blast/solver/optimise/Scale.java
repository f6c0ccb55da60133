package dev.blast.solver.optimise;

import ai.timefold.solver.core.api.score.BendableScore;
import ai.timefold.solver.core.api.solver.SolutionManager;
import dev.blast.index.IndexException;
import java.util.IdentityHashMap;
import java.util.Objects;

/** What answers are worth by the sentences of the model, each weighed once. For one thread. */
final class Scale<A> {
    private final Core<A> core;
    private final SolutionManager<Draft, BendableScore> manager;
    private final IdentityHashMap<A, BendableScore> scores = new IdentityHashMap<>();

    Scale(Core<A> core, SolutionManager<Draft, BendableScore> manager) {
        this.core = core;
        this.manager = manager;
    }

    /** More is better. */
    BendableScore score(A answer) {
        return scores.computeIfAbsent(answer, this::weigh);
    }

    private BendableScore weigh(A answer) {
        try {
            return Objects.requireNonNull(manager.update(core.draft(answer)));
        } catch (IndexException e) {
            throw new IllegalStateException("an answer was not read", e);
        }
    }
}
