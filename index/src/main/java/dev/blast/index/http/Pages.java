package dev.blast.index.http;

import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.IndexLocation;
import dev.blast.index.IndexTally;
import dev.blast.index.ProjectPage;
import dev.blast.index.ProjectStatus;
import dev.blast.index.cache.Cache;
import dev.blast.index.cache.CacheFile;
import dev.blast.index.page.CachedPage;
import dev.blast.index.page.HtmlPage;
import dev.blast.index.page.Intake;
import dev.blast.index.page.JsonPage;
import dev.blast.index.page.Listing;
import dev.blast.index.page.PackedPage;
import dev.blast.index.page.PagePacker;
import dev.blast.index.settings.Addresses;
import dev.blast.index.settings.IndexConfiguration;
import dev.blast.packaging.InvalidSyntaxException;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The project pages of simple repositories over HTTP, through the cache. For any thread. */
final class Pages {
    /** Prefer JSON; HTML is frozen (PEP 833) and knows neither sizes nor upload times. */
    private static final String ACCEPT =
            "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1";

    /** The longest known page has a third of it. */
    private static final int MOST_JSON_BYTES = 64 << 20;

    /** HTML is held in memory as a whole, in ten times its size. */
    private static final int MOST_HTML_BYTES = 24 << 20;

    private final IndexConfiguration configuration;
    private final Transport transport;
    private final Cache cache;
    private final Clock clock;
    private final IndexTally tally;

    Pages(
            IndexConfiguration configuration,
            Transport transport,
            Cache cache,
            Clock clock,
            IndexTally tally) {
        this.configuration = configuration;
        this.transport = transport;
        this.cache = cache;
        this.clock = clock;
        this.tally = tally;
    }

    /** The page of a project in one repository; empty where the repository does not have it. */
    Optional<ProjectPage> read(IndexLocation location, PackageName name) throws IndexException {
        URI address = Addresses.asFolder(location.uri()).resolve(name.normalized() + "/");
        Path file =
                cache.folder("pages")
                        .resolve(Cache.key(location.uri().toString()))
                        .resolve(name.normalized() + ".page");
        CachedPage cached = cached(file, address);
        Instant now = clock.instant();
        if (configuration.offline()) {
            if (cached == null) {
                throw new IndexException(
                        Kind.OFFLINE,
                        Message.of(
                                "%s: its page of %s is not in the cache, and the network is not used\nrun once without --offline",
                                name, location));
            }
            return fromCache(location, name, cached);
        }
        if (cached != null
                && !configuration.refresh()
                && cached.isFresh(Cache.validated(file), now)) {
            return fromCache(location, name, cached);
        }
        Map<String, String> headers =
                new HashMap<>(Map.of("Accept", ACCEPT, "Accept-Encoding", "gzip"));
        if (cached != null) {
            headers.putAll(cached.conditions());
        }
        CachedPage page =
                transport.exchange(
                        "GET",
                        address,
                        headers,
                        null,
                        answer -> page(answer, name, file, address, cached));
        return page(location, name, page);
    }

    private Optional<ProjectPage> fromCache(
            IndexLocation location, PackageName name, CachedPage cached) {
        if (cached.files() != null) {
            tally.pageFromCache();
        }
        return page(location, name, cached);
    }

    private static Optional<ProjectPage> page(
            IndexLocation location, PackageName name, CachedPage page) {
        PackedPage files = page.files();
        return files == null
                ? Optional.empty()
                : Optional.of(new ProjectPage(name, location, page.status(), files));
    }

    private @Nullable CachedPage cached(Path file, URI address) {
        byte[] bytes = cache.read(file);
        try {
            CachedPage page = bytes == null ? null : CachedPage.unpack(bytes, CacheFile.begin());
            return page != null && page.address().equals(address.toString()) ? page : null;
        } catch (IllegalArgumentException e) {
            return null; // no entry of ours
        }
    }

    private CachedPage page(
            HttpAnswer answer,
            PackageName name,
            Path file,
            URI address,
            @Nullable CachedPage cached)
            throws IOException, IndexException {
        if (answer.status() == 304 && cached != null) {
            cache.validate(file, clock.instant());
            return cached;
        }
        byte[] content;
        if (answer.isMissing()) {
            content =
                    CachedPage.pack(
                            address.toString(), answer.headers(), ProjectStatus.ACTIVE, null);
        } else {
            Statuses.expectOk(answer, "the page of " + name);
            Listing listing = listing(answer, name);
            content =
                    CachedPage.pack(
                            address.toString(),
                            answer.headers(),
                            listing.status(),
                            PagePacker.pack(name, listing));
        }
        if (CachedPage.mayBeKept(answer.headers())) {
            cache.write(file, content);
        }
        return CachedPage.unpack(content, 0);
    }

    private Listing listing(HttpAnswer answer, PackageName name)
            throws IOException, IndexException {
        String type = answer.mediaType();
        Listing listing =
                switch (type) {
                    case "application/vnd.pypi.simple.v1+json", "application/json" ->
                            JsonPage.read(
                                    answer.uri(),
                                    new BoundedStream(answer.body(), MOST_JSON_BYTES));
                    case "application/vnd.pypi.simple.v1+html",
                            "text/html",
                            "application/xhtml+xml" ->
                            HtmlPage.read(
                                    answer.uri(),
                                    new BoundedStream(answer.body(), MOST_HTML_BYTES));
                    default ->
                            throw new IndexException(
                                    Kind.FORMAT,
                                    Message.of(
                                            "%s: the page of %s came as '%s', and a simple repository (PEP 503, 691) gives JSON or HTML\nis the index address right?",
                                            answer.where(), name, type));
                };
        if (listing.project() != null && !names(listing.project(), name)) {
            throw new IndexException(
                    Kind.FORMAT,
                    "%s: the page of %s says that it is the page of '%s'"
                            .formatted(answer.where(), name, listing.project()));
        }
        return Intake.judge(answer.uri(), listing, configuration.hashesRequired());
    }

    private static boolean names(String project, PackageName name) {
        try {
            return new PackageName(project).equals(name);
        } catch (InvalidSyntaxException e) {
            return false;
        }
    }
}
