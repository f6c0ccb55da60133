package dev.blast.solver.search;

import dev.blast.packaging.Requirement;
import dev.blast.solver.Obstacle;
import dev.blast.solver.PackagePart;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.States;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What requirements that a search comes upon let through alone: nothing but pre-releases, or
 * nothing but versions without the extra that they name. To refuse the one who requires that would
 * mean an older version of it for no conflict at all. For one search, on one thread.
 */
final class Necessities {
    /** Versions without an extra that are looked at before nobody is believed to have it. */
    static final int LACKING = 24;

    private final View view;
    private final Set<Requirement> asked = new HashSet<>();
    private final Map<Node, List<States>> wanted = new HashMap<>();
    private final Map<Node, States> lacking = new HashMap<>();
    private Concessions found = Concessions.NONE;

    Necessities(View view) {
        this.view = view;
    }

    /** What has to be conceded. */
    Concessions found() {
        return found;
    }

    /**
     * Notes a requirement.
     *
     * @param nodes the package that it speaks of, and its extras
     */
    void ask(List<Node> nodes, Requirement requirement) {
        if (!asked.add(requirement)) {
            return;
        }
        for (Node node : nodes) {
            States accepted =
                    requirement.url() == null
                            ? node.domain().accepted(requirement.specifier().versions())
                            : node.domain().present();
            if (node.base() != node) {
                wanted.computeIfAbsent(node, _ -> new ArrayList<>())
                        .add(usable(node.domain(), accepted));
                judge(node);
            } else if (hasOnlyPrereleases(view, node.domain(), accepted)) {
                found = found.and(Concessions.prereleases(Set.of(node.name())));
            }
        }
    }

    /** Notes that a version does not have an extra. */
    void lacks(Node part, int state) {
        lacking.merge(part, States.of(part.anything().size(), state), States::or);
        judge(part);
    }

    private void judge(Node part) {
        States without = lacking.get(part);
        if (without != null
                && (without.count() >= LACKING
                        || wanted.getOrDefault(part, List.of()).stream()
                                .anyMatch(it -> it.minus(without).isEmpty()))) {
            found =
                    found.and(
                            new Concessions(
                                    Set.of(), Set.of(new PackagePart(part.name(), part.extra()))));
        }
    }

    private States usable(Domain domain, States accepted) {
        States usable = States.none(accepted.size());
        for (int state = accepted.next(1); state > 0; state = accepted.next(state + 1)) {
            usable = view.isFit(domain, state) ? usable.with(state) : usable;
        }
        return usable;
    }

    /** Whether no usable version is among some but pre-releases, which could be conceded. */
    static boolean hasOnlyPrereleases(View view, Domain domain, States accepted) {
        if (!view.knowledge().roots().mayConcede(domain.name())) {
            return false;
        }
        boolean any = false;
        for (int state = accepted.next(1); state > 0; state = accepted.next(state + 1)) {
            if (view.isFit(domain, state)) {
                return false;
            }
            any |=
                    domain.version(state).isPrerelease()
                            && view.fitness(domain, state)
                                    instanceof Fitness.Unfit(Obstacle.Prerelease _);
        }
        return any;
    }
}
