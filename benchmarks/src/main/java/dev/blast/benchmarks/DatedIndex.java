package dev.blast.benchmarks;

import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.index.IndexStatistics;
import dev.blast.index.ProjectPage;
import dev.blast.index.Transfer;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** An index as it was on a day: without what was uploaded later, or without saying when. */
record DatedIndex(Index index, Instant day) implements Index {

    @Override
    public ProjectPage page(PackageName name) throws IndexException {
        ProjectPage page = index.page(name);
        if (page.isMissing()) {
            return page;
        }
        List<DistributionFile> files =
                page.versions().stream()
                        .flatMap(version -> page.files(version).stream())
                        .filter(file ->
                                file.uploadTime() != null && !file.uploadTime().isAfter(day))
                        .toList();
        return ProjectPage.of(name, Objects.requireNonNull(page.from()), page.status(), files);
    }

    @Override
    public Metadata metadata(DistributionFile wheel) throws IndexException {
        return index.metadata(wheel);
    }

    @Override
    public Optional<String> metadataSha256(DistributionFile wheel) throws IndexException {
        return index.metadataSha256(wheel);
    }

    @Override
    public Path fetch(DistributionFile file, Path folder, Transfer transfer) throws IndexException {
        return index.fetch(file, folder, transfer);
    }

    @Override
    public IndexStatistics statistics() {
        return index.statistics();
    }
}
