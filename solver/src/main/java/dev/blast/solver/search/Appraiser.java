package dev.blast.solver.search;

import dev.blast.packaging.PackageName;
import dev.blast.solver.Aim;
import dev.blast.solver.Appraisal;
import dev.blast.solver.Improvement;
import dev.blast.solver.Request;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Score;
import dev.blast.solver.Strategy;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.objective.Formula;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongBiFunction;

/**
 * Counts what an answer is worth, package by package, each by the strategy that it follows. For one
 * thread.
 */
final class Appraiser {
    private final View view;
    private final List<RootRequirement> requirements;
    private final Map<Domain, Choices> choices = new HashMap<>();

    /**
     * @param requirements that any answer has to meet
     */
    Appraiser(View view, List<RootRequirement> requirements) {
        this.view = view;
        this.requirements = requirements;
    }

    /**
     * What an answer is worth, and the least that any could be.
     *
     * @param states what is chosen of each package of the answer
     * @param improvements how it was come by
     * @param open whether better ones may have been missed
     */
    Appraisal appraise(Map<Domain, Integer> states, List<Improvement> improvements, boolean open) {
        Collection<Part> parts = parts(states);
        Map<Strategy, List<Part>> followers = new LinkedHashMap<>();
        followers.put(view.knowledge().request().strategy(), new ArrayList<>());
        for (Part part : parts) {
            followers.computeIfAbsent(part.strategy(), _ -> new ArrayList<>()).add(part);
        }
        List<Appraisal.Line> lines = new ArrayList<>();
        followers.forEach((strategy, followed) -> {
            if (!followed.isEmpty()) {
                strategy.aims().forEach(aim -> lines.add(line(strategy, aim, followed)));
            }
        });
        return new Appraisal(
                lines,
                score(parts, Part::weighed),
                score(parts, Part::least),
                improvements,
                open,
                null);
    }

    private Collection<Part> parts(Map<Domain, Integer> states) {
        Request request = view.knowledge().request();
        Map<PackageName, Part> parts = new TreeMap<>();
        request.preferences()
                .locked()
                .keySet()
                .forEach(name -> parts.put(name, new LeftOut(request.strategyFor(name))));
        states.forEach((domain, state) ->
                parts.put(
                        domain.name(),
                        new Taken(choices(domain), state, request.strategyFor(domain.name()))));
        return parts.values();
    }

    Choices choices(Domain domain) {
        return choices.computeIfAbsent(domain, it -> new Choices(view, it, requirements));
    }

    private static Appraisal.Line line(Strategy strategy, Aim aim, List<Part> parts) {
        List<Aim> alone = List.of(Aim.of(aim.place(), aim.objective()));
        return new Appraisal.Line(
                strategy.name(),
                aim,
                parts.stream().mapToLong(part -> part.weighed(alone)).sum() / Aim.ONE,
                parts.stream().mapToLong(part -> part.least(alone)).sum() / Aim.ONE);
    }

    /** Place by place; a strategy of single packages counts in the places of the same rank. */
    private static Score score(Collection<Part> parts, ToLongBiFunction<Part, List<Aim>> weight) {
        List<Long> places = new ArrayList<>();
        for (Part part : parts) {
            List<List<Aim>> wanted = part.strategy().places();
            for (int place = 0; place < wanted.size(); place++) {
                if (place == places.size()) {
                    places.add(0L);
                }
                long more = weight.applyAsLong(part, wanted.get(place));
                places.set(place, Math.addExact(places.get(place), more));
            }
        }
        return new Score(places);
    }

    /** What an answer does with one package. */
    private sealed interface Part {
        Strategy strategy();

        /** What it adds to a place, in thousandths. */
        long weighed(List<Aim> place);

        /** The least that the package adds to a place in any answer. */
        long least(List<Aim> place);
    }

    private record Taken(Choices choices, int state, Strategy strategy) implements Part {
        @Override
        public long weighed(List<Aim> place) {
            return choices.weighed(place, state);
        }

        @Override
        public long least(List<Aim> place) {
            return choices.least(place);
        }
    }

    /** A locked package that nothing needs any more. Another answer may need it, and keep it. */
    private record LeftOut(Strategy strategy) implements Part {
        @Override
        public long weighed(List<Aim> place) {
            return Formula.weighedAbsence(place, true);
        }

        @Override
        public long least(List<Aim> place) {
            return 0;
        }
    }
}
