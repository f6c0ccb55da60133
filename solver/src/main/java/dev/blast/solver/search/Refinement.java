package dev.blast.solver.search;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.logic.Effort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for something better among the versions that a search leapt over: by bisection, each probe
 * a search of its own that must take that version. If conflicts with a package have a first and a
 * last release, this finds the last one without; in any case the version next to the one found has
 * been tried.
 */
final class Refinement {
    /**
     * Versions that one probe may read at least, and the part of what was read before that it may
     * read.
     */
    private static final int READS = 12;

    private static final int READS_PART = 8;

    /** A probe leaps at the second refusal: the conflict is known by now. */
    private static final int PATIENCE = 1;

    private final View view;
    private final List<RootRequirement> requirements;
    private final Effort effort;
    private final int reads;
    private final Map<PackageName, Integer> wishes = new HashMap<>();

    Refinement(View view, List<RootRequirement> requirements, Effort effort) {
        this.view = view;
        this.requirements = requirements;
        this.effort = effort;
        this.reads = Math.max(READS, view.ledger().versionsRead() / READS_PART);
    }

    Search.End.Found improve(Search.End.Found first) throws IndexException {
        Search.End.Found best = first;
        while (true) {
            Optional<Leaps.Leap> open =
                    best.leaps().stream()
                            .filter(leap -> !wishes.containsKey(leap.node().name()))
                            .findFirst();
            if (open.isEmpty()) {
                return best;
            }
            best = improve(best, open.get());
        }
    }

    private Search.End.Found improve(Search.End.Found found, Leaps.Leap leap)
            throws IndexException {
        Search.End.Found best = found;
        PackageName name = leap.node().name();
        int low = 0;
        int high = leap.passedOver().size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            var probe = new HashMap<>(wishes);
            probe.put(name, leap.passedOver().get(middle));
            if (search(probe) instanceof Search.End.Found better && better.has(name)) {
                best = better;
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        wishes.put(
                name, high < leap.passedOver().size() ? leap.passedOver().get(high) : leap.state());
        return best;
    }

    private Search.End search(Map<PackageName, Integer> probe) throws IndexException {
        return new Search(view, new Bounds(probe, reads, PATIENCE), effort).run(requirements);
    }
}
