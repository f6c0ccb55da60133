package dev.blast.solver.logic;

import dev.blast.packaging.Requirement;
import dev.blast.rules.verdict.Judgement;
import dev.blast.rules.verdict.Reason;
import dev.blast.solver.Obstacle;
import dev.blast.solver.RootRequirement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why an {@link Incompatibility} holds. All but {@link Derived} are facts that can be looked up
 * again.
 */
public sealed interface Cause {

    /** A person asks for it: never not one of these versions. */
    record Asked(RootRequirement root, Node node) implements Cause {}

    /**
     * The metadata of versions of one package say so: never one of those versions and not one of
     * these.
     */
    record Needs(Requirement requirement, Node from, Node to) implements Cause {}

    /**
     * An extra comes in the version of its package: never the extra in one of these versions and
     * the package in none of them.
     */
    record SameVersion() implements Cause {}

    /** These versions cannot be used here. */
    record Unusable(Obstacle obstacle) implements Cause {}

    /**
     * The rules forbid these versions, or hold them back.
     *
     * @param reason the rule that decided; null where none allows them, or where the evaluation
     *     failed
     * @param failure what went wrong in the evaluation; null where nothing did
     */
    record Ruled(boolean held, @Nullable Reason reason, @Nullable String failure) implements Cause {
        public static Ruled by(Judgement judgement) {
            return new Ruled(
                    judgement.outcome() == dev.blast.rules.vocabulary.Outcome.HELD,
                    judgement.deciding().isEmpty() ? null : judgement.deciding().getFirst(),
                    judgement.failure());
        }
    }

    /**
     * The rules do not let versions of two packages stand together.
     *
     * @param reason the rule that denies it; null where the evaluation failed
     * @param failure what went wrong in the evaluation; null where nothing did
     */
    record Apart(@Nullable Reason reason, @Nullable String failure) implements Cause {
        public static Apart by(Judgement judgement) {
            return new Apart(
                    judgement.deciding().isEmpty() ? null : judgement.deciding().getFirst(),
                    judgement.failure());
        }

        /** Whether the same rule says so, in whatever words. */
        public boolean isOf(Apart other) {
            return (reason == null || other.reason == null)
                    ? equals(other)
                    : reason.origin().equals(other.reason.origin());
        }
    }

    /** The search is only to find out whether there is an answer without these versions. */
    record Wished() implements Cause {}

    /** What several facts of one kind have in common: weaker than they are together. */
    record Several(List<Incompatibility> parts) implements Cause {}

    /** It follows from two others, whichever state the node is in. */
    record Derived(Incompatibility left, Incompatibility right, Node node) implements Cause {}
}
