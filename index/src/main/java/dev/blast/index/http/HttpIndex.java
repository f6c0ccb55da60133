package dev.blast.index.http;

import dev.blast.index.DistributionFile;
import dev.blast.index.Index;
import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.IndexLocation;
import dev.blast.index.IndexStatistics;
import dev.blast.index.IndexTally;
import dev.blast.index.ProjectPage;
import dev.blast.index.ProjectStatus;
import dev.blast.index.Transfer;
import dev.blast.index.cache.Cache;
import dev.blast.index.page.LocalPages;
import dev.blast.index.settings.IndexConfiguration;
import dev.blast.index.settings.IndexStrategy;
import dev.blast.packaging.Message;
import dev.blast.packaging.Metadata;
import dev.blast.packaging.PackageName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The configured indexes, over the network, from local folders, and from the cache. For any thread.
 * Made for one command: answers stay in memory until it is closed, failures too.
 */
public final class HttpIndex implements Index, AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final IndexConfiguration configuration;
    private final Transport transport;
    private final Cache cache;
    private final ServerMemory servers;
    private final IndexTally tally = new IndexTally();
    private final Pages pages;
    private final FindLinks findLinks;
    private final WheelMetadata metadata;
    private final Download download;
    private final SingleFlight<PackageName, ProjectPage> pageFlights = new SingleFlight<>();
    private final SingleFlight<URI, WheelMetadata.Found> metadataFlights = new SingleFlight<>();

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
        this.servers = new ServerMemory(cache, clock);
        this.download = new Download(transport);
        this.pages = new Pages(configuration, transport, cache, clock, tally);
        this.findLinks = new FindLinks(configuration, transport, cache, clock);
        this.metadata =
                new WheelMetadata(configuration, transport, cache, servers, download, tally);
    }

    @Override
    public ProjectPage page(PackageName name) throws IndexException {
        return pageFlights.get(name, () -> readPage(name));
    }

    @Override
    public void prefetch(PackageName name, Consumer<ProjectPage> then) {
        pageFlights.begin(name, () -> readPage(name), then);
    }

    private ProjectPage readPage(PackageName name) throws IndexException {
        tally.page();
        IndexLocation bound = configuration.bound().get(name);
        if (bound != null) {
            return readPage(bound, name).orElseGet(() -> ProjectPage.missing(name, bound));
        }
        List<DistributionFile> linked = findLinks.files(name);
        List<ProjectPage> pages = pages(name);
        if (!pages.isEmpty()) {
            boolean inOrder = configuration.strategy() == IndexStrategy.UNSAFE_FIRST_MATCH;
            ProjectPage page =
                    pages.size() == 1 ? pages.getFirst() : ProjectPage.merged(pages, inOrder);
            return linked.isEmpty() ? page : page.with(linked);
        }
        return linked.isEmpty()
                ? ProjectPage.missing(name, findLinks.passedOver(name))
                : ProjectPage.of(
                        name, configuration.findLinks().getFirst(), ProjectStatus.ACTIVE, linked);
    }

    /** Those of the indexes that have it, as far as the strategy asks for more than the first. */
    private List<ProjectPage> pages(PackageName name) throws IndexException {
        var found = new ArrayList<ProjectPage>();
        for (IndexLocation location : configuration.indexes()) {
            readPage(location, name).ifPresent(found::add);
            if (!found.isEmpty() && configuration.strategy() == IndexStrategy.FIRST_INDEX) {
                break;
            }
        }
        return found;
    }

    private Optional<ProjectPage> readPage(IndexLocation location, PackageName name)
            throws IndexException {
        return location.uri().getScheme().equals("file")
                ? LocalPages.read(location, name)
                : pages.read(location, name);
    }

    @Override
    public Metadata metadata(DistributionFile wheel) throws IndexException {
        return found(wheel).metadata();
    }

    @Override
    public Optional<String> metadataSha256(DistributionFile wheel) {
        WheelMetadata.Found known = metadataFlights.peek(wheel.uri());
        if (known == null) {
            known = metadata.cached(wheel);
        }
        return Optional.ofNullable(known).map(WheelMetadata.Found::besideSha256);
    }

    @Override
    public void prefetch(DistributionFile wheel, Consumer<Metadata> then) {
        metadataFlights.begin(
                wheel.uri(),
                () -> metadata.read(wheel, namedBy(wheel)),
                found -> then.accept(found.metadata()));
    }

    private WheelMetadata.Found found(DistributionFile wheel) throws IndexException {
        if (wheel.kind() != DistributionFile.Kind.WHEEL) {
            throw new IllegalArgumentException("not a wheel: " + wheel.filename());
        }
        return metadataFlights.get(wheel.uri(), () -> metadata.read(wheel, namedBy(wheel)));
    }

    @Override
    public Path fetch(DistributionFile file, Path folder, Transfer transfer) throws IndexException {
        if (configuration.offline() && !file.uri().getScheme().equals("file")) {
            throw new IndexException(
                    Kind.OFFLINE,
                    Message.of(
                            "%s is not here, and the network is not used\nrun once without --offline",
                            file.filename()));
        }
        Path fetched = download.fetch(file, folder, namedBy(file), transfer);
        tally.download();
        return fetched;
    }

    /** The index whose page lists a file; null for what a lock or a requirement names. */
    private @Nullable URI namedBy(DistributionFile file) {
        ProjectPage page = file.wheel() == null ? null : pageFlights.peek(file.wheel().name());
        IndexLocation from = page == null ? null : page.from(file.version());
        return page != null && from != null && page.files(file.version()).contains(file)
                ? from.uri()
                : null;
    }

    @Override
    public IndexStatistics statistics() {
        return tally.statistics(transport.requests(), transport.bytes());
    }

    /** Why answers could not be kept for the next time, if that happened. */
    public Optional<String> cacheProblem() {
        return cache.problem();
    }

    /** Gives up what is under way. */
    @Override
    public void close() {
        servers.save();
        transport.close();
    }
}
