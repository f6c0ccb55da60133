package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Staging;
import dev.blast.environment.install.InstalledDistribution;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.packaging.Message;
import dev.blast.packaging.Version;
import dev.blast.solver.DependencyGraph;
import dev.blast.solver.Pin;
import dev.blast.solver.Request;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Standing;
import dev.blast.solver.Strategy;
import dev.blast.solver.UnsupportedRequirementException;
import dev.blast.solver.search.RememberedIndex;
import dev.blast.solver.search.Standings;
import dev.blast.solver.search.Valuation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Looks what there is of the packages that are installed. Changes nothing. For one thread. */
public final class Survey {
    private final Sync.Tools tools;

    public Survey(Sync.Tools tools) {
        this.tools = tools;
    }

    /**
     * Each installed package beside what {@code sync --upgrade} would choose: the whole project is
     * solved once, with nothing locked.
     *
     * @param job the sync
     */
    public Surveyed all(Sync.Job job, DependencyGraph installed)
            throws EnvironmentException, IndexException {
        Sync.Job anew = job.with(job.options().lettingGo());
        return switch (base(anew)) {
            case Base.NotFound(var search) ->
                    new Surveyed.NoAnswer(new SyncResult.NoInterpreter(search));
            case Base.Found base -> {
                Situation situation = AddressSearch.situation(tools, anew, base);
                Index index = new RememberedIndex(situation.index(tools.index()));
                var resolving = new Resolving(tools, situation.job(), situation, Map.of());
                yield switch (resolving.run(index)) {
                    case Resolving.Result.Unresolved none ->
                            new Surveyed.NoAnswer(resolving.notReached(none));
                    case Resolving.Result.Resolved resolved -> packages(resolved, index, installed);
                };
            }
        };
    }

    private static Surveyed packages(
            Resolving.Result.Resolved resolved, Index index, DependencyGraph installed)
            throws IndexException {
        DependencyGraph answer = DependencyGraph.of(resolved.resolution());
        var standings = new Standings(resolved.request(), index, answer);
        var valuation = new Valuation(resolved.request(), index);
        List<Surveyed.Upgrade> packages = new ArrayList<>();
        for (DependencyGraph.Member there : installed.members()) {
            Optional<Pin> pin = resolved.resolution().pin(there.name());
            if (pin.isPresent()) {
                Standing standing = standings.of(answer.member(there.name()).orElseThrow());
                Version free = standing.free();
                packages.add(
                        new Surveyed.Upgrade(
                                there.name(),
                                there.version(),
                                standing,
                                free != null && Objects.equals(free, standing.newest())
                                        ? valuation.motive(pin.get(), free)
                                        : null));
            } else if (!there.name().equals(InstalledDistribution.PIP)) {
                packages.add(new Surveyed.Upgrade(there.name(), there.version(), null, null));
            }
        }
        return new Surveyed.Packages(packages);
    }

    /**
     * One package among those that are installed; empty where no interpreter is there any more.
     * Nothing is solved; whatever the project asks for in any group or extra counts.
     */
    public Optional<Standing> one(
            Sync.Job job, DependencyGraph installed, DependencyGraph.Member member)
            throws EnvironmentException, IndexException {
        if (!(base(job) instanceof Base.Found base)) {
            return Optional.empty();
        }
        Situation situation = AddressSearch.situation(tools, job, base);
        List<RootRequirement> asked = new ArrayList<>(job.project().constraints());
        installed.dependencies(null).forEach(edge -> asked.addAll(edge.asked()));
        Request request =
                Inquiry.of(tools, situation.job(), situation)
                        .request(Strategy.STABLE, Map.of(), Map.of())
                        .with(asked);
        try {
            return Optional.of(
                    new Standings(request, situation.index(tools.index()), installed).of(member));
        } catch (UnsupportedRequirementException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
    }

    private Base base(Sync.Job job) throws EnvironmentException {
        return Base.of(
                job.environment(),
                job.project(),
                job.options(),
                tools.interpreters(),
                Staging.isIn(job.environment()));
    }
}
