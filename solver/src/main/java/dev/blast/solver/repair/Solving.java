package dev.blast.solver.repair;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.Outcome;
import dev.blast.solver.Progress;
import dev.blast.solver.Proof;
import dev.blast.solver.Request;
import dev.blast.solver.Resolution;
import dev.blast.solver.search.Allowance;
import dev.blast.solver.search.CandidateFacts;
import dev.blast.solver.search.RememberedIndex;
import dev.blast.solver.search.Resolver;
import dev.blast.solver.search.Tried;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Solves requests as long as a budget lasts, and keeps in mind whether something could not be
 * settled. For one thread.
 */
final class Solving {
    /**
     * Conflicts after which a request is put off at first. Each may cost a request to the index,
     * one after the other.
     */
    private static final int FEW_CONFLICTS = 48;

    /** Versions that it may look at then, beyond those that were for the conflict. */
    private static final int FEW_READS = 32;

    private final RememberedIndex index;
    private final Resolver resolver;
    private final int requests;
    private int wheels;
    private final int readsFirst;
    private final int readsEach;
    private int tried;
    private boolean complete = true;

    /**
     * @param requests that may be solved
     * @param wheels that may be read for them beyond those that are known
     * @param read versions that were looked at for the conflict
     */
    Solving(RememberedIndex index, int requests, int wheels, int read) {
        this.index = index;
        this.resolver = new Resolver(index, Progress.SILENT);
        this.requests = requests;
        this.wheels = wheels;
        this.readsFirst = read + FEW_READS;
        this.readsEach = 2 * read + wheels;
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

    /** What can be asked within an allowance. */
    private interface Question<T> {
        T ask(Allowance allowance) throws IndexException;
    }

    /** The answer or why there is none; empty where that is not known. */
    Optional<Outcome> outcome(Request request, Pace pace) {
        return ask(pace, allowance -> resolver.within(request, allowance), Optional::isPresent)
                .flatMap(it -> it);
    }

    /** The answer; empty where there is none, or none that could be had. */
    Optional<Resolution> answer(Request request) {
        return outcome(request, Pace.THOROUGH)
                .filter(Resolution.class::isInstance)
                .map(Resolution.class::cast);
    }

    /** Whether there is an answer, and one of them. */
    Tried first(Request request, Pace pace) {
        return ask(
                        pace,
                        allowance -> resolver.first(request, allowance),
                        it -> !(it instanceof Tried.Unknown))
                .orElse(new Tried.Unknown());
    }

    private <T> Optional<T> ask(Pace pace, Question<T> question, Predicate<T> isAnswered) {
        if (!goesOn()) {
            return Optional.empty();
        }
        tried++;
        int asked = index.asked();
        try {
            T answer = question.ask(allowance(pace));
            complete &= pace == Pace.QUICK || isAnswered.test(answer);
            return Optional.of(answer);
        } catch (IndexException e) {
            // What else would have been needed cannot be had now; the proof stands without it.
            complete = false;
            return Optional.empty();
        } finally {
            wheels -= index.asked() - asked;
        }
    }

    private Allowance allowance(Pace pace) {
        return switch (pace) {
            case QUICK -> new Allowance(readsFirst, FEW_CONFLICTS);
            case THOROUGH -> Allowance.reads(readsEach);
        };
    }

    /** Wheels that were read up to now. */
    int asked() {
        return index.asked();
    }

    /** Why there is no answer without some packages; empty where there is one, or nobody knows. */
    Optional<Proof> conflict(Request request, Set<PackageName> ignored, Pace pace) {
        return ask(allowance -> resolver.conflict(request, ignored, allowance), pace);
    }

    /** Why there would be no answer without wheels either; empty as above. */
    Optional<Proof> clash(Request request, Pace pace) {
        return ask(allowance -> resolver.clash(request, allowance), pace);
    }

    private Optional<Proof> ask(Question<Optional<Proof>> question, Pace pace) {
        try {
            return goesOn() ? question.ask(allowance(pace)) : Optional.empty();
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

    /** Lets versions be read that will be looked at soon. */
    void expect(Request request, PackageName name, Collection<Version> versions) {
        try {
            new CandidateFacts(request, index).expect(name, versions);
        } catch (IndexException e) {
            // whoever looks at them hears of it
        }
    }
}
