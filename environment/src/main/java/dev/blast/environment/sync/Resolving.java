package dev.blast.environment.sync;

import dev.blast.environment.EnvironmentException;
import dev.blast.environment.address.GitAddress;
import dev.blast.environment.address.SourceFinder;
import dev.blast.environment.change.Applied;
import dev.blast.environment.change.FollowedStrategy;
import dev.blast.environment.project.CurrentLock;
import dev.blast.environment.project.LockFit;
import dev.blast.environment.project.OwnName;
import dev.blast.environment.project.Project;
import dev.blast.environment.project.RequiredHashes;
import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Redaction;
import dev.blast.packaging.Version;
import dev.blast.rules.fact.Cause;
import dev.blast.rules.verdict.PolicyException;
import dev.blast.rules.verdict.StrategyChoice;
import dev.blast.solver.Judge;
import dev.blast.solver.Outcome;
import dev.blast.solver.Pin;
import dev.blast.solver.Request;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Strategy;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.UnsupportedRequirementException;
import dev.blast.solver.lock.Unpinned;
import dev.blast.solver.repair.RepairSearch;
import dev.blast.solver.repair.WaysOut;
import dev.blast.solver.search.RememberedIndex;
import dev.blast.solver.search.Resolver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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

    /** Null where there is an answer, or none but the lock's would do. */
    private @Nullable RepairSearch repairs;

    /**
     * @param unusable versions whose files were tried before
     */
    Resolving(
            Sync.Tools tools,
            Sync.Job job,
            Situation situation,
            Map<PackageName, Map<Version, String>> unusable)
            throws EnvironmentException {
        this.unusable = unusable;
        this.tools = tools;
        this.job = job;
        this.situation = situation;
        this.inquiry = Inquiry.of(tools, job, situation);
    }

    /** What came of it. */
    sealed interface Result {
        /**
         * Versions.
         *
         * @param request what was asked, though a lock may have answered
         */
        record Resolved(
                Request request,
                Resolution resolution,
                Followed followed,
                Optional<LookedPast> lookedPast)
                implements Result {}

        /** No versions. */
        sealed interface Unresolved extends Result {}

        record NoSolution(Unsolvable unsolvable) implements Unresolved {}

        record StrategyConflict(List<StrategyChoice.Named> rules) implements Unresolved {}

        /** Exactly the lock was asked for, and it does not settle what the project asks for. */
        record LockNotCurrent(String why) implements Unresolved {}
    }

    /**
     * The strategies of the request.
     *
     * @param strategies the whole sync's first
     * @param keepsCurrent whether each of them keeps what is there
     */
    record Followed(List<FollowedStrategy> strategies, boolean keepsCurrent) {}

    Result run(Index index) throws EnvironmentException, IndexException {
        try {
            return switch (strategy()) {
                case StrategyChoice.Conflict(var rules) -> new Result.StrategyConflict(rules);
                case StrategyChoice.Chosen chosen ->
                        resolve(index, new Selection(define(chosen.name()), followed(chosen)));
            };
        } catch (PolicyException e) {
            throw new EnvironmentException("the rules give no strategy: " + e.getMessage(), e);
        }
    }

    /** The command line goes before the rules. */
    private StrategyChoice strategy() throws PolicyException {
        Optional<String> asked = job.options().strategy();
        return asked.isPresent()
                ? new StrategyChoice.Chosen(asked.get(), Optional.empty(), List.of())
                : job.policy().strategy(syncFact(), inquiry.context());
    }

    private FollowedStrategy followed(StrategyChoice.Chosen chosen) {
        return job.options().strategy().isPresent()
                ? FollowedStrategy.asked(chosen.name())
                : FollowedStrategy.of(chosen);
    }

    private Strategy define(String name) throws PolicyException {
        return Strategy.of(job.policy().define(name, inquiry.context()).weighed());
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

    private Result resolve(Index index, Selection selection)
            throws EnvironmentException, IndexException, PolicyException {
        for (RootRequirement root : situation.requirements()) {
            switch (strategyFor(root).orElse(null)) {
                case null -> {}
                case StrategyChoice.Conflict(var rules) -> {
                    return new Result.StrategyConflict(rules);
                }
                case StrategyChoice.Chosen chosen -> {
                    List<StrategyChoice.Named> rules =
                            selection.add(root, chosen, define(chosen.name()));
                    if (!rules.isEmpty()) {
                        return new Result.StrategyConflict(rules);
                    }
                }
            }
        }
        requireNothingOwn();
        Optional<RequiredHashes> required = job.project().options().hashes();
        Request request = inquiry.request(selection.strategy(), selection.perPackage(), unusable);
        try {
            Attained attained =
                    job.options().frozen()
                            ? frozen()
                            : isLockAlone() ? frozen() : project(request, index);
            return switch (attained) {
                case Attained.Versions(Resolution resolution) -> {
                    if (required.isPresent()) {
                        required.get().check(resolution);
                    }
                    yield new Result.Resolved(
                            request,
                            resolution,
                            selection.followed(),
                            lookedPast(selection, resolution));
                }
                case Attained.None(Unsolvable unsolvable) -> new Result.NoSolution(unsolvable);
                case Attained.NotCurrent(String why) -> new Result.LockNotCurrent(why);
            };
        } catch (UnsupportedRequirementException e) {
            throw new EnvironmentException(Message.of(e), e);
        }
    }

    /** Versions, or why there are none. */
    private sealed interface Attained {
        record Versions(Resolution resolution) implements Attained {}

        record None(Unsolvable unsolvable) implements Attained {}

        record NotCurrent(String why) implements Attained {}

        static Attained of(Outcome outcome) {
            return switch (outcome) {
                case Resolution resolution -> new Versions(resolution);
                case Unsolvable unsolvable -> new None(unsolvable);
            };
        }
    }

    /** Whether {@code --frozen} would have taken the lock, and something else was chosen. */
    private Optional<LookedPast> lookedPast(Selection selection, Resolution resolution)
            throws EnvironmentException, IndexException {
        Optional<FollowedStrategy> past = selection.notKeeping();
        boolean upgrades = job.options().upgradeAll() || !job.options().upgrade().isEmpty();
        if (past.isEmpty()
                || upgrades
                || !situation.lock().isPresent()
                || !(frozen() instanceof Attained.Versions(Resolution locked))) {
            return Optional.empty();
        }
        Set<PackageName> differ = differences(locked, resolution);
        return differ.isEmpty()
                ? Optional.empty()
                : Optional.of(new LookedPast(past.get(), List.copyOf(differ)));
    }

    private static Set<PackageName> differences(Resolution one, Resolution other) {
        Map<PackageName, Version> versions = new TreeMap<>();
        one.pins().forEach(pin -> versions.put(pin.name(), pin.version()));
        Set<PackageName> differ = new TreeSet<>(versions.keySet());
        for (Pin pin : other.pins()) {
            if (Objects.equals(pin.version(), versions.get(pin.name()))) {
                differ.remove(pin.name());
            } else {
                differ.add(pin.name());
            }
        }
        return differ;
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
                if (name.appliesTo(markers)
                        && root.asksFor(name.name(), markers)
                        && !situation.addressed().has(name.name())) {
                    throw new EnvironmentException(
                            Message.of(
                                    "%s: '%s' %s, which cannot be installed: there is nothing of that name with a [build-system]\nwhat an index has under this name is another package",
                                    root.origin(), root.requirement(), name.sentence()));
                }
            }
        }
    }

    /** What a sync comes to without versions. */
    SyncResult.NotReached notReached(Result.Unresolved none) throws EnvironmentException {
        return switch (none) {
            case Result.NoSolution(var unsolvable) -> {
                WaysOut waysOut = waysOut();
                yield new SyncResult.NoSolution(
                        unsolvable,
                        waysOut,
                        ImpasseRecord.of(
                                situation,
                                unsolvable,
                                waysOut,
                                Optional.empty(),
                                tools.clock().instant()));
            }
            case Result.StrategyConflict(var rules) -> new SyncResult.StrategyConflict(rules);
            case Result.LockNotCurrent(var why) -> new SyncResult.LockNotCurrent(why);
        };
    }

    /** Looks for ways out; only where {@link #run} found that there is no answer. */
    WaysOut waysOut() {
        return repairs == null ? WaysOut.NONE : repairs.waysOut(tools.repairs());
    }

    /** The project's answer; where there is none, it is kept what a way out can be found with. */
    private Attained project(Request request, Index index) throws IndexException {
        var remembered = new RememberedIndex(index);
        Attained attained = answer(request, remembered);
        if (attained instanceof Attained.None(Unsolvable unsolvable)) {
            repairs = RepairSearch.of(remembered, request, unsolvable);
            return new Attained.None(repairs.unsolvable());
        }
        return attained;
    }

    private Attained answer(Request request, Index index) throws IndexException {
        return Attained.of(new Resolver(index, tools.progress()).resolve(request));
    }

    /** Where no file says what is wanted, a lock says it, all of it or nothing. */
    private boolean isLockAlone() {
        return !job.project().declared() && situation.lock().isPresent();
    }

    /**
     * Exactly the lock: resolved from it alone where it says what its versions require, else all of
     * it. No strategy has a say in it.
     */
    private Attained frozen() throws EnvironmentException, IndexException {
        Request request = inquiry.request(Strategy.STABLE, Map.of(), unusable);
        CurrentLock lock = situation.lock();
        if (!lock.why().isEmpty()) {
            return new Attained.NotCurrent(lock.why());
        }
        var missing = new TreeMap<PackageName, Unpinned>(lock.without());
        missing.keySet().removeAll(request.own().keySet());
        Map.Entry<PackageName, Unpinned> first = missing.firstEntry();
        if (first != null) {
            return new Attained.NotCurrent(unpinned(first.getKey(), first.getValue()));
        }
        Optional<PackageName> unsaid = withoutLicense(request);
        if (unsaid.isPresent()) {
            return new Attained.NotCurrent(
                    "it does not say the license of %s, and a rule looks at it"
                            .formatted(unsaid.get()));
        }
        if (!job.project().declared()) {
            return asLocked(request);
        }
        var fit = new LockFit(lock.pins(), lock.complete(), request.target().markers());
        List<String> faults = new ArrayList<>(fit.faults(request.requirements()));
        situation.rebound().forEach((name, clause) -> faults.add(name + " " + clause));
        List<String> overrides =
                job.project().overrides().stream()
                        .map(it -> it.requirement().toString())
                        .sorted()
                        .toList();
        if (lock.isOurs() && !lock.overrides().equals(overrides)) {
            faults.add(
                    "overrides are %s, and it was made with %s"
                            .formatted(overrides, lock.overrides()));
        }
        List<String> uncovered =
                faults.isEmpty() ? List.of() : lock.uncovered(situation.parts().narrow());
        if (!uncovered.isEmpty()) {
            return new Attained.NotCurrent(
                    "it was made without %s: %s"
                            .formatted(String.join(" and ", uncovered), faults.getFirst()));
        }
        if (!faults.isEmpty()) {
            return new Attained.NotCurrent(String.join("; ", faults));
        }
        if (!lock.complete()) {
            return asLocked(request);
        }
        var frozen = new FrozenIndex();
        try {
            Attained attained = answer(request, frozen);
            return attained instanceof Attained.Versions(Resolution resolution)
                    ? withoutStrangers(resolution, fit)
                    : attained;
        } catch (IndexException e) {
            if (frozen.asked().isEmpty()) {
                throw e;
            }
            return new Attained.NotCurrent(
                    "it does not settle what is asked for of %s".formatted(frozen.asked().get()));
        }
    }

    private String unpinned(PackageName name, Unpinned locked) {
        DistributionFile place = locked.place();
        SourceFinder.Found asked = situation.addressed().found().get(name);
        if (place != null && asked != null) {
            return "%s is locked at %s, and asked for at %s"
                    .formatted(name, Redaction.of(place.uri()), Redaction.of(asked.file().uri()));
        }
        if (place == null || place.kind() == DistributionFile.Kind.SDIST) {
            return "%s is locked as %s, which cannot be installed from a lock"
                    .formatted(name, locked.what());
        }
        return place.kind() == DistributionFile.Kind.CHECKOUT
                ? "%s is locked as a commit of %s on this machine, which nothing but the project may name"
                        .formatted(name, GitAddress.of(place.uri().toString()).url())
                : "%s is locked as the folder %s, which is not in this one and which nothing but the project may name"
                        .formatted(name, Path.of(SourceFinder.bare(place.uri())));
    }

    /** What a lock does not say of a version, and the rules ask; no index is asked instead. */
    private Optional<PackageName> withoutLicense(Request request) {
        Judge judge = request.judge();
        return judge == null || !judge.asksMetadata()
                ? Optional.empty()
                : situation.lock().pins().values().stream()
                        .filter(pin -> pin.license() == null)
                        .map(Pin::name)
                        .sorted()
                        .findFirst();
    }

    /** What is locked and not asked for now may be there for another group or extra. */
    private Attained withoutStrangers(Resolution resolution, LockFit fit)
            throws EnvironmentException {
        Project project = job.project();
        Set<PackageName> unneeded = new TreeSet<>(fit.pins().keySet());
        resolution.pins().forEach(pin -> unneeded.remove(pin.name()));
        unneeded.removeAll(
                fit.reachable(
                        project.requirements(
                                project.groups().keySet(), project.extras().keySet())));
        return unneeded.isEmpty()
                ? new Attained.Versions(resolution)
                : new Attained.NotCurrent("nothing asks for these any more: " + unneeded);
    }

    /** The versions of the lock and no others, if they hold and the rules allow each. */
    private Attained asLocked(Request request) throws IndexException {
        String name = job.project().lockFile().getFileName().toString();
        List<Pin> pins =
                situation.lock().pins().values().stream()
                        .filter(pin -> !request.own().containsKey(pin.name()))
                        .toList();
        Optional<Pin> folder = pins.stream().filter(this::isStrangersFolder).findFirst();
        return folder.isPresent()
                ? new Attained.NotCurrent(
                        "%s is locked as a folder, which cannot be installed from a lock"
                                .formatted(folder.get().name()))
                : Attained.of(Resolver.exactly(request, pins, name));
    }

    /** A lock comes with a project: by itself it names no folder of this machine. */
    private boolean isStrangersFolder(Pin pin) {
        return switch (pin.file().kind()) {
            case FOLDER, EDITABLE -> !situation.addressed().has(pin.name());
            case WHEEL, SDIST, CHECKOUT -> false;
        };
    }

    /** What the rules say about one requirement; the command line has spoken for all of them. */
    private Optional<StrategyChoice> strategyFor(RootRequirement root) throws PolicyException {
        boolean applies = root.requirement().appliesTo(situation.target().markers(), Set.of());
        if (!applies || job.options().strategy().isPresent()) {
            return Optional.empty();
        }
        return job.policy().strategy(root.fact(), syncFact(), inquiry.context());
    }
}
