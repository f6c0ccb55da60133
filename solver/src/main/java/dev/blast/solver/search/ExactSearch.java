package dev.blast.solver.search;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.solver.Optimum;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Score;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.Effort;
import dev.blast.solver.logic.States;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds how good an answer can be, by branch and bound. A neighbourhood has a bound: what each
 * package adds at its best in it. Where the answer that the complete core finds there is above the
 * bound, the package that is above it most is either better than in that answer or not, which makes
 * two neighbourhoods of one; those whose bound is not below the best answer are left out. For one
 * thread, for one use.
 */
final class ExactSearch {
    /** Searches that are made at most where better answers are found again and again. */
    private static final int MOST = 400;

    /** Versions that one search may read, and that it may read before it leaps at once. */
    private static final int READS = 256;

    private static final int FIRST_READS = 8;

    private final View view;
    private final List<RootRequirement> requirements;
    private final Effort effort;
    private final Neighbours neighbours;
    private final Appraiser appraiser;
    private final int places;
    private final int end;

    /** Packages that are in some answer, or locked. */
    private final Map<PackageName, Domain> known = new LinkedHashMap<>();

    /** The best answer that was found; null where none was better than the one at hand. */
    private Search.End.@Nullable Found best;

    /**
     * @param reads versions that all searches together may read
     */
    ExactSearch(View view, List<RootRequirement> requirements, Effort effort, int reads)
            throws IndexException {
        this.view = view;
        this.requirements = requirements;
        this.effort = effort;
        this.neighbours = new Neighbours(view, requirements, effort, reads);
        this.appraiser = view.appraiser(requirements);
        this.places = view.knowledge().request().places();
        this.end = view.ledger().versionsRead() + reads;
        for (PackageName name : view.knowledge().request().preferences().locked().keySet()) {
            known.put(name, view.domain(name));
        }
    }

    /**
     * The best that there is.
     *
     * @param answer to begin with
     * @param score of an answer at hand, which may be another one
     * @param patience searches since the answer at hand or a better one was found
     */
    Optimum run(Search.End.Found answer, Score score, int patience) throws IndexException {
        int limit = patience;
        Score least = score;
        int searches = 0;
        boolean complete = true;
        Map<Domain, Integer> first = packages(answer);
        if (score(first).isBetterThan(least)) {
            least = score(first);
            best = answer;
        }
        Deque<Neighbourhood> open = new ArrayDeque<>();
        divide(Neighbourhood.EVERYTHING, first).forEach(open::push);
        while (!open.isEmpty()) {
            Neighbourhood next = open.pop();
            if (!bound(next).isBetterThan(least)) {
                continue;
            }
            if (searches == limit) {
                return new Optimum(least, searches, false);
            }
            searches++;
            Neighbourhood hopeful = hopeful(next, least);
            switch (search(hopeful)) {
                case Search.End.Impossible _ -> {}
                case Search.End.Open _ -> complete = false;
                case Search.End.Found found -> {
                    Map<Domain, Integer> states = packages(found);
                    Score its = score(states);
                    if (its.isBetterThan(least)) {
                        least = its;
                        limit =
                                (int)
                                        Math.min(
                                                (long) searches + patience,
                                                Math.max(patience, MOST));
                        best = found;
                    }
                    divide(hopeful, states).forEach(open::push);
                }
            }
        }
        return new Optimum(least, searches, complete);
    }

    private Map<Domain, Integer> packages(Search.End.Found answer) {
        Map<Domain, Integer> states = neighbours.packages(answer);
        states.keySet().forEach(domain -> known.putIfAbsent(domain.name(), domain));
        return states;
    }

    Search.End.@Nullable Found best() {
        return best;
    }

    /**
     * Without the versions of known packages that no better answer can have, whatever becomes of
     * the others: nobody need read what they require, or build one to know it.
     */
    private Neighbourhood hopeful(Neighbourhood neighbourhood, Score least) {
        Score bound = bound(neighbourhood);
        Neighbourhood hopeful = neighbourhood;
        for (Domain domain : known.values()) {
            Score own = sum(place -> least(neighbourhood, domain, place));
            States those =
                    appraiser
                            .choices(domain)
                            .those(score ->
                                    sum(place -> bound.in(place) - own.in(place) + score.in(place))
                                            .isBetterThan(least));
            hopeful = hopeful.with(domain.name(), those);
        }
        return hopeful;
    }

    /** Goes on in leaps where the next versions of what was refused lead to nothing. */
    private Search.End search(Neighbourhood neighbourhood) throws IndexException {
        Search.End end = search(neighbourhood, FIRST_READS, false);
        return end instanceof Search.End.Open ? search(neighbourhood, READS, true) : end;
    }

    private Search.End search(Neighbourhood neighbourhood, int most, boolean recalls)
            throws IndexException {
        int reads = Math.clamp(end - view.ledger().versionsRead(), 0, most);
        return new Search(
                        view,
                        new Bounds(
                                neighbourhood,
                                Allowance.reads(reads),
                                Leaps.PATIENCE,
                                recalls,
                                false),
                        effort)
                .run(requirements);
    }

    /** The two parts of a neighbourhood, the better one last; none where its bound is reached. */
    private List<Neighbourhood> divide(Neighbourhood neighbourhood, Map<Domain, Integer> states) {
        for (int place = 0; place < places; place++) {
            int at = place;
            Optional<Domain> above =
                    known.values().stream()
                            .filter(domain -> above(neighbourhood, states, domain, at) > 0)
                            .max(
                                    Comparator.comparingLong(
                                            domain -> above(neighbourhood, states, domain, at)));
            if (above.isPresent()) {
                Domain domain = above.get();
                long now = value(domain, state(states, domain), at);
                return List.of(
                        neighbourhood.with(domain.name(), those(domain, at, it -> it >= now)),
                        neighbourhood.with(domain.name(), those(domain, at, it -> it < now)));
            }
        }
        return List.of();
    }

    private long above(
            Neighbourhood neighbourhood, Map<Domain, Integer> states, Domain domain, int place) {
        return value(domain, state(states, domain), place) - least(neighbourhood, domain, place);
    }

    private Score score(Map<Domain, Integer> states) {
        return sum(place ->
                known.values().stream()
                        .mapToLong(domain -> value(domain, state(states, domain), place))
                        .sum());
    }

    private Score bound(Neighbourhood neighbourhood) {
        return sum(place ->
                known.values().stream()
                        .mapToLong(domain -> least(neighbourhood, domain, place))
                        .sum());
    }

    /** What is summed up for one place. */
    private interface Summed {
        long in(int place);
    }

    private Score sum(Summed summed) {
        List<Long> sums = new ArrayList<>();
        for (int place = 0; place < places; place++) {
            sums.add(summed.in(place));
        }
        return new Score(sums);
    }

    private long value(Domain domain, int state, int place) {
        return appraiser.choices(domain).score(state).in(place);
    }

    /** The least that a package adds to a place in a neighbourhood. */
    private long least(Neighbourhood neighbourhood, Domain domain, int place) {
        States within = neighbourhood.within().get(domain.name());
        return appraiser.choices(domain).scores().entrySet().stream()
                .filter(it -> within == null || within.contains(it.getKey()))
                .mapToLong(it -> it.getValue().in(place))
                .min()
                .orElse(0);
    }

    private States those(Domain domain, int place, LongPredicate which) {
        return appraiser.choices(domain).those(score -> which.test(score.in(place)));
    }

    private static int state(Map<Domain, Integer> states, Domain domain) {
        return states.getOrDefault(domain, States.ABSENT);
    }
}
