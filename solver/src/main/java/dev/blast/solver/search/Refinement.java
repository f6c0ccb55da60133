package dev.blast.solver.search;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.logic.Effort;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.States;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for something better among the versions that a search leapt over: by bisection, each probe
 * a search of its own that must take that version and stays near the answer at hand. If conflicts
 * with a package have a first and a last release, this finds the last one without.
 *
 * <p>A probe that ran out of reads says nothing. Bisection then goes on between it and what was
 * found, and at last gives the version next to that four times as much. What stays open so is left
 * to {@link Ascent}.
 */
final class Refinement {
    /**
     * Versions that one probe may read at least, and the part of what was read before that it may
     * read.
     */
    private static final int READS = 12;

    private static final int READS_PART = 8;

    /** How many times as much the neighbour of what was found may read, and {@link #anew}. */
    private static final int MORE = 4;

    /** A probe leaps at the second refusal: the conflict is known by now. */
    static final int PATIENCE = 1;

    private final View view;
    private final List<RootRequirement> requirements;
    private final Effort effort;
    private final int reads;
    private Neighbourhood settled = Neighbourhood.EVERYTHING;

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
                            .filter(leap -> !settled.within().containsKey(leap.node().name()))
                            .findFirst();
            if (open.isEmpty()) {
                return best;
            }
            best = improve(best, open.get());
        }
    }

    private Search.End.Found improve(Search.End.Found found, Leaps.Leap leap)
            throws IndexException {
        Bisection bisection = new Bisection(found, leap);
        bisection.run();
        settled = settled.with(leap.node().name(), only(leap.node(), bisection.state()));
        return bisection.found() ? anew(bisection.best) : found;
    }

    /**
     * The first answer in the order of choice with the versions that are settled: one that was
     * found near another keeps more of that than it has to. Still that one where this takes too
     * long.
     */
    private Search.End.Found anew(Search.End.Found best) throws IndexException {
        return search(settled, reads * MORE) instanceof Search.End.Found found
                        && settled.within().keySet().stream().filter(best::has).allMatch(found::has)
                ? found
                : best.withoutLeaps();
    }

    private Search.End search(Neighbourhood neighbourhood, int reads) throws IndexException {
        return new Search(view, new Bounds(neighbourhood, reads, PATIENCE), effort)
                .run(requirements);
    }

    private static States only(Node node, int state) {
        return States.of(node.anything().size(), States.ABSENT, state);
    }

    /** Over what one leap passed over, the best first. */
    private final class Bisection {
        private final Leaps.Leap leap;
        private final PackageName name;
        private final Set<Integer> open = new HashSet<>();
        private Search.End.Found best;

        /** What comes before it is taken to be refused, since the last of that was. */
        private int low;

        /** The first that was found, or the end. */
        private int high;

        Bisection(Search.End.Found found, Leaps.Leap leap) {
            this.best = found;
            this.leap = leap;
            this.name = leap.node().name();
            this.high = leap.passedOver().size();
        }

        boolean found() {
            return high < leap.passedOver().size();
        }

        int state() {
            return found() ? leap.passedOver().get(high) : leap.state();
        }

        void run() throws IndexException {
            bisect();
            while (low < high && open.remove(high - 1) && probe(high - 1, reads * MORE)) {
                bisect();
            }
        }

        private void bisect() throws IndexException {
            int from = low;
            while (from < high) {
                int middle = (from + high) >>> 1;
                if (!probe(middle, reads)) {
                    from = middle + 1;
                }
            }
        }

        /** Whether an answer with the version was found. */
        private boolean probe(int index, int reads) throws IndexException {
            States only = only(leap.node(), leap.passedOver().get(index));
            switch (search(settled.with(name, only).near(best), reads)) {
                case Search.End.Found better when better.has(name) -> {
                    best = better;
                    high = index;
                    return true;
                }
                case Search.End.Found _, Search.End.Impossible _ -> low = index + 1;
                case Search.End.Open _ -> open.add(index);
            }
            return false;
        }
    }
}
