package dev.blast.solver.search;

import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.Requirement;
import dev.blast.solver.PackagePart;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.logic.Domain;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.States;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The requirements in an answer that let nothing through but what comes last. For one thread. */
final class Compulsion {
    private final View view;
    private final List<Requirement> requirements = new ArrayList<>();

    /**
     * @param asked what the answer was looked for with
     */
    Compulsion(Search.End.Found answer, List<RootRequirement> asked) throws IndexException {
        this.view = answer.view();
        asked.stream()
                .map(RootRequirement::requirement)
                .filter(view::applies)
                .forEach(requirements::add);
        for (var each : answer.states().entrySet()) {
            Node node = each.getKey();
            if (view.needs(node.domain(), each.getValue(), node.extra())
                    instanceof Needs.Known(List<Requirement> needs)) {
                requirements.addAll(needs);
            }
        }
    }

    /**
     * Whether a requirement leaves nothing but what is conceded.
     *
     * @param one a package or an extra
     */
    boolean leavesNothingBut(Concessions one) throws IndexException {
        for (Requirement requirement : requirements) {
            if (one.prereleases().contains(requirement.name()) && hasOnlyPrereleases(requirement)) {
                return true;
            }
            for (ExtraName extra : requirement.extras()) {
                if (one.lacking().contains(new PackagePart(requirement.name(), extra))
                        && !isProvided(requirement, extra)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean hasOnlyPrereleases(Requirement requirement) throws IndexException {
        Domain domain = view.domain(requirement.name());
        return accepted(domain, requirement).allMatch(state -> view.isLastResort(domain, state));
    }

    /**
     * Whether one of the versions has the extra, as far as is known: one that was not read may, but
     * after {@link Necessities#LACKING} without.
     */
    private boolean isProvided(Requirement requirement, ExtraName extra) throws IndexException {
        Domain domain = view.domain(requirement.name());
        Readings readings = view.knowledge().readings();
        int without = 0;
        boolean unread = false;
        for (int state : accepted(domain, requirement).toArray()) {
            if (!view.ledger().read(domain).contains(state)) {
                unread = true;
            } else if (readings.extras(domain, state).contains(extra)) {
                return true;
            } else {
                without++;
            }
        }
        return unread && without < Necessities.LACKING;
    }

    private IntStream accepted(Domain domain, Requirement requirement) {
        States accepted =
                requirement.url() == null
                        ? domain.accepted(requirement.specifier().versions())
                        : domain.present();
        return IntStream.rangeClosed(1, domain.versions().size())
                .filter(accepted::contains)
                .filter(state -> view.isFit(domain, state));
    }
}
