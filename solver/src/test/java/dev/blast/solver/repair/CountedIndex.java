package dev.blast.solver.repair;

import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.index.IndexStatistics;
import dev.blast.index.ProjectPage;
import dev.blast.index.Transfer;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps in mind what another index was asked. */
record CountedIndex(Index index, List<String> asked) implements Index {
    CountedIndex(Index index) {
        this(index, new ArrayList<>());
    }

    @Override
    public ProjectPage page(PackageName name) throws IndexException {
        asked.add(name.toString());
        return index.page(name);
    }

    @Override
    public Metadata metadata(DistributionFile wheel) throws IndexException {
        asked.add(wheel.filename());
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
