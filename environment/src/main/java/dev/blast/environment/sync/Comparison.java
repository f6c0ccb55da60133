package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Staging;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.solver.Appraisal;
import dev.blast.solver.Resolution;
import dev.blast.solver.search.Valuation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Resolves one project by several strategies, each as {@code --strategy} would, and counts every
 * answer by all of them. Changes nothing. For one thread.
 */
public final class Comparison {
    /** What the rules choose, among names of strategies. */
    public static final String AUTO = "auto";

    private final Sync.Tools tools;

    public Comparison(Sync.Tools tools) {
        this.tools = tools;
    }

    /**
     * Compares them.
     *
     * @param job the sync that would follow one of them
     * @param names of strategies, and {@link #AUTO}; a name that comes again counts once
     */
    public Compared of(Sync.Job job, List<String> names)
            throws EnvironmentException, IndexException {
        List<String> known = job.policy().strategies();
        Optional<String> unknown =
                names.stream().filter(it -> !it.equals(AUTO) && !known.contains(it)).findFirst();
        if (unknown.isPresent()) {
            return new Compared.UnknownStrategy(unknown.get(), known);
        }
        return switch (Base.of(
                job.environment(),
                job.project(),
                job.options(),
                tools.interpreters(),
                Staging.isIn(job.environment()))) {
            case Base.NotFound(var search) -> new Compared.NoInterpreter(search);
            case Base.Found base -> table(job, base, new LinkedHashSet<>(names));
        };
    }

    /** One index for all: what one strategy has read, the next one has at hand. */
    private Compared table(Sync.Job job, Base.Found base, Set<String> names)
            throws EnvironmentException, IndexException {
        List<Resolving.Result.Resolved> answers = new ArrayList<>();
        List<Valuation> valuations = new ArrayList<>();
        Situation situation = AddressSearch.situation(tools, job, base);
        Index index = situation.index(tools.index());
        for (String name : names) {
            Situation own = name.equals(AUTO) ? situation : situation.following(name);
            var resolving = new Resolving(tools, own.job(), own, Map.of());
            switch (resolving.run(index)) {
                case Resolving.Result.Resolved resolved -> {
                    answers.add(resolved);
                    valuations.add(new Valuation(resolved.request(), index));
                }
                case Resolving.Result.NoSolution(var unsolvable) -> {
                    return new Compared.NoSolution(unsolvable, resolving.waysOut());
                }
                case Resolving.Result.StrategyConflict(var rules) -> {
                    return new Compared.StrategyConflict(rules);
                }
                case Resolving.Result.LockNotCurrent _ ->
                        throw new IllegalStateException("no lock was asked");
            }
        }
        List<Compared.Column> columns = new ArrayList<>();
        Iterator<String> asked = names.iterator();
        for (Resolving.Result.Resolved answer : answers) {
            List<Appraisal> appraisals = new ArrayList<>();
            for (Valuation valuation : valuations) {
                appraisals.add(valuation.of(answer.resolution()));
            }
            columns.add(
                    Compared.Column.of(
                            asked.next(),
                            answer.request().strategy(),
                            answer.resolution(),
                            plan(situation, answer.resolution()),
                            appraisals));
        }
        return new Compared.Table(columns);
    }

    private static SyncPlan plan(Situation situation, Resolution resolution) {
        Sync.Job job = situation.job();
        return SyncPlan.of(
                Wanted.withPip(resolution, situation, Set.of()),
                situation.installed(),
                situation.ours(),
                Map.of(),
                job.project().declared() ? job.options().foreigners() : SyncPlan.Foreigners.KEEP);
    }
}
