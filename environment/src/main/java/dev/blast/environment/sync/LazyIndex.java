package dev.blast.environment.sync;

import dev.blast.environment.interpreter.Interpreter;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The index of one sync, opened when it is first asked: with a current lock and a full store it is
 * never. For any thread.
 */
final class LazyIndex implements Index {
    private final Sync.IndexSource source;
    private final Interpreter interpreter;
    private final Map<PackageName, String> bound;
    private @Nullable Index index;

    LazyIndex(Sync.IndexSource source, Interpreter interpreter, Map<PackageName, String> bound) {
        this.source = source;
        this.interpreter = interpreter;
        this.bound = bound;
    }

    private synchronized Index open() throws IndexException {
        Index open = index;
        if (open == null) {
            open = source.open(interpreter, bound);
            index = open;
        }
        return open;
    }

    private synchronized Optional<Index> ifOpen() {
        return Optional.ofNullable(index);
    }

    @Override
    public ProjectPage page(PackageName name) throws IndexException {
        return open().page(name);
    }

    @Override
    public Metadata metadata(DistributionFile wheel) throws IndexException {
        return open().metadata(wheel);
    }

    @Override
    public Optional<String> metadataSha256(DistributionFile wheel) throws IndexException {
        Optional<Index> asked = ifOpen();
        return asked.isPresent() ? asked.get().metadataSha256(wheel) : Optional.empty();
    }

    @Override
    public Path fetch(DistributionFile file, Path folder, Transfer transfer) throws IndexException {
        return open().fetch(file, folder, transfer);
    }

    @Override
    public void prefetch(PackageName name, Consumer<ProjectPage> then) {
        try {
            open().prefetch(name, then);
        } catch (IndexException e) {
            // whoever needs the page asks for it, and meets the same
        }
    }

    @Override
    public void prefetch(DistributionFile wheel, Consumer<Metadata> then) {
        try {
            open().prefetch(wheel, then);
        } catch (IndexException e) {
            // whoever needs the metadata asks for it, and meets the same
        }
    }

    @Override
    public IndexStatistics statistics() {
        return ifOpen().map(Index::statistics).orElse(IndexStatistics.NONE);
    }
}
