package dev.blast.solver.search;

import dev.blast.index.Formats;
import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.rules.fact.Candidate;
import dev.blast.solver.Companions;
import dev.blast.solver.Judge;
import dev.blast.solver.Overrides;
import dev.blast.solver.Pin;
import dev.blast.solver.Request;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Target;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks an answer against the requirements alone, without anything the search knows: each
 * requirement of the request and of every pin (or what overrides it) is met by a pin, each wheel
 * can be installed, and each pin is needed; and each two of them may stand together. Pure.
 */
final class Verification {
    private final Target target;
    private final Overrides overrides;
    private final StandIns standIns;
    private final Map<PackageName, Pin> pins = new HashMap<>();
    private final Map<PackageName, Set<ExtraName>> extras = new HashMap<>();
    private final Deque<Pin> open = new ArrayDeque<>();
    private final List<String> faults = new ArrayList<>();

    private Verification(Target target, Overrides overrides, StandIns standIns, List<Pin> pins) {
        this.standIns = standIns;
        this.target = target;
        this.overrides = overrides;
        for (Pin pin : pins) {
            if (this.pins.put(pin.name(), pin) != null) {
                faults.add("%s is chosen twice".formatted(pin.name()));
            }
        }
    }

    /**
     * What is wrong, empty where nothing is.
     *
     * @param candidates the chosen versions as the rules see them
     */
    static List<String> faults(
            Request request,
            List<RootRequirement> requirements,
            Resolution resolution,
            List<Candidate> candidates)
            throws IndexException {
        Target target = request.target();
        var verification =
                new Verification(
                        target,
                        Overrides.of(requirements, target.markers()),
                        new StandIns(request),
                        resolution.pins());
        for (RootRequirement root : requirements) {
            if (root.requirement().appliesTo(target.markers(), Set.of())) {
                verification.meet(root);
            }
        }
        verification.follow();
        Optional.ofNullable(request.judge())
                .flatMap(Judge::companions)
                .ifPresent(rules -> verification.together(rules, candidates));
        return verification.faults;
    }

    /** Each two are asked about, without a thought of their kinds. */
    private void together(Companions rules, List<Candidate> candidates) {
        for (Candidate one : candidates) {
            for (Candidate other : candidates) {
                if (one.name().compareTo(other.name()) < 0 && !rules.judge(one, other).allowed()) {
                    faults.add(
                            "the rules keep %s %s and %s %s apart"
                                    .formatted(
                                            one.name(),
                                            one.version(),
                                            other.name(),
                                            other.version()));
                }
            }
        }
    }

    private void meet(RootRequirement root) {
        Pin pin = pins.get(root.requirement().name());
        if (!root.constraint()) {
            meet(root.requirement(), root.origin());
        } else if (pin != null && !root.requirement().specifier().contains(pin.version())) {
            faults.add(
                    "%s allows only '%s', chosen is %s"
                            .formatted(root.origin(), root.requirement(), pin.version()));
        }
    }

    private void meet(Requirement requirement, String requirer) {
        Pin pin = pins.get(requirement.name());
        if (pin == null) {
            faults.add("%s needs '%s', which is not chosen".formatted(requirer, requirement));
            return;
        }
        if (requirement.url() == null && !requirement.specifier().contains(pin.version())) {
            faults.add(
                    "%s needs '%s', chosen is %s".formatted(requirer, requirement, pin.version()));
        }
        Set<ExtraName> known = extras.get(pin.name());
        if (known == null) {
            extras.put(pin.name(), new TreeSet<>(requirement.extras()));
            open.add(pin);
        } else if (known.addAll(requirement.extras())) {
            open.add(pin);
        }
    }

    private void follow() throws IndexException {
        while (!open.isEmpty()) {
            Pin pin = open.removeFirst();
            for (Requirement requirement : pin.dependencies()) {
                if (requirement.appliesTo(target.markers(), Set.of())
                        || requirement.appliesTo(
                                target.markers(), extras.getOrDefault(pin.name(), Set.of()))) {
                    Requirement left = overrides.leave(requirement).orElse(null);
                    for (Requirement it :
                            left == null ? List.<Requirement>of() : standIns.leave(left)) {
                        meet(it, pin.toString());
                    }
                }
            }
        }
        for (Pin pin : pins.values()) {
            Set<ExtraName> needed = extras.get(pin.name());
            if (needed == null) {
                faults.add("%s is chosen, and nothing needs it".formatted(pin));
            } else if (!pin.extras().equals(needed)) {
                faults.add(
                        "%s is chosen with the extras %s, needed are %s"
                                .formatted(pin, pin.extras(), needed));
            }
            if (!(FileChoice.among(List.of(pin.file()), target, Formats.Format.ANY)
                    instanceof Fitness.Fit)) {
                faults.add("%s cannot be installed: %s".formatted(pin, pin.file().filename()));
            }
        }
    }
}
