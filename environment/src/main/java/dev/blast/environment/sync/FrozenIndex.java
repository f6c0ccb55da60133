package dev.blast.environment.sync;

import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.index.IndexStatistics;
import dev.blast.index.ProjectPage;
import dev.blast.index.Transfer;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives no answer, and notes the first question: what the lock file alone does not settle. For one
 * thread.
 */
final class FrozenIndex implements Index {
    private @Nullable PackageName asked;

    Optional<PackageName> asked() {
        return Optional.ofNullable(asked);
    }

    private IndexException refusal(PackageName name) {
        if (asked == null) {
            asked = name;
        }
        return new IndexException(
                IndexException.Kind.OFFLINE, "the lock file does not settle " + name, null);
    }

    private static PackageName nameOf(DistributionFile file) {
        return file.wheel() == null ? new PackageName("unknown") : file.wheel().name();
    }

    @Override
    public ProjectPage page(PackageName name) throws IndexException {
        throw refusal(name);
    }

    @Override
    public Metadata metadata(DistributionFile wheel) throws IndexException {
        throw refusal(nameOf(wheel));
    }

    @Override
    public Optional<String> metadataSha256(DistributionFile wheel) {
        return Optional.empty();
    }

    @Override
    public Path fetch(DistributionFile file, Path folder, Transfer transfer) throws IndexException {
        throw refusal(nameOf(file));
    }

    @Override
    public IndexStatistics statistics() {
        return IndexStatistics.NONE;
    }
}
