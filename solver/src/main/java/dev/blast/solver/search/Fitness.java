package dev.blast.solver.search;

import dev.blast.index.DistributionFile;
import dev.blast.solver.Obstacle;

/** Whether a version can be used for a target, as far as its files tell. */
public sealed interface Fitness {

    /**
     * It can be used.
     *
     * @param file the one to install: the best wheel by tags, then by build number, else the source
     *     that a wheel is built of
     */
    record Fit(DistributionFile file) implements Fitness {}

    record Unfit(Obstacle obstacle) implements Fitness {}
}
