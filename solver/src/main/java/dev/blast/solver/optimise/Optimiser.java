package dev.blast.solver.optimise;

import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.solver.SolutionManager;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.api.solver.phase.PhaseCommand;
import ai.timefold.solver.core.api.solver.phase.PhaseCommandContext;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
    private final SolverFactory<Draft> solvers;
    private final Turns turns = new Turns();
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
        this.solvers = SolverFactory.create(config(sentences));
        this.scale = new Scale<>(core, SolutionManager.create(solvers));
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
            turns.next = search;
            solvers.buildSolver().solve(core.draft(best));
            search.finish();
            asked += search.asked();
            improvements.addAll(search.improvements());
            if (search.improvements().isEmpty()) {
                return best;
            }
            best = search.best();
        }
    }

    private SolverConfig config(Class<? extends ConstraintProvider> sentences) {
        return new SolverConfig()
                .withSolutionClass(Draft.class)
                .withEntityClasses(Slot.class)
                .withConstraintProviderClass(sentences)
                .withEnvironmentMode(EnvironmentMode.NO_ASSERT)
                .withRandomSeed(0L)
                .withPhases(
                        moves(),
                        new CustomPhaseConfig().withCustomPhaseCommandList(List.of(turns)));
    }

    private static LocalSearchPhaseConfig moves() {
        var moves =
                new LocalSearchPhaseConfig().withLocalSearchType(LocalSearchType.LATE_ACCEPTANCE);
        moves.setTerminationConfig(new TerminationConfig().withMoveCountLimit((long) MOVES));
        return moves;
    }

    /** The phase of the search whose turn it is: a solver is made anew from one configuration. */
    private static final class Turns implements PhaseCommand<Draft> {
        private @Nullable PhaseCommand<Draft> next;

        @Override
        public void changeWorkingSolution(PhaseCommandContext<Draft> context) {
            Objects.requireNonNull(next).changeWorkingSolution(context);
        }
    }
}
