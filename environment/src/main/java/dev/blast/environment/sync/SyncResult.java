package dev.blast.environment.sync;

import dev.blast.environment.change.Applied;
import dev.blast.environment.change.FollowedStrategy;
import dev.blast.environment.change.Generation;
import dev.blast.environment.change.Impasse;
import dev.blast.environment.change.KeptDecision;
import dev.blast.environment.change.LiftedHold;
import dev.blast.environment.interpreter.Interpreter;
import dev.blast.environment.interpreter.InterpreterSearch;
import dev.blast.environment.project.AmendedFile;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.rules.explain.Explanation;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.StrategyChoice;
import dev.blast.solver.Note;
import dev.blast.solver.Statistics;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.repair.WaysOut;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a sync came to. Only {@link Done} has changed the environment. */
public sealed interface SyncResult {
    /** The environment is as it was asked for, or it was only asked what would be done. */
    sealed interface Reached extends SyncResult {}

    /** There is no such environment, and why; nothing was changed. */
    sealed interface NotReached extends SyncResult {}

    /** Everything is as it was left, and nothing that a change would follow from is different. */
    record UpToDate(Applied applied) implements Reached {}

    /** The plan, not carried out: a dry run, or there was nothing to do. */
    record Planned(Answer answer) implements Reached {}

    /**
     * The plan was carried out.
     *
     * @param created there was no environment before
     * @param rebuilt why the environment was laid out anew: another interpreter, moved, the
     *     interpreter gone
     * @param elapsed from the lock to the commit, without resolving
     * @param downloads wheels that were not in the store
     * @param warnings what was found and passed over or put right on the way, a sentence each
     */
    record Done(
            Answer answer,
            Generation generation,
            boolean created,
            Optional<String> rebuilt,
            Duration elapsed,
            int downloads,
            List<String> warnings)
            implements Reached {
        public Done {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * No versions fit together; what could be done about it.
     *
     * @param impasse without a number where it could not be remembered
     */
    record NoSolution(Unsolvable unsolvable, WaysOut waysOut, Impasse impasse)
            implements NotReached {
        NoSolution with(Impasse other) {
            return new NoSolution(unsolvable, waysOut, other);
        }
    }

    /** A way out was to be taken, and none has been shown. */
    record NothingShown() implements NotReached {}

    /** The one that was to be taken is none of those that were shown. */
    record UnknownLetter(String letter, Impasse shown) implements NotReached {}

    /** A way out was to be taken, and there is an answer without. */
    record NotNeeded(String letter) implements NotReached {}

    /**
     * A way out is none any more.
     *
     * @param why a clause
     * @param now what there is instead
     */
    record Outdated(String letter, String why, NoSolution now) implements NotReached {}

    /** A way out that a person has to take by hand: what to do, a sentence each. */
    record ByHand(String letter, List<String> todo) implements NotReached {
        public ByHand {
            todo = List.copyOf(todo);
        }
    }

    /** The project's files are to be edited, and are others than those that were read. */
    record EditedMeanwhile() implements NotReached {}

    /**
     * Packages are to be upgraded that are neither asked for nor there.
     *
     * @param known those that are
     */
    record UnknownNames(List<PackageName> unknown, Set<PackageName> known) implements NotReached {
        public UnknownNames {
            unknown = List.copyOf(unknown);
            known = Set.copyOf(known);
        }
    }

    /** No interpreter fits. */
    record NoInterpreter(InterpreterSearch.NotFound search) implements NotReached {}

    /** Rules of the same rank choose different strategies. */
    record StrategyConflict(List<StrategyChoice.Named> rules) implements NotReached {
        public StrategyConflict {
            rules = List.copyOf(rules);
        }
    }

    /** The rules refuse files that would have to be installed. */
    record Refused(List<Refusal> refusals) implements NotReached {
        public Refused {
            refusals = List.copyOf(refusals);
        }
    }

    /**
     * One file that may not be installed.
     *
     * @param what the file, and the distribution that brings it
     * @param explanation the rules' word on it, with what would turn it
     * @param decision the same as it is kept
     * @param ofVersionAlone another version of it might not be refused, whatever else is installed
     */
    record Refusal(
            PackageName name,
            Version version,
            String what,
            Explanation explanation,
            KeptDecision decision,
            boolean ofVersionAlone) {}

    /** A version is to be let through that the rules deny, and not only hold back. */
    record Denied(PackageName name, Version version, Judgement judgement) implements NotReached {}

    /** The lock was asked for, and there is none, or it is not for this project and interpreter. */
    record LockNotCurrent(String why) implements NotReached {}

    /**
     * The lock would have to be written anew, and would lose something that a person may want.
     *
     * @param loss what, in a clause
     * @param ofOthers whether it is there for other interpreters, or by another tool
     */
    record LockKept(String loss, boolean ofOthers) implements NotReached {}

    /**
     * What was decided.
     *
     * @param strategies those that were followed, the whole sync's first
     * @param lookedPast where the lock would have done
     * @param displaced packages that change or go with others, each with the one that makes it
     * @param worth where that was asked for
     * @param lifted holds on what is chosen that a person lifted, now or before
     * @param liftRemarks on lifts that were asked for and have no effect, a sentence each
     * @param notes of the resolution, by package
     * @param resolved packages that it has a version for; what an interpreter brings is none
     * @param statistics empty where the lock was current and nothing was resolved
     * @param lockText what the lock says now; empty where a hash is not known before its file was
     *     fetched
     * @param covered the packages of the lock's text that are asked for now, here or elsewhere
     * @param lockLost what was in the lock and is no longer, in a sentence
     * @param elsewhere what the lock is made for besides; empty where it is for here alone
     * @param edits what is written otherwise in the project's own files
     * @param recovered what an interrupted change before this one came to
     */
    record Answer(
            SyncPlan plan,
            Interpreter interpreter,
            List<FollowedStrategy> strategies,
            Optional<LookedPast> lookedPast,
            Map<PackageName, Displacement> displaced,
            Optional<Worth> worth,
            List<LiftedHold> lifted,
            List<String> liftRemarks,
            List<Note> notes,
            int resolved,
            Optional<Statistics> statistics,
            Path lockFile,
            Optional<String> lockText,
            Set<PackageName> covered,
            boolean lockChanged,
            Optional<String> lockLost,
            Optional<LockedElsewhere> elsewhere,
            List<AmendedFile> edits,
            Optional<String> recovered) {
        public Answer {
            strategies = List.copyOf(strategies);
            displaced = Map.copyOf(displaced);
            lifted = List.copyOf(lifted);
            liftRemarks = List.copyOf(liftRemarks);
            notes = List.copyOf(notes);
            covered = Set.copyOf(covered);
            edits = List.copyOf(edits);
        }

        /** The strategy of the sync as a whole. */
        public FollowedStrategy strategy() {
            return strategies.getFirst();
        }
    }
}
