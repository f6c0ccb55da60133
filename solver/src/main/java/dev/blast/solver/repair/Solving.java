package dev.blast.solver.repair;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.Outcome;
import dev.blast.solver.Progress;
import dev.blast.solver.Proof;
import dev.blast.solver.Request;
import dev.blast.solver.Resolution;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.search.CandidateFacts;
import dev.blast.solver.search.RememberedIndex;
import dev.blast.solver.search.Resolver;
import dev.blast.solver.search.Tried;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Solves requests as long as a budget lasts, and keeps in mind whether something could not be
 * settled. For one thread.
 */
final class Solving {
    private final RememberedIndex index;
    private final Resolver resolver;
    private final int requests;
    private int wheels;
    private final int readsEach;
    private int tried;
    private boolean complete = true;

    /**
     * @param requests that may be solved
     * @param wheels that may be read for them beyond those that are known
     * @param readsEach versions that may be looked at for one request
     */
    Solving(RememberedIndex index, int requests, int wheels, int readsEach) {
        this.index = index;
        this.resolver = new Resolver(index, Progress.SILENT);
        this.requests = requests;
        this.wheels = wheels;
        this.readsEach = readsEach;
    }

    int tried() {
        return tried;
    }

    /** Whether every question was answered. */
    boolean isComplete() {
        return complete;
    }

    /** Whether something is left of the budget; that it is not makes what was found incomplete. */
    boolean goesOn() {
        boolean left = tried < requests && wheels > 0 && !Thread.currentThread().isInterrupted();
        complete &= left;
        return left;
    }

    /** The answer; empty where there is none, or none that could be had. */
    Optional<Resolution> answer(Request request) {
        return attempt(request) instanceof Tried.Fits(Resolution resolution)
                ? Optional.of(resolution)
                : Optional.empty();
    }

    Tried attempt(Request request) {
        if (!goesOn()) {
            return new Tried.Unknown();
        }
        tried++;
        int asked = index.asked();
        try {
            Tried result = resolver.within(request, readsEach);
            complete &= !(result instanceof Tried.Unknown);
            return result;
        } catch (IndexException e) {
            // What else would have been needed cannot be had now; the proof stands without it.
            complete = false;
            return new Tried.Unknown();
        } finally {
            wheels -= index.asked() - asked;
        }
    }

    /** Why there is no answer, where {@link #attempt} says so. */
    Optional<Proof> proof(Request request) {
        try {
            Outcome outcome = resolver.resolve(request);
            return outcome instanceof Unsolvable unsolvable
                    ? Optional.of(unsolvable.proof())
                    : Optional.empty();
        } catch (IndexException e) {
            complete = false;
            return Optional.empty();
        }
    }

    /** Why there is no answer without some packages; empty where there is one, or nobody knows. */
    Optional<Proof> conflict(Request request, Set<PackageName> ignored) {
        try {
            return goesOn() ? resolver.conflict(request, ignored, readsEach) : Optional.empty();
        } catch (IndexException e) {
            complete = false;
            return Optional.empty();
        }
    }

    /** All versions that there are, in ascending order. */
    List<Version> versions(Request request, PackageName name) {
        try {
            return new CandidateFacts(request, index).versions(name);
        } catch (IndexException e) {
            complete = false;
            return List.of();
        }
    }
}
