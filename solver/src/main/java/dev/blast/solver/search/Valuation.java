package dev.blast.solver.search;

import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.Aim;
import dev.blast.solver.Appraisal;
import dev.blast.solver.Motive;
import dev.blast.solver.Optimum;
import dev.blast.solver.Pin;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Resolution;
import dev.blast.solver.UnsupportedRequirementException;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.States;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What answers are worth by a request's strategy, be they found by it or not: counted over all
 * versions that the index has, also where a lock gave the answer. For one thread.
 */
public final class Valuation {
    private final Knowledge knowledge;

    /**
     * Nothing is asked of the index yet.
     *
     * @param request with the strategy to count by
     * @throws UnsupportedRequirementException for an address that no wheel is behind
     */
    public Valuation(Request request, Index index) {
        this.knowledge = new Knowledge(request, index);
    }

    /** What an answer counts, and the least that any could; how it was found stays with it. */
    public Appraisal of(Resolution resolution) throws IndexException {
        View view = view(resolution.pins());
        Map<Domain, Integer> states = new LinkedHashMap<>();
        for (Pin pin : resolution.pins()) {
            Domain domain = view.domain(pin.name());
            states.put(domain, domain.state(pin.version()));
        }
        Appraisal found = resolution.appraisal();
        Appraisal counted =
                new Appraiser(view, knowledge.request().requirements())
                        .appraise(states, found.improvements(), found.open());
        Optimum optimum = found.optimum();
        return optimum == null ? counted : counted.with(optimum);
    }

    /** Why an answer has this version and not another one that is there. */
    public Motive motive(Pin pin, Version there) throws IndexException {
        View view = view(List.of(pin));
        Domain domain = view.domain(pin.name());
        int before = domain.state(there);
        if (before == States.ABSENT || !(view.fitness(domain, before) instanceof Fitness.Fit)) {
            return new Motive.NotUsable();
        }
        if (knowledge.needs(domain, before, null) instanceof Needs.Refused
                || !knowledge.isAllowed(domain, before)) {
            return knowledge.lastWord(domain, before).stream()
                    .flatMap(judgement -> judgement.deciding().stream())
                    .findFirst()
                    .<Motive>map(Motive.Refused::new)
                    .orElseGet(Motive.NotUsable::new);
        }
        var choices = new Choices(view, domain, knowledge.request().requirements());
        return compare(choices, pin.name(), domain.state(pin.version()), before);
    }

    private Motive compare(Choices choices, PackageName name, int chosen, int before) {
        for (List<Aim> place : knowledge.request().strategyFor(name).places()) {
            int order =
                    Long.compare(choices.weighed(place, chosen), choices.weighed(place, before));
            if (order > 0) {
                return new Motive.NotFitting();
            } else if (order < 0) {
                return better(choices, place, chosen, before);
            }
        }
        return new Motive.Equal();
    }

    /** Where a place has several objectives, the one that gains most. */
    private static Motive better(Choices choices, List<Aim> place, int chosen, int before) {
        Aim aim =
                place.stream()
                        .min(
                                Comparator.comparingLong(it ->
                                        choices.weighed(List.of(it), chosen)
                                                - choices.weighed(List.of(it), before)))
                        .orElseThrow();
        return new Motive.Better(
                aim,
                choices.count(aim.objective(), chosen),
                choices.count(aim.objective(), before));
    }

    /** A pre-release that is in the answer was conceded to it. */
    private View view(List<Pin> pins) {
        Set<PackageName> prereleases =
                pins.stream()
                        .filter(pin -> pin.version().isPrerelease())
                        .map(Pin::name)
                        .collect(Collectors.toSet());
        return new View(
                knowledge, new Ledger(Progress.SILENT), Concessions.prereleases(prereleases));
    }
}
