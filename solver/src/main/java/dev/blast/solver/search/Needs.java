package dev.blast.solver.search;

import dev.blast.packaging.Requirement;
import dev.blast.solver.Obstacle;
import dev.blast.solver.logic.Cause;
import java.util.List;

/** What a version needs on a target. */
sealed interface Needs {
    record Known(List<Requirement> requirements) implements Needs {}

    record Unknown(Obstacle obstacle) implements Needs {}

    /** The rules refuse the version by what its metadata say. */
    record Refused(Cause.Ruled cause) implements Needs {}
}
