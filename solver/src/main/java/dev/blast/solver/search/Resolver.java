package dev.blast.solver.search;

import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.solver.Outcome;
import dev.blast.solver.Preferences;
import dev.blast.solver.Progress;
import dev.blast.solver.Request;
import dev.blast.solver.Resolution;
import dev.blast.solver.Strategy;
import dev.blast.solver.UnsupportedRequirementException;
import java.util.Optional;

/**
 * Finds versions that fit together, or proves that there are none. Complete: it ends with one or
 * the other. The answer depends on the request and the index alone, not on the order or speed of
 * the index's answers. One request at a time.
 */
public final class Resolver {
    private final Index index;
    private final Progress progress;

    public Resolver(Index index, Progress progress) {
        this.index = index;
        this.progress = progress;
    }

    /**
     * The answer to a request. While a complete lock fits, it is the answer, and the index is not
     * asked.
     *
     * @throws IndexException when the index gives no usable answer to a question that has to be
     *     answered
     * @throws UnsupportedRequirementException for a requirement by address that is not a wheel
     */
    public Outcome resolve(Request request) throws IndexException {
        progress.phase("resolving");
        Optional<Resolution> locked = fromLock(request);
        if (locked.isPresent()) {
            return locked.get();
        }
        return attempt(request, index, progress).run();
    }

    private static Optional<Resolution> fromLock(Request request) throws IndexException {
        Preferences preferences = request.preferences();
        if (!preferences.lockComplete()
                || !request.strategy().keepsCurrent()
                || !request.perPackage().values().stream().allMatch(Strategy::keepsCurrent)) {
            return Optional.empty();
        }
        var index = new LockedIndex(preferences.locked());
        return attempt(request, index, Progress.SILENT)
                .resolution()
                .filter(resolution -> resolution.pins().stream().allMatch(index::covers));
    }

    private static Attempt attempt(Request request, Index index, Progress progress) {
        var knowledge = new Knowledge(request, index);
        knowledge.foresee();
        return new Attempt(knowledge, request.requirements(), progress);
    }
}
