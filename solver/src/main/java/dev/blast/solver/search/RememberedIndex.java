package dev.blast.solver.search;

import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.index.IndexStatistics;
import dev.blast.index.ProjectPage;
import dev.blast.index.Transfer;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * An index whose pages and metadata are kept: several requests of one project that differ a little
 * read what they have in common once. What cannot be had is asked for again. For any thread.
 */
public final class RememberedIndex implements Index {
    private final Index index;
    private final Map<PackageName, ProjectPage> pages = new ConcurrentHashMap<>();
    private final Map<DistributionFile, Metadata> metadata = new ConcurrentHashMap<>();
    private final Set<DistributionFile> asked = ConcurrentHashMap.newKeySet();

    public RememberedIndex(Index index) {
        this.index = index;
    }

    /**
     * Wheels whose metadata a search wanted to see. What was begun ahead of one does not count, so
     * it does not depend on the speed of answers.
     */
    public int asked() {
        return asked.size();
    }

    @Override
    public ProjectPage page(PackageName name) throws IndexException {
        ProjectPage page = pages.get(name);
        if (page == null) {
            page = index.page(name);
            pages.put(name, page);
        }
        return page;
    }

    @Override
    public Metadata metadata(DistributionFile wheel) throws IndexException {
        asked.add(wheel);
        Metadata known = metadata.get(wheel);
        if (known == null) {
            known = index.metadata(wheel);
            metadata.put(wheel, known);
        }
        return known;
    }

    @Override
    public void prefetch(PackageName name, Consumer<ProjectPage> then) {
        ProjectPage page = pages.get(name);
        if (page != null) {
            then.accept(page);
        } else {
            index.prefetch(name, then);
        }
    }

    @Override
    public void prefetch(DistributionFile wheel, Consumer<Metadata> then) {
        Metadata known = metadata.get(wheel);
        if (known != null) {
            then.accept(known);
        } else {
            index.prefetch(wheel, then);
        }
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
