package dev.blast.solver;

import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.vocabulary.Objective;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to resolve.
 *
 * @param requirements with what {@link Overrides} among them leave of the others
 * @param perPackage strategies for single packages, which go before {@code strategy}
 * @param own names that are no package of an index, each with what it is instead: {@code is this
 *     project (pyproject.toml:2)}; no index is asked for them
 * @param judge null where every version may be chosen
 * @param lifts holds of the judge that do not count
 * @param advisories what is known of holes
 * @param now the time from which the age of a release is counted
 * @param unusable versions whose files were tried and cannot be installed, with what was wrong
 * @param cutoff null where files of any time count
 * @param sourcing how versions are had of which no index gives a wheel
 */
public record Request(
        List<RootRequirement> requirements,
        Target target,
        Preferences preferences,
        Strategy strategy,
        Map<PackageName, Strategy> perPackage,
        Map<PackageName, String> own,
        @Nullable Judge judge,
        Set<Lift> lifts,
        Advisories advisories,
        Prereleases prereleases,
        Instant now,
        Map<PackageName, Map<Version, String>> unusable,
        @Nullable Cutoff cutoff,
        Sourcing sourcing) {

    public Request {
        requirements = Overrides.of(requirements, target.markers()).leave(requirements);
        perPackage = Map.copyOf(perPackage);
        unusable = Map.copyOf(unusable);
        lifts = Set.copyOf(lifts);
        own = Map.copyOf(own);
    }

    /** Without names of the project's own, without known holes, and nothing tried before. */
    public Request(
            List<RootRequirement> requirements,
            Target target,
            Preferences preferences,
            Strategy strategy,
            Map<PackageName, Strategy> perPackage,
            @Nullable Judge judge,
            Prereleases prereleases,
            Instant now) {
        this(
                requirements,
                target,
                preferences,
                strategy,
                perPackage,
                Map.of(),
                judge,
                Set.of(),
                Advisories.NONE,
                prereleases,
                now,
                Map.of(),
                null,
                Sourcing.NONE);
    }

    /** The newest versions, without preferences and without rules. */
    public static Request of(List<RootRequirement> requirements, Target target, Instant now) {
        return new Request(
                requirements,
                target,
                Preferences.NONE,
                Strategy.STABLE,
                Map.of(),
                null,
                Prereleases.IF_NECESSARY,
                now);
    }

    public Request with(List<RootRequirement> requirements) {
        return copy(it -> it.requirements = requirements);
    }

    /** The same with a strategy for one package, of which some versions cannot be used. */
    public Request with(PackageName name, Strategy strategy, Map<Version, String> unusable) {
        var strategies = new HashMap<>(perPackage);
        strategies.put(name, strategy);
        var all = new HashMap<>(this.unusable);
        all.merge(name, unusable, Request::together);
        return copy(it -> {
            it.perPackage = strategies;
            it.unusable = all;
        });
    }

    private static Map<Version, String> together(
            Map<Version, String> one, Map<Version, String> other) {
        var all = new HashMap<>(one);
        all.putAll(other);
        return all;
    }

    public Request with(Preferences preferences) {
        return copy(it -> it.preferences = preferences);
    }

    public Request with(Strategy strategy) {
        return copy(it -> it.strategy = strategy);
    }

    public Request with(Judge judge) {
        return copy(it -> it.judge = judge);
    }

    public Request with(Advisories advisories) {
        return copy(it -> it.advisories = advisories);
    }

    public Request with(Prereleases prereleases) {
        return copy(it -> it.prereleases = prereleases);
    }

    /** The same, of which only files count that were there at some time. */
    public Request with(@Nullable Cutoff cutoff) {
        return copy(it -> it.cutoff = cutoff);
    }

    /** The same, with other ways to what has no wheel. */
    public Request with(Sourcing sourcing) {
        return copy(it -> it.sourcing = sourcing);
    }

    /** The same, and these holds do not count either. */
    public Request lifting(Set<Lift> more) {
        var all = new HashSet<>(lifts);
        all.addAll(more);
        return copy(it -> it.lifts = all);
    }

    private Request copy(Consumer<Parts> change) {
        var parts = new Parts(this);
        change.accept(parts);
        return parts.request();
    }

    /** The components, to change some of them. */
    private static final class Parts {
        private final Request of;
        private List<RootRequirement> requirements;
        private Preferences preferences;
        private Strategy strategy;
        private Map<PackageName, Strategy> perPackage;
        private @Nullable Judge judge;
        private Set<Lift> lifts;
        private Advisories advisories;
        private Prereleases prereleases;
        private Map<PackageName, Map<Version, String>> unusable;
        private @Nullable Cutoff cutoff;
        private Sourcing sourcing;

        Parts(Request of) {
            this.of = of;
            this.requirements = of.requirements;
            this.preferences = of.preferences;
            this.strategy = of.strategy;
            this.perPackage = of.perPackage;
            this.judge = of.judge;
            this.lifts = of.lifts;
            this.advisories = of.advisories;
            this.prereleases = of.prereleases;
            this.unusable = of.unusable;
            this.cutoff = of.cutoff;
            this.sourcing = of.sourcing;
        }

        Request request() {
            return new Request(
                    requirements,
                    of.target,
                    preferences,
                    strategy,
                    perPackage,
                    of.own,
                    judge,
                    lifts,
                    advisories,
                    prereleases,
                    of.now,
                    unusable,
                    cutoff,
                    sourcing);
        }
    }

    /** Whether a hold on the version would not count. */
    public boolean mayLift(PackageName name, Version version) {
        return lifts.stream().anyMatch(it -> it.isAbout(name, version));
    }

    /** The versions of a package that a person named to lift what holds them, in order. */
    public List<Version> liftedByName(PackageName name) {
        return lifts.stream()
                .filter(it -> it.name().equals(name))
                .flatMap(it -> Stream.ofNullable(it.version()))
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether the whole or a package of its own strategy ranks an objective. */
    public boolean wants(Objective objective) {
        return strategy.wants(objective)
                || perPackage.values().stream().anyMatch(it -> it.wants(objective));
    }

    /** Whether a judgement of the version is a hold, of rules none of which count. */
    public boolean lifts(PackageName name, Version version, Judgement judgement) {
        return judgement.outcome() == dev.blast.rules.vocabulary.Outcome.HELD
                && judgement.deciding().stream()
                        .allMatch(hold ->
                                lifts.stream()
                                        .anyMatch(it ->
                                                it.isAbout(name, version) && it.covers(hold)));
    }

    /** How many places its strategies have at most. */
    public int places() {
        int places = strategy.places().size();
        for (Strategy own : perPackage.values()) {
            places = Math.max(places, own.places().size());
        }
        return places;
    }

    public Strategy strategyFor(PackageName name) {
        return perPackage.getOrDefault(name, strategy);
    }
}
