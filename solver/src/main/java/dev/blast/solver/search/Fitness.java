package dev.blast.solver.search;

import dev.blast.index.DistributionFile;
import dev.blast.solver.Obstacle;

/** Whether a version can be used for a target, as far as its files tell. */
public sealed interface Fitness {

    /**
     * It can be used.
     *
     * @param wheel the one to install: the best by tags, then by build number
     */
    record Fit(DistributionFile wheel) implements Fitness {}

    record Unfit(Obstacle obstacle) implements Fitness {}
}
