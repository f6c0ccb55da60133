package dev.blast.solver.search;

import dev.blast.packaging.Requirement;
import dev.blast.rules.vocabulary.Objective;
import dev.blast.solver.Aim;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.States;
import dev.blast.solver.objective.Formula;
import dev.blast.solver.objective.Weighable;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The versions of one package that can be used and may be chosen, as options to be weighed.
 * Versions are looked at when a number is asked for that needs them. For one thread.
 */
final class Choices {
    private final View view;
    private final Domain domain;
    private final List<RootRequirement> requirements;
    private final ListedVersions listing;

    /**
     * @param requirements that any answer has to meet
     */
    Choices(View view, Domain domain, List<RootRequirement> requirements) {
        this.view = view;
        this.domain = domain;
        this.requirements = requirements;
        this.listing = ListedVersions.of(view, domain);
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

    private boolean isLocked() {
        return view.knowledge().roots().locked(domain.name()) != null;
    }

    /**
     * The least that the aims of a place can sum up to, whatever becomes of the other packages:
     * over the usable versions that the request lets through, and absence where the request does
     * not ask for the package.
     */
    long least(List<Aim> place) {
        States range = range();
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
    private States range() {
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

    private IntStream usable(IntPredicate which) {
        return IntStream.rangeClosed(1, domain.versions().size())
                .filter(state -> which.test(state) && view.isUsable(domain, state));
    }

    /** As listed, but that only usable versions count. */
    private Weighable option(int state) {
        return listing.new Listed(state - 1) {
            @Override
            public long newer() {
                return usable(other -> other > state).count();
            }

            @Override
            public long older() {
                return usable(other -> other < state).count();
            }

            @Override
            public int mostPoints() {
                return listing.givesPoints()
                        ? usable(_ -> true).map(Choices.this::points).max().orElse(0)
                        : 0;
            }
        };
    }

    private int points(int state) {
        return listing.at(state - 1).points();
    }
}
