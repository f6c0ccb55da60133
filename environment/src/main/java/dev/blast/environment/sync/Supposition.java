package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Staging;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.solver.DependencyGraph;
import dev.blast.solver.Lift;
import dev.blast.solver.Pin;
import dev.blast.solver.Resolution;
import dev.blast.solver.Restraint;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.search.RememberedIndex;
import dev.blast.solver.search.Standings;
import dev.blast.solver.search.Valuation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Solves a project with a question added, and holds the answer against that of a sync. Changes
 * nothing. For one thread.
 */
public final class Supposition {
    /** Versions whose holds are lifted to see what comes of it. */
    private static final int TRIED = 3;

    private final Sync.Tools tools;

    public Supposition(Sync.Tools tools) {
        this.tools = tools;
    }

    /**
     * Supposes that these versions are asked for.
     *
     * @param job the sync that does not choose them
     * @param question a package and versions, without extras, marker and address
     */
    public Supposed of(Sync.Job job, Requirement question)
            throws EnvironmentException, IndexException {
        return switch (Base.of(
                job.environment(),
                job.project(),
                job.options(),
                tools.interpreters(),
                Staging.isIn(job.environment()))) {
            case Base.NotFound(var search) ->
                    new Supposed.NoAnswer(new SyncResult.NoInterpreter(search));
            case Base.Found base -> {
                Situation situation = AddressSearch.situation(tools, job, base);
                Index index = new RememberedIndex(situation.index(tools.index()));
                var resolving = resolving(situation);
                yield switch (resolving.run(index)) {
                    case Resolving.Result.Unresolved none ->
                            new Supposed.NoAnswer(resolving.notReached(none));
                    case Resolving.Result.Resolved resolved ->
                            chosen(resolved, question).isPresent()
                                    ? new Supposed.Chosen(chosen(resolved, question).get())
                                    : suppose(situation, resolved, index, question);
                };
            }
        };
    }

    private Resolving resolving(Situation situation) throws EnvironmentException {
        return new Resolving(tools, situation.job(), situation, Map.of());
    }

    private static Optional<Version> chosen(
            Resolving.Result.Resolved resolved, Requirement question) {
        return resolved.resolution()
                .pin(question.name())
                .map(Pin::version)
                .filter(question.specifier()::contains);
    }

    /** First as the command would that might choose it, so that what is said of it is verified. */
    private Supposed suppose(
            Situation situation,
            Resolving.Result.Resolved resolved,
            Index index,
            Requirement question)
            throws EnvironmentException, IndexException {
        if (situation.names().contains(question.name())
                && resolving(situation.upgrading(question)).run(index)
                        instanceof Resolving.Result.Resolved upgraded
                && chosen(upgraded, question).isPresent()) {
            return possible(resolved, upgraded, index, question, true);
        }
        var resolving = resolving(situation.supposing(RootRequirement.question(question)));
        return switch (resolving.run(index)) {
            case Resolving.Result.Resolved other ->
                    possible(resolved, other, index, question, false);
            case Resolving.Result.NoSolution(var unsolvable) -> {
                Map<Version, Restraint.Ruled> refusals =
                        new Standings(
                                        resolved.request(),
                                        index,
                                        DependencyGraph.of(resolved.resolution()))
                                .refusals(question);
                yield refusals.isEmpty()
                        ? new Supposed.Impossible(unsolvable.proof())
                        : new Supposed.Refused(
                                refusals, lifted(situation, resolved, index, question, refusals));
            }
            case Resolving.Result.Unresolved none ->
                    new Supposed.NoAnswer(resolving.notReached(none));
        };
    }

    /** As the command would that lifts a hold: the newest that it really chooses. */
    private Supposed.@Nullable Lifted lifted(
            Situation situation,
            Resolving.Result.Resolved resolved,
            Index index,
            Requirement question,
            Map<Version, Restraint.Ruled> refusals)
            throws EnvironmentException, IndexException {
        List<Version> held =
                refusals.entrySet().stream()
                        .filter(it -> it.getValue().held())
                        .map(Map.Entry::getKey)
                        .sorted(Comparator.reverseOrder())
                        .limit(TRIED)
                        .toList();
        for (Version version : held) {
            Situation lifting = situation.lifting(Lift.of(question.name(), version));
            Requirement alone = Requirement.parse("%s==%s".formatted(question.name(), version));
            for (boolean byUpgrade : List.of(false, true)) {
                Situation asked = byUpgrade ? lifting.upgrading(alone) : lifting;
                if (resolving(asked).run(index) instanceof Resolving.Result.Resolved other
                        && chosen(other, alone).isPresent()) {
                    return new Supposed.Lifted(
                            version, byUpgrade, moves(resolved.resolution(), other.resolution()));
                }
            }
        }
        return null;
    }

    private static Supposed possible(
            Resolving.Result.Resolved resolved,
            Resolving.Result.Resolved other,
            Index index,
            Requirement question,
            boolean byUpgrade)
            throws IndexException {
        var valuation = new Valuation(resolved.request(), index);
        Lead lead =
                Lead.between(
                                valuation.of(resolved.resolution()).score(),
                                valuation.of(other.resolution()).score(),
                                resolved.request().strategy())
                        .orElse(null);
        return new Supposed.Possible(
                chosen(other, question).orElseThrow(),
                resolved.resolution().pin(question.name()).map(Pin::version).orElse(null),
                resolved.followed().strategies().getFirst(),
                lead,
                moves(resolved.resolution(), other.resolution()),
                byUpgrade);
    }

    private static List<Supposed.Move> moves(Resolution from, Resolution to) {
        var names = new TreeSet<PackageName>();
        Map<PackageName, Version> before = versions(from);
        Map<PackageName, Version> after = versions(to);
        names.addAll(before.keySet());
        names.addAll(after.keySet());
        List<Supposed.Move> moves = new ArrayList<>();
        for (PackageName name : names) {
            @Nullable Version one = before.get(name);
            @Nullable Version other = after.get(name);
            if (!Objects.equals(one, other)) {
                moves.add(new Supposed.Move(name, one, other));
            }
        }
        return moves;
    }

    private static Map<PackageName, Version> versions(Resolution resolution) {
        Map<PackageName, Version> versions = new TreeMap<>();
        resolution.pins().forEach(pin -> versions.put(pin.name(), pin.version()));
        return versions;
    }
}
