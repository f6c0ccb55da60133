package dev.blast.solver.optimise;

import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.solver.SolutionManager;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchType;
import ai.timefold.solver.core.config.phase.custom.CustomPhaseConfig;
import ai.timefold.solver.core.config.solver.EnvironmentMode;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import dev.blast.index.IndexException;
import dev.blast.solver.Improvement;
import java.util.ArrayList;
import java.util.List;

/**
 * Improves an answer until neither moves among the versions that are known nor neighbourhoods find
 * a better one: Timefold weighs, the complete core answers. Bounded by steps, with a fixed seed:
 * the same on any machine. For one thread, for one use.
 *
 * @param <A> an answer
 */
public final class Optimiser<A> {
    /** Moves that are tried on each draft. */
    private static final int MOVES = 400;

    private final Core<A> core;
    private final int neighbourhoods;
    private final Class<? extends ConstraintProvider> sentences;
    private final Scale<A> scale;
    private final List<Improvement> improvements = new ArrayList<>();
    private int asked;

    /**
     * An optimiser.
     *
     * @param neighbourhoods how many the core may be asked for in all
     */
    public Optimiser(Core<A> core, int neighbourhoods) {
        this(core, neighbourhoods, Wants.class);
    }

    /**
     * With another model.
     *
     * @param sentences of the model
     */
    public Optimiser(
            Core<A> core, int neighbourhoods, Class<? extends ConstraintProvider> sentences) {
        this.core = core;
        this.sentences = sentences;
        this.scale = new Scale<>(core, SolutionManager.create(SolverFactory.create(config())));
        this.neighbourhoods = neighbourhoods;
    }

    /** How it got there, in order. */
    public List<Improvement> improvements() {
        return List.copyOf(improvements);
    }

    /** Whether it came to its bound before all was tried that might be better. */
    public boolean isOpen() {
        return asked >= neighbourhoods || core.isExhausted();
    }

    /** The best answer found; the same where there is no better one. */
    public A improve(A first) throws IndexException {
        A best = first;
        while (true) {
            var search = new NeighbourhoodSearch<>(core, scale, best, neighbourhoods - asked);
            SolverFactory.<Draft>create(
                            config().withPhases(
                                            moves(),
                                            new CustomPhaseConfig()
                                                    .withCustomPhaseCommandList(List.of(search))))
                    .buildSolver()
                    .solve(core.draft(best));
            search.finish();
            asked += search.asked();
            improvements.addAll(search.improvements());
            if (search.improvements().isEmpty()) {
                return best;
            }
            best = search.best();
        }
    }

    private SolverConfig config() {
        return new SolverConfig()
                .withSolutionClass(Draft.class)
                .withEntityClasses(Slot.class)
                .withConstraintProviderClass(sentences)
                .withEnvironmentMode(EnvironmentMode.NO_ASSERT)
                .withRandomSeed(0L);
    }

    private static LocalSearchPhaseConfig moves() {
        var moves =
                new LocalSearchPhaseConfig().withLocalSearchType(LocalSearchType.LATE_ACCEPTANCE);
        moves.setTerminationConfig(new TerminationConfig().withMoveCountLimit((long) MOVES));
        return moves;
    }
}
