package dev.blast.solver;

import dev.blast.packaging.PackageName;
import dev.blast.solver.index.Index;
import dev.blast.solver.index.IndexException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One request resolved against one index. For one thread, for one use. */
final class Attempt {
    private final long began = System.nanoTime();
    private final Effort effort = new Effort();
    private final Request request;
    private final Knowledge knowledge;

    Attempt(Request request, Index index, Progress progress) {
        this.request = request;
        this.knowledge = new Knowledge(request, index, progress);
        knowledge.foresee();
    }

    Outcome run() throws IndexException {
        return switch (search(request.requirements(), Integer.MAX_VALUE, effort)) {
            case Search.End.Found found ->
                    checked(
                            new Refinement(knowledge, request.requirements(), effort)
                                    .improve(found));
            case Search.End.Impossible(Incompatibility empty) -> {
                Statistics statistics = statistics();
                yield new Unsolvable(new Blame(request, this::search).proof(empty), statistics);
            }
            case Search.End.Open _ ->
                    throw new IllegalStateException("a search without limits came to nothing");
        };
    }

    /**
     * Searches until pre-releases are not in the way of every answer: PEP 440 lets them in then.
     */
    private Search.End search(List<RootRequirement> requirements, int reads, Effort effort)
            throws IndexException {
        while (true) {
            Search.End end = new Search(knowledge, Bounds.reads(reads), effort).run(requirements);
            if (!(end instanceof Search.End.Impossible(Incompatibility empty))
                    || !knowledge.admitPrereleases(prereleasesMissed(empty))) {
                return end;
            }
        }
    }

    private Set<PackageName> prereleasesMissed(Incompatibility empty) {
        var missed = new TreeSet<PackageName>();
        if (request.prereleases() == Prereleases.IF_NECESSARY) {
            for (Incompatibility fact : Facts.of(empty)) {
                if (fact.cause() instanceof Cause.Unusable(Obstacle.Prerelease _)) {
                    fact.terms().forEach(term -> missed.add(term.node().name()));
                }
            }
        }
        return missed;
    }

    private Resolution checked(Search.End.Found found) throws IndexException {
        Resolution resolution = new Answer(knowledge, found.states()).resolution(statistics());
        List<String> faults = Verification.faults(request, resolution);
        if (!faults.isEmpty()) {
            throw new IllegalStateException(
                    "the answer does not hold: " + String.join("; ", faults));
        }
        return resolution;
    }

    private Statistics statistics() {
        return new Statistics(
                knowledge.versionsRead(),
                knowledge.pages(),
                effort.decisions,
                effort.conflicts,
                effort.backjumps,
                Duration.ofNanos(System.nanoTime() - began));
    }
}
