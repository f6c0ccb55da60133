package dev.blast.environment.sync;

import dev.blast.environment.change.FollowedStrategy;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import dev.blast.solver.Proof;
import dev.blast.solver.Restraint;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What would come of it if some versions of a package were asked for besides. */
public sealed interface Supposed {

    /** The project has no answer as it is. */
    record NoAnswer(SyncResult.NotReached why) implements Supposed {}

    /** The project has one. */
    sealed interface Answered extends Supposed {}

    /** A sync chooses one of these versions as it is. */
    record Chosen(Version version) implements Answered {}

    /** Nothing that the project asks for goes with any of them. */
    record Impossible(Proof proof) implements Answered {}

    /**
     * The rules refuse each of them that could be used.
     *
     * @param lifted the newest that is chosen where the hold on it is lifted by name; null where
     *     lifting one hold was not enough
     */
    record Refused(Map<Version, Restraint.Ruled> versions, @Nullable Lifted lifted)
            implements Answered {
        public Refused {
            versions = Collections.unmodifiableMap(new TreeMap<>(versions));
        }
    }

    /**
     * What comes of lifting a hold.
     *
     * @param byUpgrade whether the version has to be asked for besides: the strategy of a sync
     *     chooses another one all the same
     * @param moves from the answer of a sync to the one with this version
     */
    record Lifted(Version version, boolean byUpgrade, List<Move> moves) {
        public Lifted {
            moves = List.copyOf(moves);
        }
    }

    /**
     * There is an answer with one of them.
     *
     * @param version that it has
     * @param instead the version in the answer of a sync; null where it does not have the package
     * @param strategy that a sync follows
     * @param lead of one of the two by this strategy, a sync's first; null where they are equal
     * @param moves from the answer of a sync to this one
     * @param byUpgrade whether a sync that upgrades the package to these versions gives this
     *     answer; else the project has to ask for them
     */
    record Possible(
            Version version,
            @Nullable Version instead,
            FollowedStrategy strategy,
            @Nullable Lead lead,
            List<Move> moves,
            boolean byUpgrade)
            implements Answered {
        public Possible {
            moves = List.copyOf(moves);
        }

        /** Whether the strategy puts the answer of a sync first. */
        public boolean isBehind() {
            return lead != null && lead.firstIsBetter();
        }
    }

    /**
     * One package that differs between two answers.
     *
     * @param from null where the first does not have it
     * @param to null where the second does not have it
     */
    record Move(PackageName name, @Nullable Version from, @Nullable Version to) {}
}
