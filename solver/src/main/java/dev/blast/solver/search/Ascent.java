package dev.blast.solver.search;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.logic.Effort;
import dev.blast.solver.logic.Node;
import dev.blast.solver.logic.States;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The last pass over an answer that leaps led to: as long as there is an answer in which some
 * package is better and none is worse, takes that. For each package that could move one search
 * settles this: it may take better versions of that package alone, and of the others those that are
 * not worse, their own first; what is newly needed is free.
 *
 * <p>Each package gets few reads first, then four times as many, until all is settled or the reads
 * for all of them are used up.
 */
final class Ascent {
    /** Versions that are read for one package in the first round. */
    private static final int FIRST_READS = 8;

    private static final int MORE = 4;

    /**
     * Versions that may be read in all at least, and the part of what was read before that may be
     * read.
     */
    private static final int READS = 32;

    private static final int READS_PART = 4;

    private final View view;
    private final Ranking ranking;
    private final List<RootRequirement> requirements;
    private final Effort effort;
    private final int end;

    /** Packages that are better in no answer in which none is worse. */
    private final Set<PackageName> settled = new HashSet<>();

    /** Packages that reads were spent on. */
    private final Set<PackageName> tried = new HashSet<>();

    /**
     * An answer.
     *
     * @param open packages that may be better in another in which none is worse: not all of that
     *     was tried. Where there are none, there is no such answer
     */
    record Summit(Search.End.Found answer, Set<PackageName> open) {}

    Ascent(View view, List<RootRequirement> requirements, Effort effort) {
        this.view = view;
        this.ranking = view.ranking();
        this.requirements = requirements;
        this.effort = effort;
        int read = view.ledger().versionsRead();
        this.end = read + Math.max(READS, read / READS_PART);
    }

    Summit climb(Search.End.Found first) throws IndexException {
        Search.End.Found best = first;
        Ties ties = Ties.of(best, ranking, requirements);
        int reads = FIRST_READS;
        while (true) {
            boolean isLast = left() == 0;
            var open = new LinkedHashSet<PackageName>();
            Optional<Search.End.Found> better = step(best, ties, reads, open);
            if (better.isPresent()) {
                best = better.get();
                Ties before = ties;
                ties = Ties.of(best, ranking, requirements);
                unsettle(before, ties);
            } else if (open.isEmpty() ? candidates(ties).isEmpty() : isLast) {
                return new Summit(best, open);
            } else if (!open.isEmpty()) {
                reads *= MORE;
            }
        }
    }

    /**
     * The first answer found that is better in a package.
     *
     * @param open takes the packages of which that remains unknown
     */
    private Optional<Search.End.Found> step(
            Search.End.Found best, Ties ties, int reads, Set<PackageName> open)
            throws IndexException {
        for (Node node : candidates(ties)) {
            int most = Math.min(reads, left());
            if (!tried.add(node.name()) && most == 0) {
                open.add(node.name());
                continue;
            }
            switch (search(above(node, ties).near(best), most)) {
                case Search.End.Found found -> {
                    return Optional.of(found);
                }
                case Search.End.Impossible _ -> settled.add(node.name());
                case Search.End.Open _ -> open.add(node.name());
            }
        }
        return Optional.empty();
    }

    /**
     * Those that could rise with all others where they are: if none of them can, only packages that
     * hold each other are left.
     */
    private List<Node> candidates(Ties ties) {
        Set<Node> movable = ties.movable(settled);
        List<Node> risers =
                movable.stream()
                        .filter(node -> node.base() == node && !settled.contains(node.name()))
                        .filter(node -> ties.canRise(node, movable))
                        .toList();
        List<Node> free = risers.stream().filter(node -> ties.canRise(node, Set.of())).toList();
        return free.isEmpty() ? risers : free;
    }

    /** Answers in which the package is better, and no other is worse. */
    private Neighbourhood above(Node raised, Ties ties) {
        Set<Node> movable = ties.movable(settled);
        Neighbourhood above = Neighbourhood.EVERYTHING.with(raised.name(), ties.better(raised));
        for (var other : ties.states().entrySet()) {
            Node node = other.getKey();
            if (node != raised && node.base() == node) {
                States own = States.of(node.anything().size(), States.ABSENT, other.getValue());
                above =
                        above.with(
                                node.name(),
                                movable.contains(node) ? own.or(ties.better(node)) : own);
            }
        }
        return above;
    }

    /** What could not be raised with a package in the answer may be without it. */
    private void unsettle(Ties before, Ties after) {
        if (!after.parts().containsAll(before.parts())) {
            settled.clear();
        }
    }

    private Search.End search(Neighbourhood neighbourhood, int reads) throws IndexException {
        return new Search(view, new Bounds(neighbourhood, reads, Refinement.PATIENCE), effort)
                .run(requirements);
    }

    private int left() {
        return Math.max(0, end - view.ledger().versionsRead());
    }
}
