package dev.blast.solver.repair;

import dev.blast.rules.verdict.Price;
import dev.blast.solver.Obstacle;
import dev.blast.solver.Pin;
import dev.blast.solver.Proof;
import dev.blast.solver.Request;
import dev.blast.solver.Resolution;
import dev.blast.solver.Statement;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.search.RememberedIndex;
import dev.blast.solver.search.Tried;
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
 * blames, so nothing cheaper is passed over. For one thread, for one use.
 */
public final class RepairSearch {
    /** Ways out that anybody will read. */
    private static final int SHOWN = 5;

    /** Requests that are solved for them. */
    private static final int REQUESTS = 80;

    /** Wheels whose metadata are read for them. */
    private static final int WHEELS = 300;

    private final Request request;
    private final Unsolvable unsolvable;
    private final Solving solving;

    /** Has a budget of its own: what it finds nothing in, something else may be solved with. */
    private final Solving widening;

    private final Candidates candidates;
    private final List<Repair> repairs = new ArrayList<>();
    private final Map<Relaxation, Price.Forbidden> forbidden = new LinkedHashMap<>();
    private final Set<List<Relaxation>> seen = new HashSet<>();
    private final PriorityQueue<Entry> queue =
            new PriorityQueue<>(
                    Comparator.comparingInt((Entry entry) -> entry.relaxed().cost())
                            .thenComparingInt(Entry::number));

    /** One set of relaxations, numbered in the order in which they were thought of. */
    private record Entry(Relaxed relaxed, int number) {}

    /**
     * @param index the one that the request was resolved with
     */
    public RepairSearch(RememberedIndex index, Request request, Unsolvable unsolvable) {
        this.request = request;
        this.unsolvable = unsolvable;
        int readsEach = 2 * unsolvable.statistics().versionsRead() + WHEELS;
        this.solving = new Solving(index, REQUESTS, WHEELS, readsEach);
        this.widening = new Solving(index, REQUESTS, WHEELS, readsEach);
        this.candidates = new Candidates(widening);
    }

    /** The ways out of the request's conflict. */
    public WaysOut waysOut() {
        return waysOut(RepairListener.SILENT);
    }

    /**
     * The same. What is found is told at once: nothing cheaper comes after it. Ends early where the
     * thread is interrupted.
     */
    public WaysOut waysOut(RepairListener listener) {
        listener.proved(unsolvable);
        List<Proof> besides = new Besides(solving).of(request, unsolvable.proof());
        besides.forEach(listener::proved);
        extend(Relaxed.of(request), unsolvable.proof());
        while (repairs.size() < SHOWN && !queue.isEmpty() && solving.goesOn()) {
            Relaxed relaxed = queue.remove().relaxed();
            if (repairs.stream().noneMatch(it -> relaxed.includes(it.relaxations()))) {
                listener.trying(relaxed.relaxations());
                int known = repairs.size();
                attempt(relaxed);
                repairs.subList(known, repairs.size()).forEach(listener::found);
            }
        }
        return new WaysOut(
                besides,
                repairs,
                forbidden(),
                pythons(),
                solving.tried() + widening.tried(),
                solving.isComplete() && widening.isComplete());
    }

    private void attempt(Relaxed relaxed) {
        switch (solving.attempt(relaxed.request())) {
            case Tried.Fits(Resolution resolution) -> settle(relaxed, resolution);
            case Tried.Excluded _ ->
                    solving.proof(relaxed.request()).ifPresent(proof -> extend(relaxed, proof));
            case Tried.Unknown _ -> {
                // that it is not known is kept in mind by whoever solves
            }
        }
    }

    private void extend(Relaxed relaxed, Proof proof) {
        for (Relaxation candidate : candidates.of(proof, relaxed)) {
            Relaxed more = relaxed.and(candidate);
            if (relaxed.prices().said(candidate) instanceof Price.Forbidden no) {
                forbidden.put(candidate, no);
            } else if (seen.add(more.relaxations())) {
                queue.add(new Entry(more, seen.size()));
            }
        }
    }

    /** Where any version would do, the one that was chosen is said, and is enough. */
    private void settle(Relaxed relaxed, Resolution resolution) {
        Relaxed said = relaxed;
        for (Relaxation relaxation : relaxed.others()) {
            Relaxation exact = exact(relaxation, resolution);
            if (exact == null) {
                return; // it made no difference, and is tried without
            }
            said = said.and(exact);
        }
        Optional<Resolution> settled =
                said.equals(relaxed) ? Optional.of(resolution) : solving.answer(said.request());
        if (settled.isPresent()) {
            repairs.add(Repair.of(said, settled.get(), request.preferences()));
        }
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
        return forbidden.entrySet().stream()
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
