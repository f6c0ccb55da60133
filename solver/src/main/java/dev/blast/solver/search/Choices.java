package dev.blast.solver.search;

import dev.blast.packaging.Requirement;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.Aim;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Score;
import dev.blast.solver.Strategy;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.States;
import dev.blast.solver.objective.Formula;
import dev.blast.solver.objective.Weighable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one package that can be used and may be chosen, as options to be weighed.
 * Versions are looked at when a number is asked for that needs them. For one thread.
 */
final class Choices {
    private static final Score NOTHING = new Score(List.of());

    private final View view;
    private final Domain domain;
    private final List<RootRequirement> requirements;
    private final ListedVersions listing;
    private final States range;
    private final Map<Integer, Score> known = new HashMap<>();
    private @Nullable Counts counts;
    private @Nullable Map<Integer, Score> scores;
    private int mostPoints = -1;

    /**
     * @param requirements that any answer has to meet
     */
    Choices(View view, Domain domain, List<RootRequirement> requirements) {
        this.view = view;
        this.domain = domain;
        this.requirements = requirements;
        this.listing = ListedVersions.of(view, domain);
        this.range = letThrough();
    }

    /** What a usable version, or the absence of the package, adds to a place, in thousandths. */
    long weighed(List<Aim> place, int state) {
        return state == States.ABSENT
                ? Formula.weighedAbsence(place, isLocked())
                : Formula.weighed(place, option(state));
    }

    /** The same for an objective alone, in its own unit. */
    long count(Objective objective, int state) {
        return state == States.ABSENT
                ? Formula.countAbsence(objective, isLocked())
                : Formula.count(objective, option(state));
    }

    /**
     * What each usable version adds to the places of the package's own strategy, and absence, by
     * state; nothing for states that no answer can have. Looks at every version.
     */
    Map<Integer, Score> scores() {
        if (scores == null) {
            counts = new Counts(usable());
            var found = new TreeMap<Integer, Score>();
            for (int state = range.next(0); state >= 0; state = range.next(state + 1)) {
                if (isPossible(state)) {
                    found.put(state, known.computeIfAbsent(state, this::weighed));
                }
            }
            scores = found;
        }
        return scores;
    }

    /** The same of one state, which looks at fewer; nothing where no answer can have it. */
    Score score(int state) {
        return isPossible(state) ? known.computeIfAbsent(state, this::weighed) : NOTHING;
    }

    /** Whether an answer can have the state. */
    boolean isPossible(int state) {
        return range.contains(state) && (state == States.ABSENT || view.isUsable(domain, state));
    }

    private Score weighed(int state) {
        return new Score(strategy().places().stream().map(place -> weighed(place, state)).toList());
    }

    /** The states whose score is as wanted. */
    States those(Predicate<Score> which) {
        return States.of(
                domain.versions().size() + 1,
                scores().entrySet().stream()
                        .filter(it -> which.test(it.getValue()))
                        .mapToInt(Map.Entry::getKey)
                        .toArray());
    }

    Strategy strategy() {
        return view.knowledge().request().strategyFor(domain.name());
    }

    private boolean isLocked() {
        return view.knowledge().roots().locked(domain.name()) != null;
    }

    /**
     * The least that the aims of a place can sum up to, whatever becomes of the other packages:
     * over the usable versions that the request lets through, and absence where the request does
     * not ask for the package.
     */
    long least(List<Aim> place) {
        long least = range.contains(States.ABSENT) ? weighed(place, States.ABSENT) : Long.MAX_VALUE;
        if (least == 0) {
            return 0;
        }
        for (int listed : listing.order(List.of(place), _ -> false)) {
            int state = listed + 1;
            if (range.contains(state) && view.isUsable(domain, state)) {
                least = Math.min(least, weighed(place, state));
            }
            if (least == 0) {
                break;
            }
        }
        return least;
    }

    /** The states that the requirements on the package itself let through, usable or not. */
    States range() {
        return range;
    }

    private States letThrough() {
        States range = domain.present();
        boolean asked = false;
        for (RootRequirement root : requirements) {
            Requirement requirement = root.requirement();
            if (requirement.name().equals(domain.name())
                    && view.knowledge().roots().applies(requirement)) {
                asked |= !root.constraint();
                if (requirement.url() == null) {
                    range = range.and(domain.accepted(requirement.specifier().versions()));
                }
            }
        }
        return asked ? range : range.with(States.ABSENT);
    }

    /** How many usable versions there are whose place in the listing is such. */
    private long usable(IntPredicate places) {
        return IntStream.rangeClosed(1, domain.versions().size())
                .filter(state -> places.test(state - 1))
                .filter(state -> view.isUsable(domain, state))
                .count();
    }

    private States usable() {
        int[] usable =
                IntStream.rangeClosed(1, domain.versions().size())
                        .filter(state -> view.isUsable(domain, state))
                        .toArray();
        return States.of(domain.versions().size() + 1, usable);
    }

    /** As listed, but that only usable versions count. */
    private Weighable option(int state) {
        return listing.new Listed(state - 1) {
            @Override
            public long newer() {
                return counts == null
                        ? usable(place -> listing.isNewer(place, state - 1))
                        : counts.newer[state - 1];
            }

            @Override
            public long older() {
                return counts == null
                        ? usable(place -> listing.isOlder(place, state - 1))
                        : counts.older[state - 1];
            }

            @Override
            public int mostPoints() {
                if (mostPoints < 0) {
                    mostPoints = mostUsablePoints();
                }
                return mostPoints;
            }
        };
    }

    private int mostUsablePoints() {
        return listing.givesPoints()
                ? IntStream.rangeClosed(1, domain.versions().size())
                        .filter(it -> view.isUsable(domain, it))
                        .map(this::points)
                        .max()
                        .orElse(0)
                : 0;
    }

    /** For each place of the listing, how many usable versions are newer than it, and older. */
    private final class Counts {
        final int[] newer;
        final int[] older;

        Counts(States usable) {
            newer = before(usable, listing::isNewer);
            older = before(usable, listing::isOlder);
        }

        private int[] before(States usable, BiPredicate<Integer, Integer> goesFirst) {
            int[] counts = new int[domain.versions().size()];
            int sum = 0;
            for (int place :
                    IntStream.range(0, counts.length)
                            .boxed()
                            .sorted((one, other) ->
                                    goesFirst.test(one, other)
                                            ? -1
                                            : goesFirst.test(other, one) ? 1 : 0)
                            .toList()) {
                counts[place] = sum;
                sum += usable.contains(place + 1) ? 1 : 0;
            }
            return counts;
        }
    }

    private int points(int state) {
        return listing.at(state - 1).points();
    }
}
