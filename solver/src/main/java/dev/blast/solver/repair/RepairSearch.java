package dev.blast.solver.repair;

import dev.blast.rules.verdict.Price;
import dev.blast.solver.Obstacle;
import dev.blast.solver.Pin;
import dev.blast.solver.Proof;
import dev.blast.solver.Request;
import dev.blast.solver.Resolution;
import dev.blast.solver.RootRequirement;
import dev.blast.solver.Statement;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.search.RememberedIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cheapest sets of relaxations with which a request has an answer. Best first: the
 * cheapest set that is left is solved; if it has no answer, each thing that its own proof blames
 * makes a larger set. Whatever repairs a request has to let go of something that each of its proofs
 * blames, so nothing cheaper is passed over. Until there is one that can be shown, what is hard is
 * put off; so that one need not be the cheapest. For one thread, for one use.
 */
public final class RepairSearch {
    /** Ways out that anybody will read. */
    private static final int SHOWN = 5;

    /** Requests that are solved for them, and to find out how far to widen. */
    private static final int REQUESTS = 80;

    private static final int WIDENINGS = 160;

    /** Conflicts that are looked for before ways out, where something cannot be used. */
    private static final int HIDDEN = 2;

    /** Wheels whose metadata are read for them. */
    private static final int WHEELS = 300;

    private final Request request;
    private final Unsolvable unsolvable;
    private final Solving solving;

    /** Has a budget of its own: what it finds nothing in, something else may be solved with. */
    private final Solving widening;

    private final Besides hidden;

    /** Each of them holds for the request. */
    private final List<Proof> conflicts;

    private final Candidates candidates;
    private final List<Repair> repairs = new ArrayList<>();
    private final Map<Relaxation, Price.Forbidden> forbidden = new LinkedHashMap<>();
    private final Set<List<Relaxation>> seen = new HashSet<>();
    private final List<Entry> putOff = new ArrayList<>();
    private final PriorityQueue<Entry> queue = new PriorityQueue<>(Entry.CHEAPEST_FIRST);
    private int thoughtOf;
    private Told told;

    /**
     * One set of relaxations.
     *
     * @param widening what comes to it when it is known; null where that is all
     * @param cost at least
     * @param number in the order in which they were thought of
     */
    private record Entry(Relaxed relaxed, @Nullable Widening widening, int cost, int number) {
        private static final Comparator<Entry> CHEAPEST_FIRST =
                Comparator.comparingInt(Entry::cost).thenComparingInt(Entry::number);

        boolean isKnown() {
            return widening == null;
        }
    }

    /**
     * Looks at what the conflict hides, where it may not be what is said first.
     *
     * @param index the one that the request was resolved with
     */
    public static RepairSearch of(RememberedIndex index, Request request, Unsolvable unsolvable) {
        long began = System.nanoTime();
        int read = unsolvable.statistics().versionsRead();
        var solving = new Solving(index, REQUESTS, WHEELS, read);
        Proof first = unsolvable.proof();
        List<Proof> conflicts = new ArrayList<>(List.of(first));
        if (!Besides.hindered(first).isEmpty()) {
            solving.clash(request, Pace.QUICK).filter(Told::isClash).ifPresent(conflicts::add);
        }
        Told told = Told.of(conflicts);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
        return new RepairSearch(
                request,
                new Unsolvable(told.first(), unsolvable.statistics().and(elapsed)),
                solving,
                new Solving(index, WIDENINGS, WHEELS, read),
                new Besides(solving, request, first),
                conflicts,
                told);
    }

    private RepairSearch(
            Request request,
            Unsolvable unsolvable,
            Solving solving,
            Solving widening,
            Besides hidden,
            List<Proof> conflicts,
            Told told) {
        this.request = request;
        this.unsolvable = unsolvable;
        this.solving = solving;
        this.widening = widening;
        this.candidates = new Candidates(widening);
        this.hidden = hidden;
        this.conflicts = conflicts;
        this.told = told;
    }

    /** That there is no answer, with the conflict that is said first. */
    public Unsolvable unsolvable() {
        return unsolvable;
    }

    /** The ways out of the request's conflict. */
    public WaysOut waysOut() {
        return waysOut(RepairListener.SILENT);
    }

    /** The same. What is found is told at once. Ends early where the thread is interrupted. */
    public WaysOut waysOut(RepairListener listener) {
        listener.proved(unsolvable);
        told.besides().forEach(listener::proved);
        if (!Besides.hindered(conflicts.getFirst()).isEmpty()) {
            lookBeside(HIDDEN - told.besides().size(), Pace.QUICK, listener);
        }
        extend(Relaxed.of(request), fewestBlamed());
        go(Pace.QUICK, 1, listener);
        while (repairs.isEmpty() && putOff.stream().anyMatch(Entry::isKnown)) {
            settleOne(listener);
            go(Pace.QUICK, 1, listener);
        }
        if (repairs.isEmpty()) {
            lookBeside(Told.SHOWN, Pace.THOROUGH, listener);
        }
        queue.addAll(putOff);
        go(Pace.THOROUGH, SHOWN, listener);
        return new WaysOut(
                told.besides(),
                repairs,
                forbidden(),
                pythons(),
                solving.tried() + widening.tried(),
                solving.isComplete() && widening.isComplete());
    }

    /** Each way out has to let go of something that this blames, and there is least to try. */
    private Proof fewestBlamed() {
        return conflicts.stream()
                .min(Comparator.comparingInt(it -> it.core().size()))
                .orElseThrow();
    }

    /** The cheapest of those that were put off and of which it is known what they are. */
    private void settleOne(RepairListener listener) {
        Entry entry =
                putOff.stream().filter(Entry::isKnown).min(Entry.CHEAPEST_FIRST).orElseThrow();
        putOff.remove(entry);
        attempt(entry, Pace.THOROUGH).ifPresent(repair -> tell(repair, listener));
    }

    private void go(Pace pace, int shown, RepairListener listener) {
        while (repairs.size() < shown && !queue.isEmpty() && solving.goesOn()) {
            Entry entry = queue.remove();
            if (entry.widening() != null) {
                widen(entry, entry.widening(), pace);
            } else if (isWorthIt(entry.relaxed())) {
                listener.trying(entry.relaxed().relaxations());
                attempt(entry, pace).ifPresent(repair -> tell(repair, listener));
            }
        }
    }

    private boolean isWorthIt(Relaxed relaxed) {
        return repairs.stream().noneMatch(it -> relaxed.includes(it.relaxations()));
    }

    private void tell(Repair repair, RepairListener listener) {
        if (repairs.isEmpty() && !isOfThese(repair)) {
            lookBeside(Told.SHOWN, Pace.THOROUGH, listener);
        }
        repairs.add(repair);
        listener.found(repair);
    }

    /** Whether it lets go of nothing but what is blamed already: then the rest has an answer. */
    private boolean isOfThese(Repair repair) {
        Set<RootRequirement> blamed = new HashSet<>();
        conflicts.forEach(it -> blamed.addAll(it.core()));
        return repair.relaxations().stream()
                .allMatch(it ->
                        it instanceof Relaxation.OfRoot ofRoot && blamed.contains(ofRoot.root()));
    }

    private void lookBeside(int some, Pace pace, RepairListener listener) {
        for (int times = 0; times < some && !told.isFull(); times++) {
            Optional<Proof> next = hidden.next(pace);
            if (next.isEmpty()) {
                return;
            }
            conflicts.add(next.get());
            if (next.get().coreIsMinimal() && !told.says(next.get())) {
                told = told.and(next.get());
                listener.proved(next.get());
            }
        }
    }

    /** Goes on with what is not known yet, in the place that it has by what it costs at least. */
    private void widen(Entry entry, Widening widening, Pace pace) {
        if (widening.isSettled()) {
            widening.narrowest().ifPresent(wide -> add(entry.relaxed(), wide, entry.number()));
        } else if (widening.advance(pace)) {
            queue.add(open(entry.relaxed(), widening, entry.number()));
        } else if (pace == Pace.QUICK) {
            putOff.add(entry);
        }
    }

    private Optional<Repair> attempt(Entry entry, Pace pace) {
        Relaxed relaxed = entry.relaxed();
        Optional<Proof> standing = conflicts.stream().filter(relaxed::leavesAlone).findFirst();
        if (standing.isPresent()) {
            extend(relaxed, standing.get());
            return Optional.empty();
        }
        return switch (solving.outcome(relaxed.request(), pace).orElse(null)) {
            case Resolution resolution -> settle(relaxed, resolution);
            case Unsolvable none -> {
                extend(relaxed, none.proof());
                yield Optional.empty();
            }
            case null -> {
                // that it is not known is kept in mind by whoever solves
                if (pace == Pace.QUICK) {
                    putOff.add(entry);
                }
                yield Optional.empty();
            }
        };
    }

    private void extend(Relaxed relaxed, Proof proof) {
        for (Candidates.Candidate candidate : candidates.of(proof, relaxed)) {
            switch (candidate) {
                case Candidates.Candidate.Exact(Relaxation relaxation) ->
                        add(relaxed, relaxation, thoughtOf);
                case Candidates.Candidate.Open(Widening open) ->
                        queue.add(open(relaxed, open, thoughtOf));
            }
            thoughtOf++;
        }
    }

    private static Entry open(Relaxed relaxed, Widening widening, int number) {
        int least = relaxed.and(widening.soFar()).cost();
        return new Entry(relaxed, widening, least, number);
    }

    private void add(Relaxed relaxed, Relaxation relaxation, int number) {
        Relaxed more = relaxed.and(relaxation);
        if (relaxed.prices().said(relaxation) instanceof Price.Forbidden no) {
            forbidden.put(relaxation, no);
        } else if (seen.add(more.relaxations())) {
            queue.add(new Entry(more, null, more.cost(), number));
        }
    }

    /** Where any version would do, the one that was chosen is said, and is enough. */
    private Optional<Repair> settle(Relaxed relaxed, Resolution resolution) {
        Relaxed said = relaxed;
        for (Relaxation relaxation : relaxed.others()) {
            Relaxation exact = exact(relaxation, resolution);
            if (exact == null) {
                return Optional.empty(); // it made no difference, and is tried without
            }
            said = said.and(exact);
        }
        Optional<Resolution> settled =
                said.equals(relaxed) ? Optional.of(resolution) : solving.answer(said.request());
        Relaxed now = said;
        return settled.map(it -> Repair.of(now, it, request.preferences()));
    }

    private static @Nullable Relaxation exact(Relaxation relaxation, Resolution resolution) {
        Pin pin = resolution.pin(relaxation.name()).orElse(null);
        return switch (relaxation) {
            case Relaxation.LiftHold(var name, _, var reason) ->
                    pin == null ? null : new Relaxation.LiftHold(name, pin.version(), reason);
            case Relaxation.AllowPrereleases(var name, _) ->
                    pin == null || !pin.version().isPrerelease()
                            ? null
                            : new Relaxation.AllowPrereleases(name, pin.version());
            case Relaxation.OfRoot it -> it;
        };
    }

    private List<WaysOut.NotAllowed> forbidden() {
        var relaxed = Relaxed.of(request);
        return forbidden.entrySet().stream()
                .sorted(
                        Map.Entry.comparingByKey(
                                Comparator.comparingInt(relaxed::place)
                                        .thenComparingInt(it -> relaxed.prices().of(it).points())))
                .map(it -> new WaysOut.NotAllowed(it.getKey(), it.getValue()))
                .toList();
    }

    private List<WaysOut.OtherPython> pythons() {
        List<WaysOut.OtherPython> pythons = new ArrayList<>();
        for (Statement statement : unsolvable.proof().statements()) {
            if (statement instanceof Statement.Unusable unusable) {
                unusable.hindrances().stream()
                        .map(hindrance -> hindrance.obstacles().getFirst())
                        .filter(Obstacle.OtherPython.class::isInstance)
                        .map(Obstacle.OtherPython.class::cast)
                        .map(it ->
                                new WaysOut.OtherPython(
                                        unusable.about().name(), it.requiresPython(), it.python()))
                        .forEach(pythons::add);
            }
        }
        return pythons.stream().distinct().toList();
    }
}
