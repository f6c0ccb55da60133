package dev.blast.solver.optimise;

import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.score.stream.Joiners;
import dev.blast.rules.vocabulary.Objective;
import java.util.ArrayList;
import java.util.List;

/**
 * What a draft has to be and what it should be, a sentence each. The place of each objective, and
 * its weight there, come from the strategy. Public because Timefold wants it.
 */
public final class Wants implements ConstraintProvider {

    @Override
    public Constraint[] defineConstraints(ConstraintFactory draft) {
        List<Constraint> constraints = new ArrayList<>();
        constraints.add(everyNeedIsMet(draft));
        constraints.add(whatRulesKeepApartIsNotTogether(draft));
        constraints.add(anExtraComesInTheVersionOfItsPackage(draft));
        constraints.add(fewAdvisories(draft));
        constraints.add(fewBuilds(draft));
        constraints.add(fewChanges(draft));
        constraints.add(fewHoldsLifted(draft));
        constraints.add(fewPackages(draft));
        constraints.add(newVersions(draft));
        constraints.add(newVersionsOfWhatIsAskedFor(draft));
        constraints.add(oldVersions(draft));
        constraints.add(oldVersionsOfWhatIsAskedFor(draft));
        constraints.add(smallDownload(draft));
        constraints.add(settledVersions(draft));
        constraints.add(preferredVersions(draft));
        for (int place = 0; place < Draft.PLACES; place++) {
            constraints.add(whatPackagesWantForThemselves(draft, place));
        }
        return constraints.toArray(Constraint[]::new);
    }

    Constraint everyNeedIsMet(ConstraintFactory draft) {
        return draft.forEach(Slot.class)
                .filter(Slot::isPresent)
                .join(Slot.class, Joiners.filtering((slot, other) -> slot.value().excludes(other)))
                .penalize(Draft.impossible())
                .asConstraint("every need is met");
    }

    Constraint whatRulesKeepApartIsNotTogether(ConstraintFactory draft) {
        return draft.forEach(Slot.class)
                .filter(Slot::isPresent)
                .join(
                        Slot.class,
                        Joiners.lessThan(Slot::number),
                        Joiners.filtering((slot, other) -> slot.value().isKeptFrom(other)))
                .penalize(Draft.impossible())
                .asConstraint("what rules keep apart is not together");
    }

    Constraint anExtraComesInTheVersionOfItsPackage(ConstraintFactory draft) {
        return draft.forEach(Slot.class)
                .filter(slot -> slot.isExtra() && slot.isPresent())
                .join(Slot.class, Joiners.equal(Slot::base, Slot::number))
                .filter((extra, base) -> extra.value().state() != base.value().state())
                .penalize(Draft.impossible())
                .asConstraint("an extra comes in the version of its package");
    }

    Constraint fewAdvisories(ConstraintFactory draft) {
        return counted(draft, Objective.FEWEST_ADVISORIES);
    }

    Constraint fewBuilds(ConstraintFactory draft) {
        return counted(draft, Objective.FEWEST_BUILDS);
    }

    Constraint fewHoldsLifted(ConstraintFactory draft) {
        return counted(draft, Objective.FEWEST_HOLDS_LIFTED);
    }

    Constraint fewChanges(ConstraintFactory draft) {
        return counted(draft, Objective.FEWEST_CHANGES);
    }

    Constraint fewPackages(ConstraintFactory draft) {
        return counted(draft, Objective.FEWEST_PACKAGES);
    }

    Constraint newVersions(ConstraintFactory draft) {
        return counted(draft, Objective.NEWEST);
    }

    Constraint newVersionsOfWhatIsAskedFor(ConstraintFactory draft) {
        return counted(draft, Objective.NEWEST_DIRECT);
    }

    Constraint oldVersions(ConstraintFactory draft) {
        return counted(draft, Objective.LOWEST);
    }

    Constraint oldVersionsOfWhatIsAskedFor(ConstraintFactory draft) {
        return counted(draft, Objective.LOWEST_DIRECT);
    }

    Constraint smallDownload(ConstraintFactory draft) {
        return counted(draft, Objective.SMALLEST_DOWNLOAD);
    }

    Constraint settledVersions(ConstraintFactory draft) {
        return counted(draft, Objective.SETTLED);
    }

    Constraint preferredVersions(ConstraintFactory draft) {
        return counted(draft, Objective.PREFERRED);
    }

    Constraint whatPackagesWantForThemselves(ConstraintFactory draft, int place) {
        return draft.forEach(Slot.class)
                .filter(slot -> slot.value().own(place) > 0)
                .penalize(Draft.inPlace(place, 1), slot -> slot.value().own(place))
                .asConstraint("own place " + (place + 1));
    }

    private static Constraint counted(ConstraintFactory draft, Objective objective) {
        return draft.forEach(Slot.class)
                .filter(slot -> slot.value().count(objective) > 0)
                .penalize(Draft.inPlace(0, 1), slot -> slot.value().count(objective))
                .asConstraint(objective.word());
    }
}
