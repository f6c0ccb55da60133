package dev.blast.solver;

import dev.blast.packaging.Requirement;
import dev.blast.rules.verdict.Reason;
import org.jspecify.annotations.Nullable;

/** Something that keeps versions of a package out of an answer, with the rest as it is. */
public sealed interface Restraint {

    /** A person asks for others, or allows only others. */
    record Asked(RootRequirement root) implements Restraint {}

    /** A package of the answer needs others. */
    record Needed(DependencyGraph.Member by, Requirement requirement) implements Restraint {}

    /**
     * The rules say so.
     *
     * @param held whether they only hold back
     * @param reason the rule that decided; null where none allows it
     */
    record Ruled(boolean held, @Nullable Reason reason) implements Restraint {}

    /**
     * The rules do not let them stand beside a package of the answer.
     *
     * @param reason the rule that decided; null where the evaluation failed
     * @param failure what went wrong in it, where something did
     */
    record Apart(DependencyGraph.Member beside, @Nullable Reason reason, @Nullable String failure)
            implements Restraint {}

    /** They cannot be used here. */
    record Barred(Obstacle obstacle) implements Restraint {}

    /** They need another version of a package than the one that is there. */
    record Clashing(Requirement requirement, DependencyGraph.Member there) implements Restraint {}
}
