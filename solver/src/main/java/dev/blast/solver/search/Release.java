package dev.blast.solver.search;

import dev.blast.index.DistributionFile;
import dev.blast.index.IndexLocation;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a package that there is.
 *
 * @param files that count; none where all are newer than what a person lets through
 * @param from the index that has them; null where an address was named instead
 */
record Release(
        PackageName name,
        Version version,
        List<DistributionFile> files,
        @Nullable IndexLocation from) {}
