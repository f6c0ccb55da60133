package dev.blast.solver;

import dev.blast.packaging.Requirement;
import java.util.List;

/** What a version needs on a target. */
sealed interface Needs {
    record Known(List<Requirement> requirements) implements Needs {}

    record Unknown(Obstacle obstacle) implements Needs {}
}
