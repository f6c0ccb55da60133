package dev.blast.solver.search;

import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.Aim;
import dev.blast.solver.PackagePart;
import dev.blast.solver.Request;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Score;
import dev.blast.solver.Strategy;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.Effort;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.States;
import dev.blast.solver.objective.Formula;
import dev.blast.solver.optimise.Core;
import dev.blast.solver.optimise.Draft;
import dev.blast.solver.optimise.Slot;
import dev.blast.solver.optimise.SlotValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers near others, each found by a search of its own. Together they may read as much as a part
 * of what was read before, and so much at least. For one thread.
 */
final class Neighbours implements Core<Search.End.Found> {
    /** Versions that one search may read. */
    private static final int READS = 16;

    /** Answers that are no better, before a package is left as it is. */
    private static final int TRIES = 8;

    private static final Score NOTHING = new Score(List.of());

    private static final int ALL_READS = 16;
    private static final int READS_PART = 8;

    private final View view;
    private final List<RootRequirement> requirements;
    private final Effort effort;
    private final Appraiser appraiser;
    private final Ranking ranking;
    private final int end;
    private final int places;
    private boolean exhausted;
    private final IdentityHashMap<Search.End.Found, Ties> ties = new IdentityHashMap<>();

    Neighbours(View view, List<RootRequirement> requirements, Effort effort) {
        this.view = view;
        this.requirements = requirements;
        this.effort = effort;
        this.appraiser = new Appraiser(view, requirements);
        this.places = view.knowledge().request().places();
        this.ranking = view.ranking();
        int read = view.ledger().versionsRead();
        this.end = read + Math.max(ALL_READS, read / READS_PART);
    }

    @Override
    public int places() {
        return places;
    }

    @Override
    public Map<PackagePart, Integer> states(Search.End.Found answer) {
        Map<PackagePart, Integer> states = new LinkedHashMap<>();
        needed(answer).forEach((node, state) -> states.put(part(node), state));
        return states;
    }

    @Override
    public List<PackageName> burdens(Search.End.Found answer, int place) {
        return new Prospects(answer, place).packages();
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
        return appraiser.choices(domain).scores().getOrDefault(state, NOTHING);
    }

    private States those(Domain domain, Predicate<Score> which) {
        return States.of(
                domain.versions().size() + 1,
                appraiser.choices(domain).scores().entrySet().stream()
                        .filter(it -> which.test(it.getValue()))
                        .mapToInt(Map.Entry::getKey)
                        .toArray());
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
        List<Node> nodes = List.copyOf(needed(answer).keySet());
        Map<PackagePart, Integer> numbers = new LinkedHashMap<>();
        for (Node node : nodes) {
            numbers.put(part(node), numbers.size());
        }
        Set<PackagePart> asked = asked();
        List<Slot> slots = new ArrayList<>();
        for (Node node : nodes) {
            List<SlotValue> range = range(node, numbers, asked.contains(part(node)));
            int state = needed(answer).getOrDefault(node, States.ABSENT);
            slots.add(
                    new Slot(
                            slots.size(),
                            part(node),
                            numbers.getOrDefault(new PackagePart(node.name(), null), slots.size()),
                            range,
                            range.stream()
                                    .filter(value -> value.state() == state)
                                    .findFirst()
                                    .orElseThrow()));
        }
        for (PackageName name : view.knowledge().request().preferences().locked().keySet()) {
            var part = new PackagePart(name, null);
            if (!numbers.containsKey(part)) {
                SlotValue none = leftOut(name);
                slots.add(new Slot(slots.size(), part, slots.size(), List.of(none), none));
            }
        }
        return new Draft(slots, view.knowledge().request().strategy());
    }

    /** A locked package that the answer does without. */
    private SlotValue leftOut(PackageName name) {
        Request request = view.knowledge().request();
        Strategy strategy = request.strategyFor(name);
        List<Long> own = new ArrayList<>();
        if (!strategy.equals(request.strategy())) {
            strategy.places().forEach(place -> own.add(Formula.weighedAbsence(place, true)));
            return new SlotValue(States.ABSENT, List.of(), Map.of(), own);
        }
        Map<Objective, Long> counts = new EnumMap<>(Objective.class);
        for (Aim aim : strategy.aims()) {
            counts.put(aim.objective(), Formula.countAbsence(aim.objective(), true));
        }
        return new SlotValue(States.ABSENT, List.of(), counts, own);
    }

    /** The versions whose requirements are known, and speak of nothing that has no slot. */
    private List<SlotValue> range(Node node, Map<PackagePart, Integer> numbers, boolean isAsked)
            throws IndexException {
        Domain domain = node.domain();
        List<SlotValue> range = new ArrayList<>();
        for (int state : appraiser.choices(domain).scores().keySet()) {
            if (state == States.ABSENT) {
                if (!isAsked) {
                    range.add(value(node, state, List.of()));
                }
            } else if (view.knowledge().readings().isRead(domain, state)) {
                Optional<List<SlotValue.Need>> needs = needs(node, state, numbers);
                if (needs.isPresent()) {
                    range.add(value(node, state, needs.get()));
                }
            }
        }
        return range;
    }

    private SlotValue value(Node node, int state, List<SlotValue.Need> needs) {
        Choices choices = appraiser.choices(node.domain());
        Strategy strategy = choices.strategy();
        if (node.base() != node) {
            return new SlotValue(state, needs, Map.of(), List.of());
        }
        if (!strategy.equals(view.knowledge().request().strategy())) {
            Score own = choices.scores().getOrDefault(state, NOTHING);
            return new SlotValue(state, needs, Map.of(), own.places());
        }
        Map<Objective, Long> counts = new EnumMap<>(Objective.class);
        for (Aim aim : strategy.aims()) {
            counts.put(aim.objective(), choices.count(aim.objective(), state));
        }
        return new SlotValue(state, needs, counts, List.of());
    }

    private Optional<List<SlotValue.Need>> needs(
            Node node, int state, Map<PackagePart, Integer> numbers) throws IndexException {
        List<SlotValue.Need> needs = new ArrayList<>();
        if (view.knowledge().readings().needs(node.domain(), state, node.extra())
                instanceof Needs.Known(List<Requirement> known)) {
            for (Requirement requirement : known) {
                for (PackagePart part : parts(requirement)) {
                    Integer number = numbers.get(part);
                    if (number == null) {
                        return Optional.empty();
                    }
                    Domain target = view.domain(part.name());
                    States accepted =
                            requirement.url() != null
                                    ? target.present()
                                    : target.accepted(requirement.specifier().versions());
                    needs.add(new SlotValue.Need(number, accepted));
                }
            }
            return Optional.of(needs);
        }
        return Optional.empty();
    }

    private Set<PackagePart> asked() {
        Set<PackagePart> asked = new TreeSet<>(Comparator.comparing(PackagePart::toString));
        for (RootRequirement root : requirements) {
            if (!root.constraint() && view.knowledge().roots().applies(root.requirement())) {
                asked.addAll(parts(root.requirement()));
            }
        }
        return asked;
    }

    private static List<PackagePart> parts(Requirement requirement) {
        List<PackagePart> parts = new ArrayList<>();
        parts.add(new PackagePart(requirement.name(), null));
        for (ExtraName extra : requirement.extras()) {
            parts.add(new PackagePart(requirement.name(), extra));
        }
        return parts;
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

    /**
     * What could be gained in a place. A package that others hold can only do better if these move;
     * where that costs more than all that they hold could gain, nothing is asked.
     */
    private final class Prospects {
        private final int place;
        private final Map<Domain, Long> gains = new LinkedHashMap<>();
        private final Map<Domain, Set<Domain>> holders = new HashMap<>();
        private final Map<Domain, Long> costs = new HashMap<>();
        private final Map<Domain, Long> held = new HashMap<>();
        private final boolean isLast;

        Prospects(Search.End.Found answer, int place) {
            this.place = place;
            this.isLast = place == places - 1;
            needed(answer)
                    .forEach((node, state) -> {
                        if (node.base() == node) {
                            look(answer, node, state);
                        }
                    });
        }

        private void look(Search.End.Found answer, Node node, int state) {
            Domain domain = node.domain();
            Score now = score(domain, state);
            costs.put(domain, change(domain, state, now));
            long gain =
                    appraiser.choices(domain).scores().values().stream()
                            .filter(it -> it.isBetterIn(place, now))
                            .mapToLong(it -> now.in(place) - it.in(place))
                            .max()
                            .orElse(0);
            if (gain > 0) {
                Set<Domain> holding =
                        ties(answer).holders(node, those(domain, it -> it.isBetterIn(place, now)));
                gains.put(domain, gain);
                holders.put(domain, holding);
                holding.forEach(holder -> held.merge(holder, gain, Long::sum));
            }
        }

        /** The least that another state of the package costs in the place; below 0 it is gained. */
        private long change(Domain domain, int state, Score now) {
            return appraiser.choices(domain).scores().entrySet().stream()
                    .filter(it ->
                            it.getKey() != state && it.getValue().isNoWorseUpTo(place - 1, now))
                    .mapToLong(it -> it.getValue().in(place) - now.in(place))
                    .min()
                    .orElse(Long.MAX_VALUE);
        }

        /** Those first that gain most. */
        List<PackageName> packages() {
            return gains.entrySet().stream()
                    .filter(it ->
                            holders.getOrDefault(it.getKey(), Set.of()).stream()
                                    .allMatch(this::isWorthMoving))
                    .sorted(
                            Map.Entry.<Domain, Long>comparingByValue(Comparator.reverseOrder())
                                    .thenComparing(it -> it.getKey().name()))
                    .map(it -> it.getKey().name())
                    .toList();
        }

        private boolean isWorthMoving(Domain holder) {
            long cost = costs.getOrDefault(holder, Long.MAX_VALUE);
            long gain = held.getOrDefault(holder, 0L);
            return isLast ? gain > cost : gain >= cost;
        }
    }

    private static PackagePart part(Node node) {
        return new PackagePart(node.name(), node.extra());
    }
}
