package dev.blast.solver.index;

import dev.blast.packaging.PackageName;
import dev.blast.solver.index.IndexException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Files from {@code --find-links}: folders and pages that hold files of many projects. Each is read
 * once, when the first project is asked for. For any thread.
 */
final class FindLinks {
    private static final Duration FRESHNESS = Duration.ofMinutes(10);
    private static final int MOST_PAGE_BYTES = 64 << 20;

    private final IndexConfiguration configuration;
    private final Transport transport;
    private final Cache cache;
    private final Clock clock;
    private final SingleFlight<IndexLocation, Map<String, List<Link>>> flights =
            new SingleFlight<>();

    FindLinks(IndexConfiguration configuration, Transport transport, Cache cache, Clock clock) {
        this.configuration = configuration;
        this.transport = transport;
        this.cache = cache;
        this.clock = clock;
    }

    /** What all places have of a project, in the order of the configuration. */
    List<DistributionFile> files(PackageName name) throws IndexException {
        var files = new ArrayList<DistributionFile>();
        for (IndexLocation place : configuration.findLinks()) {
            List<Link> links =
                    flights.get(place, () -> byFirstWord(read(place)))
                            .getOrDefault(firstWord(name.normalized()), List.of());
            if (!links.isEmpty()) {
                byte[] packed = PackedPage.pack(name, new Listing(links, ProjectStatus.ACTIVE));
                files.addAll(ProjectPage.filesOf(new PackedPage(packed, 0)));
            }
        }
        return files;
    }

    /**
     * A page may hold ten thousand links, so that most must be passed over without a closer look.
     */
    private static Map<String, List<Link>> byFirstWord(Listing listing) {
        var byFirstWord = new HashMap<String, List<Link>>();
        listing.links()
                .forEach(link ->
                        byFirstWord
                                .computeIfAbsent(firstWord(link.filename()), _ -> new ArrayList<>())
                                .add(link));
        return byFirstWord;
    }

    /** What a project's name and each of its files begin with, however the name is spelled. */
    private static String firstWord(String text) {
        return text.toLowerCase(Locale.ROOT).split("[-_.]", 2)[0];
    }

    private Listing read(IndexLocation place) throws IndexException {
        if (place.uri().getScheme().equals("file")) {
            Path path = Path.of(place.uri());
            // As pip does: a folder that is not there holds nothing.
            return Files.exists(path)
                    ? Intake.judge(place.uri(), LocalPages.links(path), false)
                    : new Listing(List.of(), ProjectStatus.ACTIVE);
        }
        Path entry = cache.folder("links").resolve(Cache.key(place.uri().toString()));
        byte[] kept = cache.read(entry);
        boolean fresh =
                Cache.validated(entry).plus(FRESHNESS).isAfter(clock.instant())
                        && !configuration.refresh();
        if (kept != null && (fresh || configuration.offline())) {
            var in = new Unpacker(kept, CacheFile.begin());
            return judged(URI.create(in.text()), in.raw(in.count()));
        }
        if (configuration.offline()) {
            throw new IndexException(
                    Kind.OFFLINE,
                    "the page %s is not in the cache, and the network is not used%nrun once without --offline"
                            .formatted(place));
        }
        return transport.exchange(
                "GET",
                place.uri(),
                Map.of("Accept", "text/html", "Accept-Encoding", "gzip"),
                null,
                answer -> {
                    Answers.expectOk(answer, "the page of links");
                    byte[] page = answer.bytes(MOST_PAGE_BYTES);
                    Listing listing = judged(answer.uri(), page);
                    cache.write(
                            entry,
                            new Packer(page.length + 256)
                                    .text(answer.uri().toString())
                                    .block(page)
                                    .bytes());
                    return listing;
                });
    }

    private Listing judged(URI address, byte[] page) throws IndexException {
        return Intake.judge(address, html(address, page), configuration.hashesRequired());
    }

    private static Listing html(URI address, byte[] page) throws IndexException {
        try {
            return HtmlPage.read(address, new ByteArrayInputStream(page));
        } catch (IOException e) {
            throw new IllegalStateException(e); // memory does not break off
        }
    }
}
