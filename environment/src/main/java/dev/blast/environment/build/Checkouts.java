package dev.blast.environment.build;

import dev.blast.index.DistributionFile;
import dev.blast.index.IndexException;
import dev.blast.packaging.Message;
import dev.blast.solver.BuildException;
import java.nio.file.Path;

/** Brings commits of repositories onto this machine. */
@FunctionalInterface
public interface Checkouts {
    /** None can be brought. */
    Checkouts NONE =
            (commit, _) -> {
                throw new BuildException(
                        Message.of("cannot be built: nothing checks out %s", commit.uri()));
            };

    /**
     * The project of a commit.
     *
     * @param commit of kind CHECKOUT
     * @param folder an empty one, to bring it into
     * @return the folder of the project itself, in that folder
     */
    Path bring(DistributionFile commit, Path folder) throws BuildException, IndexException;
}
