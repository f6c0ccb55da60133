package dev.blast.solver.search;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.solver.PackagePart;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Score;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.Effort;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.States;
import dev.blast.solver.optimise.Core;
import dev.blast.solver.optimise.Draft;
import dev.blast.solver.optimise.Slot;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers near others, each found by a search of its own. For one thread. */
final class Neighbours implements Core<Search.End.Found> {
    /** Versions that one search may read. */
    private static final int READS = 16;

    /** Answers that are no better, before a package is left as it is. */
    private static final int TRIES = 8;

    private final View view;
    private final List<RootRequirement> requirements;
    private final Effort effort;
    private final Appraiser appraiser;
    private final Ranking ranking;
    private final Drafts drafts;
    private final int end;
    private final int places;
    private boolean exhausted;
    private final IdentityHashMap<Search.End.Found, Ties> ties = new IdentityHashMap<>();

    /**
     * @param reads versions that all of them together may read
     */
    Neighbours(View view, List<RootRequirement> requirements, Effort effort, int reads) {
        this.view = view;
        this.requirements = requirements;
        this.effort = effort;
        this.appraiser = view.appraiser(requirements);
        this.places = view.knowledge().request().places();
        this.ranking = view.ranking();
        this.drafts = new Drafts(view, requirements, appraiser);
        this.end = view.ledger().versionsRead() + reads;
    }

    @Override
    public int places() {
        return places;
    }

    @Override
    public Map<PackagePart, Integer> states(Search.End.Found answer) {
        Map<PackagePart, Integer> states = new LinkedHashMap<>();
        needed(answer).forEach((node, state) -> states.put(Drafts.part(node), state));
        return states;
    }

    @Override
    public List<PackageName> burdens(Search.End.Found answer, int place) {
        return new Prospects(appraiser, ties(answer), place, place == places - 1).packages();
    }

    @Override
    public Search.End.@Nullable Found near(
            Search.End.Found answer,
            int place,
            PackageName name,
            Others others,
            Predicate<Search.End.Found> wanted)
            throws IndexException {
        if (others == Others.NO_WORSE && !canRise(answer, name)) {
            return null;
        }
        Neighbourhood around = around(answer, place, name, others);
        for (int tries = 0; tries < TRIES; tries++) {
            int reads = Math.clamp(end - view.ledger().versionsRead(), 0, READS);
            Search.End.Found found = search(around.near(answer), reads);
            if (found == null || wanted.test(found)) {
                return found;
            }
            around = without(around, found, answer, place, name);
        }
        return null;
    }

    /** Whether a better version is let through by all that cannot move without becoming worse. */
    private boolean canRise(Search.End.Found answer, PackageName name) {
        Ties held = ties(answer);
        Set<Node> movable = held.movable(Set.of());
        return held.states().keySet().stream()
                .anyMatch(node ->
                        node.base() == node
                                && node.name().equals(name)
                                && held.canRise(node, movable));
    }

    private Neighbourhood around(
            Search.End.Found answer, int place, PackageName name, Others others) {
        Neighbourhood around = Neighbourhood.EVERYTHING;
        for (var entry : packages(answer).entrySet()) {
            Domain domain = entry.getKey();
            Score now = score(domain, entry.getValue());
            if (domain.name().equals(name)) {
                around = around.with(name, those(domain, it -> it.isBetterIn(place, now)));
            } else {
                int held = others == Others.NO_WORSE ? place : place - 1;
                around =
                        around.with(
                                domain.name(), those(domain, it -> it.isNoWorseUpTo(held, now)));
            }
        }
        return around;
    }

    /**
     * Without an answer that was found and is no better: what came with it is left out, what became
     * worse is held, one package after another; where there is none of either, without the version
     * that the package has in it.
     */
    private Neighbourhood without(
            Neighbourhood around,
            Search.End.Found found,
            Search.End.Found answer,
            int place,
            PackageName name) {
        Map<Domain, Integer> before = packages(answer);
        Map<Domain, Integer> after = packages(found);
        for (var entry : after.entrySet()) {
            Domain domain = entry.getKey();
            Score now = score(domain, before.getOrDefault(domain, States.ABSENT));
            if (!domain.name().equals(name)
                    && !score(domain, entry.getValue()).isNoWorseUpTo(place, now)) {
                return around.with(
                        domain.name(), those(domain, it -> it.isNoWorseUpTo(place, now)));
            }
        }
        for (Domain domain : before.keySet()) {
            if (domain.name().equals(name)) {
                States had = only(domain, after.getOrDefault(domain, States.ABSENT));
                return around.with(name, had.not());
            }
        }
        return around;
    }

    private static States only(Domain domain, int state) {
        return States.of(domain.versions().size() + 1, state);
    }

    private Score score(Domain domain, int state) {
        return appraiser.choices(domain).score(state);
    }

    private States those(Domain domain, Predicate<Score> which) {
        return appraiser.choices(domain).those(which);
    }

    private Search.End.@Nullable Found search(Neighbourhood neighbourhood, int reads)
            throws IndexException {
        var bounds = new Bounds(neighbourhood, reads, Leaps.PATIENCE);
        return switch (new Search(view, bounds, effort).run(requirements)) {
            case Search.End.Found found -> found;
            case Search.End.Impossible _ -> null;
            case Search.End.Open _ -> {
                exhausted = true;
                yield null;
            }
        };
    }

    @Override
    public boolean isExhausted() {
        return exhausted;
    }

    @Override
    public Draft draft(Search.End.Found answer) throws IndexException {
        return drafts.of(needed(answer));
    }

    @Override
    public Search.End.@Nullable Found answer(Draft draft) throws IndexException {
        if (!draft.isValid()) {
            return null;
        }
        Neighbourhood exactly = Neighbourhood.EVERYTHING;
        for (Slot slot : draft.slots()) {
            if (slot.part().extra() == null) {
                Domain domain = view.domain(slot.part().name());
                exactly =
                        exactly.with(
                                slot.part().name(),
                                States.of(
                                        domain.versions().size() + 1,
                                        States.ABSENT,
                                        slot.value().state()));
            }
        }
        return search(exactly, 0);
    }

    Map<Domain, Integer> packages(Search.End.Found answer) {
        return needed(answer).entrySet().stream()
                .filter(it -> it.getKey().base() == it.getKey())
                .collect(
                        Collectors.toMap(
                                it -> it.getKey().domain(),
                                Map.Entry::getValue,
                                (one, _) -> one,
                                LinkedHashMap::new));
    }

    private Map<Node, Integer> needed(Search.End.Found answer) {
        return ties(answer).states();
    }

    private Ties ties(Search.End.Found answer) {
        return ties.computeIfAbsent(answer, this::tie);
    }

    private Ties tie(Search.End.Found answer) {
        try {
            return Ties.of(answer, ranking, requirements);
        } catch (IndexException e) {
            throw new IllegalStateException("a version was chosen unread", e);
        }
    }
}
