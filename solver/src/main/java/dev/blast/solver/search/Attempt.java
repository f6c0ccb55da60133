package dev.blast.solver.search;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.rules.fact.Candidate;
import dev.blast.solver.Appraisal;
import dev.blast.solver.Improvement;
import dev.blast.solver.Obstacle;
import dev.blast.solver.Optimum;
import dev.blast.solver.Outcome;
import dev.blast.solver.PackagePart;
import dev.blast.solver.Progress;
import dev.blast.solver.Proof;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Score;
import dev.blast.solver.Statistics;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.logic.Cause;
import dev.blast.solver.logic.Effort;
import dev.blast.solver.logic.Facts;
import dev.blast.solver.logic.Incompatibility;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.Refutation;
import dev.blast.solver.optimise.Optimiser;
import dev.blast.solver.proof.Argument;
import dev.blast.solver.proof.Proofs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Resolves a request, or some of its requirements. Takes nothing from what was asked of the same
 * knowledge before, and leaves nothing behind. For one thread, for one use.
 */
final class Attempt {
    /** Neighbourhoods that an answer is compared with at most. */
    private static final int NEIGHBOURHOODS = 400;

    /** Steps in which all answers are looked through, and those where there are many packages. */
    private static final int EXACT_STEPS = 60;

    private static final int FEW_STEPS = 24;
    private static final int MANY_PACKAGES = 60;

    /** Steps of the first one, for which nothing is read. */
    private static final int SURE_STEPS = 30;

    /** Places that come first: where one of these could be better, more is done for it. */
    private static final int FIRST_PLACES = 2;

    /** Versions that may be read then, or twice as many as were. */
    private static final int MOST_READS = 512;

    /** The same else, or a part of those that were: to weigh, and to search exactly. */
    private static final int LEAST_READS = 16;

    private static final int WEIGHED_PART = 6;
    private static final int EXACT_PART = 8;

    private final long began = System.nanoTime();
    private final Effort effort = new Effort();
    private final Knowledge knowledge;
    private final List<RootRequirement> requirements;
    private final Ledger ledger;
    private final int patience;
    private final boolean optimises;
    private final Disregarded disregarded;

    Attempt(Knowledge knowledge, List<RootRequirement> requirements, Progress progress) {
        this(knowledge, requirements, progress, Leaps.PATIENCE, false);
    }

    /** An attempt in which not all of a request counts. */
    Attempt(Knowledge knowledge, Disregarded disregarded) {
        this(
                knowledge,
                knowledge.request().requirements(),
                Progress.SILENT,
                Leaps.PATIENCE,
                false,
                disregarded);
    }

    /**
     * An attempt that leaps sooner or later than others, and may look for a better answer.
     *
     * @param patience refusals of a package before a search leaps
     * @param optimises whether the first answer is improved by what the strategy sums up
     */
    Attempt(
            Knowledge knowledge,
            List<RootRequirement> requirements,
            Progress progress,
            int patience,
            boolean optimises) {
        this(knowledge, requirements, progress, patience, optimises, Disregarded.NOTHING);
    }

    private Attempt(
            Knowledge knowledge,
            List<RootRequirement> requirements,
            Progress progress,
            int patience,
            boolean optimises,
            Disregarded disregarded) {
        this.disregarded = disregarded;
        this.patience = patience;
        this.optimises = optimises;
        this.knowledge = knowledge;
        this.requirements = requirements;
        this.ledger = new Ledger(progress);
    }

    Outcome run() throws IndexException {
        return within(Allowance.NONE)
                .orElseThrow(
                        () -> new IllegalStateException("a search without limits came to nothing"));
    }

    /** The same, if it can be had at a price; empty where not. */
    Optional<Outcome> within(Allowance allowance) throws IndexException {
        return switch (search(requirements, allowance)) {
            case Search.End.Found found -> Optional.of(answer(found));
            case Search.End.Impossible(Incompatibility empty) -> {
                Statistics statistics = statistics();
                yield Optional.of(new Unsolvable(proof(empty, allowance), statistics));
            }
            case Search.End.Open _ -> Optional.empty();
        };
    }

    /** The answer that is found first, for those who ask neither for the best one nor why not. */
    Tried first(Allowance allowance) throws IndexException {
        return switch (search(requirements, allowance)) {
            case Search.End.Found found ->
                    new Tried.Fits(checked(new Ascent.Summit(found, Set.of()), List.of(), false));
            case Search.End.Impossible _ -> new Tried.Excluded();
            case Search.End.Open _ -> new Tried.Unknown();
        };
    }

    /** Why there is no answer; empty where there is one, or that is not known. */
    Optional<Proof> conflict(Allowance allowance) throws IndexException {
        return search(requirements, allowance)
                        instanceof Search.End.Impossible(Incompatibility empty)
                ? Optional.of(proof(empty, allowance))
                : Optional.empty();
    }

    /** The same with what the argument itself rests on; nobody asks whether there is less. */
    Optional<Proof> clash(Allowance allowance) throws IndexException {
        if (!(search(requirements, allowance) instanceof Search.End.Impossible(var empty))) {
            return Optional.empty();
        }
        Refutation argument = Argument.of(Facts.of(empty));
        List<RootRequirement> asked = Blame.asked(argument.facts(), requirements);
        return Optional.of(Proofs.of(argument, asked, true));
    }

    private Proof proof(Incompatibility empty, Allowance allowance) throws IndexException {
        return new Blame(requirements, (some, reads) -> search(some, allowance.atMost(reads)))
                .proof(empty);
    }

    /**
     * How good an answer can be; empty where there is none.
     *
     * @param score of an answer at hand
     * @param searches that may be made to prove it
     */
    Optional<Optimum> optimum(Score score, int searches) throws IndexException {
        return search(requirements, Allowance.NONE) instanceof Search.End.Found found
                ? Optional.of(
                        new ExactSearch(found.view(), requirements, effort, MOST_READS)
                                .run(found, score, searches))
                : Optional.empty();
    }

    /** The same for those who do not ask why there is none. */
    Optional<Resolution> resolution() throws IndexException {
        return search(requirements, Allowance.NONE) instanceof Search.End.Found found
                ? Optional.of(answer(found))
                : Optional.empty();
    }

    /** An answer that no leap led to is the first in order, and nothing is better. */
    private Resolution answer(Search.End.Found found) throws IndexException {
        if (!found.leapt()) {
            return improved(new Ascent.Summit(found, Set.of()));
        }
        View view = found.view();
        Search.End.Found refined = new Refinement(view, requirements, effort).improve(found);
        return improved(new Ascent(view, requirements, effort).climb(refined));
    }

    /** An answer, and how it is put to the person. */
    private record Stand(Ascent.Summit summit, Resolution resolution) {
        Appraisal appraisal() {
            return resolution.appraisal();
        }
    }

    /**
     * A better answer by what the strategy sums up, unless this one is proved to be the best: by
     * its bound, or by a short exact search among what was read, which costs less than to begin to
     * weigh.
     */
    private Resolution improved(Ascent.Summit summit) throws IndexException {
        var first = new Stand(summit, checked(summit, List.of(), false));
        if (!optimises || first.appraisal().isProvedBest()) {
            return first.resolution();
        }
        Stand looked =
                first.resolution().pins().size() > MANY_PACKAGES
                        ? first
                        : searched(first, SURE_STEPS, 0);
        if (looked.appraisal().isProvedBest()) {
            return looked.resolution();
        }
        Stand weighed = weighed(looked);
        return weighed.appraisal().isProvedBest()
                ? weighed.resolution()
                : searched(weighed).resolution();
    }

    private Stand weighed(Stand stand) throws IndexException {
        View view = stand.summit().answer().view();
        int reads = isWorthIt(stand) ? worth() : part(WEIGHED_PART);
        var neighbours = new Neighbours(view, requirements, effort, reads);
        var optimiser = new Optimiser<>(neighbours, NEIGHBOURHOODS);
        Search.End.Found best = optimiser.improve(stand.summit().answer());
        return optimiser.improvements().isEmpty() && !optimiser.isOpen()
                ? stand
                : better(stand, best, optimiser.improvements(), optimiser.isOpen());
    }

    /**
     * The best of all answers, or the best of those that a few steps of an exact search find; of
     * more where that is worth it.
     */
    private Stand searched(Stand stand) throws IndexException {
        if (isWorthIt(stand)) {
            return searched(stand, NEIGHBOURHOODS, worth());
        }
        boolean many = stand.resolution().pins().size() > MANY_PACKAGES;
        return searched(stand, many ? FEW_STEPS : EXACT_STEPS, part(EXACT_PART));
    }

    /** Whether one of the places could be better that the strategy is there for. */
    private static boolean isWorthIt(Stand stand) {
        List<Long> score = stand.appraisal().score().places();
        List<Long> bound = stand.appraisal().bound().places();
        return IntStream.range(0, Math.min(FIRST_PLACES, score.size()))
                .anyMatch(place -> score.get(place) > bound.get(place));
    }

    private int worth() {
        return Math.max(MOST_READS, 2 * ledger.versionsRead());
    }

    private int part(int part) {
        return Math.max(LEAST_READS, ledger.versionsRead() / part);
    }

    private Stand searched(Stand stand, int steps, int reads) throws IndexException {
        View view = stand.summit().answer().view();
        var exact = new ExactSearch(view, requirements, effort, reads);
        Optimum optimum = exact.run(stand.summit().answer(), stand.appraisal().score(), steps);
        Search.End.Found best = exact.best();
        Stand better =
                best == null
                        ? stand
                        : better(
                                stand,
                                best,
                                List.of(new Improvement(Improvement.Finder.EXACT, "")),
                                !optimum.proved() && stand.appraisal().open());
        return new Stand(better.summit(), better.resolution().with(optimum));
    }

    private Stand better(
            Stand stand, Search.End.Found best, List<Improvement> improvements, boolean open)
            throws IndexException {
        var summit = new Ascent.Summit(best, stand.summit().open());
        List<Improvement> all = new ArrayList<>(stand.appraisal().improvements());
        all.addAll(improvements);
        return new Stand(summit, checked(summit, all, open));
    }

    /**
     * Searches again with what comes last where nothing else is let through by a requirement, or
     * fits. Each of the searches for a part begins without.
     */
    private Search.End search(List<RootRequirement> requirements, Allowance allowance)
            throws IndexException {
        Concessions given = Concessions.NONE;
        while (true) {
            var search = search(given, allowance, true);
            Search.End end = search.run(requirements);
            Concessions all = given.and(search.necessary());
            if (all.equals(given) && end instanceof Search.End.Impossible(var empty)) {
                all = given.and(missed(empty));
            }
            if (all.equals(given)) {
                return end instanceof Search.End.Found found
                        ? withoutNeedless(found, given, requirements, allowance)
                        : end;
            }
            given = all;
        }
    }

    private Search search(Concessions given, Allowance allowance, boolean concedes) {
        return new Search(
                new View(knowledge, ledger, given, disregarded),
                Bounds.everything(allowance, patience, concedes),
                effort);
    }

    /** What a proof rests on that could be conceded: pre-releases before any lack of an extra. */
    private Concessions missed(Incompatibility empty) {
        var names = new TreeSet<PackageName>();
        var parts = new HashSet<PackagePart>();
        for (Incompatibility fact : Facts.of(empty)) {
            if (fact.cause() instanceof Cause.Unusable(Obstacle obstacle)) {
                Node node = fact.terms().getFirst().node();
                if (obstacle instanceof Obstacle.Prerelease
                        && knowledge.roots().mayConcede(node.name())) {
                    names.add(node.name());
                } else if (obstacle instanceof Obstacle.NoSuchExtra) {
                    parts.add(new PackagePart(node.name(), node.extra()));
                }
            }
        }
        return names.isEmpty() ? new Concessions(Set.of(), parts) : Concessions.prereleases(names);
    }

    /**
     * An answer to which no less can be conceded, but for what one of its requirements lets through
     * alone.
     */
    private Search.End withoutNeedless(
            Search.End.Found first,
            Concessions all,
            List<RootRequirement> requirements,
            Allowance allowance)
            throws IndexException {
        Search.End.Found found = first;
        Concessions given = all;
        for (List<Concessions> left = all.each(); !left.isEmpty(); ) {
            Concessions one = left.removeFirst();
            if (!new Compulsion(found, requirements).leavesNothingBut(one)
                    && search(given.without(one), allowance, false).run(requirements)
                            instanceof Search.End.Found better) {
                found = better;
                given = given.without(one);
                left = given.each(); // the requirements of another answer may compel to less
            }
        }
        return found;
    }

    private Resolution checked(Ascent.Summit summit, List<Improvement> improvements, boolean open)
            throws IndexException {
        Resolution resolution =
                new Answer(summit.answer().view(), summit.answer().states(), summit.open())
                        .resolution(requirements, improvements, open, statistics());
        List<String> faults =
                Verification.faults(
                        knowledge.request(), requirements, resolution, candidates(summit));
        if (!faults.isEmpty()) {
            throw new IllegalStateException(
                    "the answer does not hold: " + String.join("; ", faults));
        }
        return resolution;
    }

    /** The chosen versions as the rules see them. */
    private List<Candidate> candidates(Ascent.Summit summit) {
        return summit.answer().states().entrySet().stream()
                .filter(it -> it.getKey().base() == it.getKey())
                .map(it -> knowledge.candidate(it.getKey().domain(), it.getValue()))
                .toList();
    }

    private Statistics statistics() {
        return new Statistics(
                ledger.versionsRead(),
                ledger.packages(),
                effort.decisions,
                effort.conflicts,
                effort.backjumps,
                Duration.ofNanos(System.nanoTime() - began));
    }
}
