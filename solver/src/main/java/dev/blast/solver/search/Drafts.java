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
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.States;
import dev.blast.solver.objective.Formula;
import dev.blast.solver.optimise.Draft;
import dev.blast.solver.optimise.Slot;
import dev.blast.solver.optimise.SlotValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes drafts of answers, with all versions whose requirements are known. For one thread. */
final class Drafts {
    private final View view;
    private final List<RootRequirement> requirements;
    private final Appraiser appraiser;

    Drafts(View view, List<RootRequirement> requirements, Appraiser appraiser) {
        this.view = view;
        this.requirements = requirements;
        this.appraiser = appraiser;
    }

    /**
     * As a draft.
     *
     * @param answer the state of each package and extra that is needed
     */
    Draft of(Map<Node, Integer> answer) throws IndexException {
        List<Node> nodes = List.copyOf(answer.keySet());
        Map<PackagePart, Integer> numbers = new LinkedHashMap<>();
        for (Node node : nodes) {
            numbers.put(part(node), numbers.size());
        }
        Set<PackagePart> asked = asked();
        List<Slot> slots = new ArrayList<>();
        for (Node node : nodes) {
            List<SlotValue> range = range(node, numbers, asked.contains(part(node)));
            int state = answer.getOrDefault(node, States.ABSENT);
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
        Choices choices = appraiser.choices(domain);
        if (!isAsked && choices.isPossible(States.ABSENT)) {
            range.add(value(node, States.ABSENT, List.of(), List.of()));
        }
        for (int state = 1; state <= domain.versions().size(); state++) {
            if (view.knowledge().readings().isRead(domain, state) && choices.isPossible(state)) {
                Optional<List<SlotValue.Need>> needs = needs(node, state, numbers);
                if (needs.isPresent()) {
                    range.add(value(node, state, needs.get(), beside(node, state, numbers)));
                }
            }
        }
        return range;
    }

    private SlotValue value(
            Node node, int state, List<SlotValue.Need> needs, List<SlotValue.Need> beside) {
        Choices choices = appraiser.choices(node.domain());
        Strategy strategy = choices.strategy();
        if (node.base() != node) {
            return new SlotValue(state, needs, Map.of(), List.of());
        }
        if (!strategy.equals(view.knowledge().request().strategy())) {
            Score own = choices.score(state);
            return new SlotValue(state, needs, beside, Map.of(), own.places());
        }
        Map<Objective, Long> counts = new EnumMap<>(Objective.class);
        for (Aim aim : strategy.aims()) {
            counts.put(aim.objective(), choices.count(aim.objective(), state));
        }
        return new SlotValue(state, needs, beside, counts, List.of());
    }

    /** What the rules let stand beside a version, where they do not let everything. */
    private List<SlotValue.Need> beside(Node node, int state, Map<PackagePart, Integer> numbers)
            throws IndexException {
        List<SlotValue.Need> beside = new ArrayList<>();
        Pairs pairs = view.knowledge().pairs().orElse(null);
        if (pairs == null || node.base() != node) {
            return beside;
        }
        for (Map.Entry<PackagePart, Integer> other : numbers.entrySet()) {
            PackagePart part = other.getKey();
            if (part.extra() == null && !part.name().equals(node.name())) {
                Domain domain = view.domain(part.name());
                States apart = pairs.apart(node.domain(), state, domain);
                if (!apart.isEmpty()) {
                    beside.add(new SlotValue.Need(other.getValue(), apart.not()));
                }
            }
        }
        return beside;
    }

    private Optional<List<SlotValue.Need>> needs(
            Node node, int state, Map<PackagePart, Integer> numbers) throws IndexException {
        List<SlotValue.Need> needs = new ArrayList<>();
        if (view.knowledge().needs(node.domain(), state, node.extra())
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

    static PackagePart part(Node node) {
        return new PackagePart(node.name(), node.extra());
    }
}
