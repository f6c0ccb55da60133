package dev.blast.solver;

import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.packaging.Version;
import dev.blast.rules.Outcome;
import dev.blast.solver.index.DistributionFile;
import dev.blast.solver.index.IndexException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Turns what a search decided into pins: follows the requirements from the request on, so that
 * nothing else gets in.
 */
final class Answer {
    private final Knowledge knowledge;
    private final Map<PackageName, Integer> states = new TreeMap<>();
    private final Map<PackageName, Domain> domains = new TreeMap<>();
    private final Map<PackageName, Set<ExtraName>> extras = new TreeMap<>();
    private final Deque<PackageName> open = new ArrayDeque<>();

    Answer(Knowledge knowledge, Map<Node, Integer> decided) {
        this.knowledge = knowledge;
        decided.forEach((node, state) -> {
            if (node.base() == node) {
                states.put(node.name(), state);
                domains.put(node.name(), node.domain());
            }
        });
    }

    Resolution resolution(Statistics statistics) throws IndexException {
        List<RootRequirement> requirements =
                knowledge.request().requirements().stream()
                        .filter(root -> knowledge.applies(root.requirement()))
                        .toList();
        requirements.forEach(root -> reach(root.requirement()));
        while (!open.isEmpty()) {
            needs(open.removeFirst()).forEach(this::reach);
        }
        var pins = new ArrayList<Pin>();
        var notes = new ArrayList<Note>();
        for (PackageName name : extras.keySet()) {
            pins.add(pin(name));
            note(name, notes);
        }
        return new Resolution(pins, requirements, notes, statistics);
    }

    private void reach(Requirement requirement) {
        Set<ExtraName> known = extras.get(requirement.name());
        boolean isNew = known == null;
        if (isNew) {
            known = new TreeSet<>();
            extras.put(requirement.name(), known);
        }
        if (known.addAll(requirement.extras()) || isNew) {
            open.addLast(requirement.name());
        }
    }

    /** The requirements of a chosen version with its extras, each once. */
    private Set<Requirement> needs(PackageName name) throws IndexException {
        var needs = new LinkedHashSet<Requirement>(known(name, null));
        for (ExtraName extra : extras.get(name)) {
            needs.addAll(known(name, extra));
        }
        return needs;
    }

    private List<Requirement> known(
            PackageName name, @org.jspecify.annotations.Nullable ExtraName extra)
            throws IndexException {
        return switch (knowledge.needs(domains.get(name), states.get(name), extra)) {
            case Needs.Known(List<Requirement> requirements) -> requirements;
            case Needs.Unknown(Obstacle obstacle) ->
                    throw new IllegalStateException("chosen, but %s: %s".formatted(obstacle, name));
        };
    }

    private Pin pin(PackageName name) throws IndexException {
        return new Pin(
                name,
                version(name),
                wheel(name),
                knowledge.files(domains.get(name), states.get(name)),
                extras.get(name),
                List.copyOf(needs(name)),
                knowledge.isDirect(name));
    }

    private void note(PackageName name, List<Note> notes) throws IndexException {
        Domain domain = domains.get(name);
        int state = states.get(name);
        Version version = version(name);
        knowledge
                .judgement(domain, state)
                .ifPresent(judgement ->
                        judgement
                                .warnings()
                                .forEach(reason ->
                                        notes.add(new Note.Warned(name, version, reason))));
        knowledge
                .judged(domain)
                .forEach((other, judgement) -> {
                    // Only the newest of the versions that would have gone before the chosen one.
                    if (judgement.outcome() == Outcome.HELD
                            && other > state
                            && knowledge.judged(domain).tailMap(other, false).values().stream()
                                    .noneMatch(later -> later.outcome() == Outcome.HELD)) {
                        notes.add(
                                new Note.Held(
                                        name,
                                        domain.version(other),
                                        judgement.deciding().getFirst()));
                    }
                });
        if (knowledge.isLastResort(domain, state)) {
            notes.add(new Note.Prerelease(name, version));
        }
        DistributionFile wheel = wheel(name);
        if (wheel.yanked() != null) {
            notes.add(new Note.Yanked(name, version, wheel.yanked().reason()));
        }
        Set<ExtraName> provided = knowledge.metadata(domain, state).orElseThrow().providesExtra();
        for (ExtraName extra : extras.get(name)) {
            if (!provided.contains(extra)) {
                notes.add(new Note.NoSuchExtra(name, version, extra));
            }
        }
    }

    private Version version(PackageName name) {
        return domains.get(name).version(states.get(name));
    }

    private DistributionFile wheel(PackageName name) {
        return ((Fitness.Fit) knowledge.fitness(domains.get(name), states.get(name))).wheel();
    }
}
