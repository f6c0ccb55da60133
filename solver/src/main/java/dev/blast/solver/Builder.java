package dev.blast.solver;

import dev.blast.index.DistributionFile;
import dev.blast.index.IndexException;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import java.util.Optional;

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

    /**
     * What stands for a name that no index is asked for, where a version needs it: such a need is
     * met by its version, and of its extras brings what they add.
     *
     * @param name one of {@link Request#own}
     * @return empty where nothing is known to stand for it, which meets no need
     * @throws BuildException where only a build would say, and there is none
     */
    default Optional<Metadata> standIn(PackageName name) throws BuildException, IndexException {
        return Optional.empty();
    }
}
