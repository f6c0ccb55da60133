package dev.blast.solver;

import dev.blast.index.DistributionFile;
import dev.blast.index.IndexException;
import dev.blast.packaging.Metadata;

/**
 * Reads what no wheel says: the metadata of a source distribution, out of its own {@code PKG-INFO}
 * where that may be relied on (PEP 643), else by its build backend. Asked on the thread of the
 * search, once for each version that it tries.
 */
@FunctionalInterface
public interface Builder {
    /**
     * The core metadata that a wheel of the source would have.
     *
     * @param source a file that is not a wheel
     * @throws BuildException where it cannot be built, which makes the version unusable
     * @throws IndexException where it cannot be had
     */
    Metadata metadata(DistributionFile source) throws BuildException, IndexException;
}
