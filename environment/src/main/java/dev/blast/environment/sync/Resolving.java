package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.change.Applied;
import dev.blast.environment.project.CurrentLock;
import dev.blast.environment.project.LockFit;
import dev.blast.environment.project.OwnName;
import dev.blast.environment.project.Project;
import dev.blast.environment.project.RequiredHashes;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.Cause;
import dev.blast.rules.fact.Requirement;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.Reason;
import dev.blast.rules.verdict.StrategyChoice;
import dev.blast.solver.Outcome;
import dev.blast.solver.Request;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Strategy;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.UnsupportedRequirementException;
import dev.blast.solver.search.Resolver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * From what a project asks for and the rules to versions: chooses the strategy, then asks the
 * solver.
 */
final class Resolving {
    private final Sync.Tools tools;
    private final Sync.Job job;
    private final Situation situation;
    private final Inquiry inquiry;
    private final Map<PackageName, Map<Version, String>> unusable;

    /**
     * @param unusable versions whose files were tried before
     */
    Resolving(
            Sync.Tools tools,
            Sync.Job job,
            Situation situation,
            Map<PackageName, Map<Version, String>> unusable) {
        this.unusable = unusable;
        this.tools = tools;
        this.job = job;
        this.situation = situation;
        this.inquiry = new Inquiry(job, situation, tools.clock().instant());
    }

    /** What came of it. */
    sealed interface Result {
        record Resolved(Resolution resolution, Strategy strategy, Optional<Reason> strategyReason)
                implements Result {}

        record NoSolution(Unsolvable unsolvable) implements Result {}

        record StrategyConflict(List<Reason> rules) implements Result {}

        /** Exactly the lock was asked for, and it does not settle what the project asks for. */
        record LockNotCurrent(String why) implements Result {}
    }

    Result run(Index index) throws EnvironmentException, IndexException {
        try {
            return switch (strategy()) {
                case StrategyChoice.Conflict(var rules) -> new Result.StrategyConflict(rules);
                case StrategyChoice.Chosen(String name, var reason) ->
                        resolve(index, define(name), reason);
            };
        } catch (PolicyException e) {
            throw new EnvironmentException("the rules give no strategy: " + e.getMessage(), e);
        }
    }

    /** The command line goes before the rules. */
    private StrategyChoice strategy() throws PolicyException {
        Optional<String> asked = job.options().strategy();
        return asked.isPresent()
                ? new StrategyChoice.Chosen(asked.get(), Optional.empty())
                : job.policy().strategy(syncFact(), inquiry.context());
    }

    private Strategy define(String name) throws PolicyException {
        return Strategy.of(job.policy().define(name, inquiry.context()).inForce());
    }

    private dev.blast.rules.fact.Sync syncFact() {
        Optional<Instant> last = situation.applied().map(Applied::time);
        return new dev.blast.rules.fact.Sync(
                Cause.PERSON,
                last.isEmpty(),
                situation.foreign(),
                situation.lock().isPresent(),
                last.map(t -> Duration.between(t, tools.clock().instant()).toDays()).orElse(null),
                null,
                1);
    }

    private Result resolve(Index index, Strategy strategy, Optional<Reason> reason)
            throws EnvironmentException, IndexException, PolicyException {
        Map<PackageName, Strategy> perPackage = new HashMap<>();
        for (RootRequirement root : situation.requirements()) {
            switch (strategyFor(root).orElse(null)) {
                case null -> {}
                case StrategyChoice.Conflict(var rules) -> {
                    return new Result.StrategyConflict(rules);
                }
                case StrategyChoice.Chosen(String name, _) ->
                        perPackage.put(root.requirement().name(), define(name));
            }
        }
        requireNothingOwn();
        Optional<RequiredHashes> required = job.project().options().hashes();
        Request request = inquiry.request(strategy, perPackage, unusable);
        try {
            Result result =
                    job.options().frozen()
                            ? frozen(request, reason)
                            : isLockAlone()
                                    ? asLocked(request, reason)
                                    : answer(request, index, reason);
            if (required.isPresent() && result instanceof Result.Resolved resolved) {
                required.get().check(resolved.resolution());
            }
            return result;
        } catch (UnsupportedRequirementException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
    }

    /**
     * Of the names that no index is asked for, the project asks for none.
     *
     * @throws EnvironmentException where it does: that cannot be brought yet, and nothing else is
     *     meant
     */
    private void requireNothingOwn() throws EnvironmentException {
        var markers = situation.target().markers();
        for (OwnName name : job.project().own()) {
            for (RootRequirement root : situation.requirements()) {
                if (name.appliesTo(markers) && root.asksFor(name.name(), markers)) {
                    throw new EnvironmentException(
                            Message.of(
                                    "%s: '%s' %s, which Blast cannot install yet; what an index has under this name is another package.\n%s",
                                    root.origin(),
                                    root.requirement(),
                                    name.sentence(),
                                    name.instead()));
                }
            }
        }
    }

    private Result answer(Request request, Index index, Optional<Reason> reason)
            throws IndexException {
        return result(new Resolver(index, tools.progress()).resolve(request), request, reason);
    }

    private static Result result(Outcome outcome, Request request, Optional<Reason> reason) {
        return switch (outcome) {
            case Resolution resolution ->
                    new Result.Resolved(resolution, request.strategy(), reason);
            case Unsolvable unsolvable -> new Result.NoSolution(unsolvable);
        };
    }

    /** Where no file says what is wanted, a lock that can be used says it. */
    private boolean isLockAlone() {
        CurrentLock lock = situation.lock();
        return !job.project().declared() && lock.why().isEmpty() && lock.without().isEmpty();
    }

    /**
     * Exactly the lock: resolved from it alone where it says what its versions require, else all of
     * it.
     */
    private Result frozen(Request request, Optional<Reason> reason)
            throws EnvironmentException, IndexException {
        CurrentLock lock = situation.lock();
        if (!lock.why().isEmpty()) {
            return new Result.LockNotCurrent(lock.why());
        }
        Set<PackageName> missing = new TreeSet<>(lock.without().keySet());
        missing.removeAll(request.own().keySet());
        if (!missing.isEmpty()) {
            PackageName first = missing.iterator().next();
            return new Result.LockNotCurrent(
                    "%s is locked as %s, and Blast installs wheels alone"
                            .formatted(first, lock.without().get(first)));
        }
        if (!job.project().declared()) {
            return asLocked(request, reason);
        }
        var fit = new LockFit(lock.pins(), lock.complete(), request.target().markers());
        List<String> faults = new ArrayList<>(fit.faults(request.requirements()));
        situation.rebound().forEach((name, clause) -> faults.add(name + " " + clause));
        if (!faults.isEmpty()) {
            return new Result.LockNotCurrent(String.join("; ", faults));
        }
        if (!lock.complete()) {
            return asLocked(request, reason);
        }
        var frozen = new FrozenIndex();
        try {
            Result result = answer(request, frozen, reason);
            return result instanceof Result.Resolved(Resolution resolution, _, _)
                    ? withoutStrangers(result, resolution, fit)
                    : result;
        } catch (IndexException e) {
            if (frozen.asked().isEmpty()) {
                throw e;
            }
            return new Result.LockNotCurrent(
                    "it does not settle what is asked for of %s".formatted(frozen.asked().get()));
        }
    }

    /** What is locked and not asked for now may be there for another group or extra. */
    private Result withoutStrangers(Result result, Resolution resolution, LockFit fit)
            throws EnvironmentException {
        Project project = job.project();
        Set<PackageName> unneeded = new TreeSet<>(fit.pins().keySet());
        resolution.pins().forEach(pin -> unneeded.remove(pin.name()));
        unneeded.removeAll(
                fit.reachable(
                        project.requirements(
                                project.groups().keySet(), project.extras().keySet())));
        return unneeded.isEmpty()
                ? result
                : new Result.LockNotCurrent("nothing asks for these any more: " + unneeded);
    }

    /** The versions of the lock and no others, if they hold and the rules allow each. */
    private Result asLocked(Request request, Optional<Reason> reason) throws IndexException {
        String name = job.project().lockFile().getFileName().toString();
        return result(
                Resolver.exactly(request, situation.lock().pins().values(), name), request, reason);
    }

    /** What the rules say about one requirement; the command line has spoken for all of them. */
    private Optional<StrategyChoice> strategyFor(RootRequirement root) throws PolicyException {
        if (job.options().strategy().isPresent()) {
            return Optional.empty();
        }
        var fact =
                new Requirement(
                        root.requirement().name(),
                        root.group() == null ? null : root.group().normalized(),
                        true,
                        root.requirement().specifier().toString());
        return job.policy().strategy(fact, syncFact(), inquiry.context());
    }
}
