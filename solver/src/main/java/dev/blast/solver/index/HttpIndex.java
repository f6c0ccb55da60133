package dev.blast.solver.index;

import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * The configured indexes, over the network, from local folders, and from the cache. For any thread.
 * Made for one command: answers stay in memory until it is closed.
 */
public final class HttpIndex implements Index, AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final IndexConfiguration configuration;
    private final Transport transport;
    private final Cache cache;
    private final Tally tally = new Tally();
    private final Pages pages;

    /**
     * @param cacheFolder made when needed; may be deleted at any time
     */
    public HttpIndex(IndexConfiguration configuration, Path cacheFolder) {
        this(configuration, cacheFolder, Clock.systemUTC(), FIRST_PAUSE);
    }

    HttpIndex(
            IndexConfiguration configuration, Path cacheFolder, Clock clock, Duration firstPause) {
        this.configuration = configuration;
        this.transport = new Transport(configuration, firstPause);
        this.cache = new Cache(cacheFolder);
        this.pages = new Pages(configuration, transport, cache, clock, tally);
    }

    @Override
    public ProjectPage page(PackageName name) throws IndexException {
        tally.page();
        for (IndexLocation location : configuration.indexes()) {
            Optional<ProjectPage> page = pages.read(location, name);
            if (page.isPresent()) {
                return page.get();
            }
        }
        return ProjectPage.missing(name);
    }

    @Override
    public Metadata metadata(DistributionFile wheel) throws IndexException {
        throw new IllegalStateException("not yet");
    }

    @Override
    public Optional<String> metadataSha256(DistributionFile wheel) {
        return Optional.empty();
    }

    @Override
    public Path fetch(DistributionFile file, Path folder, Transfer transfer) throws IndexException {
        throw new IllegalStateException("not yet");
    }

    @Override
    public IndexStatistics statistics() {
        return tally.statistics(transport.requests(), transport.bytes());
    }

    /** Why answers could not be kept for the next time, if that happened. */
    public Optional<String> cacheProblem() {
        return cache.problem();
    }

    @Override
    public void close() {
        transport.close();
    }
}
