package dev.blast.solver;

import dev.blast.solver.index.Index;
import dev.blast.solver.index.IndexException;
import java.time.Duration;
import java.util.List;

/**
 * Finds versions that fit together, or proves that there are none. Complete: it ends with one or
 * the other. The answer depends on the request and the index alone, not on the order or speed of
 * answers. One request at a time.
 */
public final class Resolver {
    private final Index index;
    private final Progress progress;

    public Resolver(Index index, Progress progress) {
        this.index = index;
        this.progress = progress;
    }

    /**
     * @throws IndexException when the index gives no usable answer to a question that has to be
     *     answered
     * @throws UnsupportedRequirementException for a requirement by address that is not a wheel
     */
    public Outcome resolve(Request request) throws IndexException {
        progress.phase("resolving");
        long began = System.nanoTime();
        var knowledge = new Knowledge(request, index, progress);
        new Crawl(request, index).start();
        var effort = new Effort();
        List<RootRequirement> requirements = request.requirements();
        return switch (new Search(knowledge, effort).run(requirements)) {
            case Search.End.Found found -> {
                Search.End.Found best =
                        new Refinement(knowledge, requirements, effort).improve(found);
                yield checked(
                        request,
                        new Answer(knowledge, best.states())
                                .resolution(statistics(knowledge, effort, began)));
            }
            case Search.End.Impossible(Incompatibility empty) ->
                    new Unsolvable(new Proof(empty), statistics(knowledge, effort, began));
            case Search.End.Open _ ->
                    throw new IllegalStateException("a search without limits came to none");
        };
    }

    private static Resolution checked(Request request, Resolution resolution) {
        List<String> faults = Verification.faults(request, resolution);
        if (!faults.isEmpty()) {
            throw new IllegalStateException(
                    "the answer does not hold: " + String.join("; ", faults));
        }
        return resolution;
    }

    private static Statistics statistics(Knowledge knowledge, Effort effort, long began) {
        return new Statistics(
                knowledge.versionsRead(),
                knowledge.pages(),
                effort.decisions,
                effort.conflicts,
                effort.backjumps,
                Duration.ofNanos(System.nanoTime() - began));
    }
}
