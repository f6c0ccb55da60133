package dev.blast.enforcer.plan;

import java.util.List;

/**
 * The answer to whether and how something can be confined here. Only a {@link Plan} can be started.
 */
public sealed interface Planning
        permits Plan, Planning.Missing, Planning.TooLittle, Planning.Invalid, Planning.NotFound {

    /** The step of the ladder: only a plan stands on one. */
    default Ladder ladder() {
        return new Ladder.None();
    }

    /** Layers that the policy asks for are missing, and nobody accepted to run without them. */
    record Missing(List<MissingLayer> layers) implements Planning {}

    /** Layers are missing together that nobody can accept to run without. */
    record TooLittle(List<MissingLayer> layers) implements Planning {}

    /** The policy asks for what cannot be done anywhere, as to work in a folder that is hidden. */
    record Invalid(List<Problem> problems) implements Planning {}

    /** There is no such program inside the sandbox: by the manners of shells, exit code 127. */
    record NotFound(String command, NotFoundWhy why) implements Planning {}
}
