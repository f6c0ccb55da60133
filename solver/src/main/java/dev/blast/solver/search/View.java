package dev.blast.solver.search;

import dev.blast.index.DistributionFile;
import dev.blast.index.IndexException;
import dev.blast.packaging.ExtraName;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Requirement;
import dev.blast.rules.verdict.Judgement;
import dev.blast.solver.Obstacle;
import dev.blast.solver.PackagePart;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.logic.Domain;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known, as one search sees it: with the pre-releases that are conceded to it, and with a
 * ledger of what it looks at. All searches through one view are for the same requirements. For one
 * thread.
 */
final class View {
    private final Knowledge knowledge;
    private final Ledger ledger;
    private final Concessions conceded;
    private final Disregarded disregarded;
    private final Ranking ranking = new Ranking(this);
    private final Lemmas lemmas = new Lemmas();
    private @Nullable Appraiser appraiser;

    /**
     * A view of it.
     *
     * @param conceded what may be chosen though it comes last
     */
    View(Knowledge knowledge, Ledger ledger, Concessions conceded) {
        this(knowledge, ledger, conceded, Disregarded.NOTHING);
    }

    /** A view of a part of it. */
    View(Knowledge knowledge, Ledger ledger, Concessions conceded, Disregarded disregarded) {
        this.knowledge = knowledge;
        this.ledger = ledger;
        this.conceded = conceded;
        this.disregarded = disregarded;
    }

    /** What does not depend on who asks. */
    Knowledge knowledge() {
        return knowledge;
    }

    /** What searches for the same requirements have left. */
    Lemmas lemmas() {
        return lemmas;
    }

    /**
     * What answers are worth.
     *
     * @param requirements the same for all of them
     */
    Appraiser appraiser(List<RootRequirement> requirements) {
        if (appraiser == null) {
            appraiser = new Appraiser(this, requirements);
        }
        return appraiser;
    }

    Ledger ledger() {
        return ledger;
    }

    /** The order in which versions are tried. */
    Ranking ranking() {
        return ranking;
    }

    /** Whether a requirement of the request counts here. */
    boolean applies(Requirement requirement) {
        return !disregarded.packages().contains(requirement.name())
                && knowledge.roots().applies(requirement);
    }

    Domain domain(PackageName name) throws IndexException {
        Domain domain = knowledge.domain(name);
        ledger.looksAt(domain);
        return domain;
    }

    Fitness fitness(Domain domain, int state) {
        return onlyLacksWheel(domain, state)
                ? new Fitness.Fit(knowledge.releases().release(domain, state).files().getFirst())
                : said(domain, state);
    }

    private Fitness said(Domain domain, int state) {
        return knowledge.releases().fitness(domain, state, hasPrereleases(domain));
    }

    /** Whether that is left out, and all that is in the way of a version. */
    private boolean onlyLacksWheel(Domain domain, int state) {
        return disregarded.wheels()
                && !domain.version(state).isPrerelease()
                && said(domain, state) instanceof Fitness.Unfit(Obstacle obstacle)
                && (obstacle instanceof Obstacle.OnlySource
                        || obstacle instanceof Obstacle.OnlyWheels
                        || obstacle instanceof Obstacle.WrongPlatform);
    }

    /** The file of a version that is fit. */
    DistributionFile file(Domain domain, int state) {
        if (fitness(domain, state) instanceof Fitness.Fit(DistributionFile file)) {
            return file;
        }
        throw new IllegalStateException(
                "%s %s is not fit".formatted(domain.name(), domain.version(state)));
    }

    /** Whether a version may only be chosen because nothing else fits. */
    boolean isLastResort(Domain domain, int state) {
        return hasPrereleases(domain)
                && domain.version(state).isPrerelease()
                && !knowledge.roots().letsThrough(domain.name(), domain.version(state));
    }

    private boolean hasPrereleases(Domain domain) {
        return conceded.prereleases().contains(domain.name());
    }

    /** Whether a version may not be chosen because it has no such extra. Its metadata are read. */
    boolean lacks(Domain domain, int state, ExtraName extra) throws IndexException {
        return !conceded.lacking().contains(new PackagePart(domain.name(), extra))
                && !onlyLacksWheel(domain, state)
                && !knowledge.readings().extras(domain, state).contains(extra);
    }

    /** Whether a version can be used and may be chosen. Nothing is noted of it. */
    boolean isUsable(Domain domain, int state) {
        return isFit(domain, state) && knowledge.isAllowed(domain, state);
    }

    /** The same, whatever the rules say of it. */
    boolean isFit(Domain domain, int state) {
        return knowledge.releases().isFit(domain, state, hasPrereleases(domain))
                || onlyLacksWheel(domain, state);
    }

    /** The rules' word on a version that is fit; empty where there are no rules. */
    Optional<Judgement> judgement(Domain domain, int state) {
        ledger.judges(domain, state);
        return knowledge.judgement(domain, state);
    }

    /**
     * The requirements of a version that hold for the target: those of the package itself, or those
     * that an extra adds to them.
     *
     * @param extra null for the package itself
     */
    Needs needs(Domain domain, int state, @Nullable ExtraName extra) throws IndexException {
        ledger.reads(domain, state);
        if (onlyLacksWheel(domain, state)) {
            return new Needs.Known(List.of());
        }
        Needs needs = knowledge.needs(domain, state, extra);
        if (extra != null && needs instanceof Needs.Known && lacks(domain, state, extra)) {
            return new Needs.Unknown(new Obstacle.NoSuchExtra(extra));
        }
        return needs instanceof Needs.Known(List<Requirement> all)
                        && !disregarded.packages().isEmpty()
                ? new Needs.Known(
                        all.stream()
                                .filter(need -> !disregarded.packages().contains(need.name()))
                                .toList())
                : needs;
    }

    /** Lets the metadata of a version be read that may be tried soon. */
    void expect(Domain domain, int state) {
        if (said(domain, state) instanceof Fitness.Fit) {
            knowledge.expect(domain, state);
        }
    }
}
