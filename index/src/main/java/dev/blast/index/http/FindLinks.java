package dev.blast.index.http;

import dev.blast.index.DistributionFile;
import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.IndexLocation;
import dev.blast.index.ProjectPage;
import dev.blast.index.ProjectStatus;
import dev.blast.index.UnusableFile;
import dev.blast.index.cache.Cache;
import dev.blast.index.cache.Packer;
import dev.blast.index.page.FileNames;
import dev.blast.index.page.HtmlPage;
import dev.blast.index.page.Intake;
import dev.blast.index.page.Link;
import dev.blast.index.page.Listing;
import dev.blast.index.page.LocalPages;
import dev.blast.index.page.PackedPage;
import dev.blast.index.page.PagePacker;
import dev.blast.index.settings.IndexConfiguration;
import dev.blast.packaging.Host;
import dev.blast.packaging.Message;
import dev.blast.packaging.PackageName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

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
    private final SingleFlight<IndexLocation, Held> flights = new SingleFlight<>();

    /** What a place has, by the first word of each name. */
    private record Held(
            Map<String, List<Link>> links, Map<String, List<UnusableFile>> passedOver) {}

    FindLinks(IndexConfiguration configuration, Transport transport, Cache cache, Clock clock) {
        this.configuration = configuration;
        this.transport = transport;
        this.cache = cache;
        this.clock = clock;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(URI address, byte[] page) {}

    /** What all places have of a project, in the order of the configuration. */
    List<DistributionFile> files(PackageName name) throws IndexException {
        var files = new ArrayList<DistributionFile>();
        for (IndexLocation place : configuration.findLinks()) {
            List<Link> links =
                    held(place).links().getOrDefault(firstWord(name.normalized()), List.of());
            if (!links.isEmpty()) {
                byte[] packed = PagePacker.pack(name, new Listing(links, ProjectStatus.ACTIVE));
                files.addAll(ProjectPage.filesOf(new PackedPage(packed, 0)));
            }
        }
        return files;
    }

    /**
     * What would be a project's, and cannot be used, in words; empty for nothing. Only what has a
     * version after the name: a longer name is another project's.
     */
    String passedOver(PackageName name) throws IndexException {
        var passedOver = new ArrayList<UnusableFile>();
        var names = new FileNames(name);
        String word = firstWord(name.normalized());
        for (IndexLocation place : configuration.findLinks()) {
            Held held = held(place);
            held.passedOver().getOrDefault(word, List.of()).stream()
                    .filter(file -> isOf(name, file.filename()))
                    .forEach(passedOver::add);
            for (Link link : held.links().getOrDefault(word, List.of())) {
                if (isOf(name, link.filename()) && names.version(link.filename()) == null) {
                    passedOver.add(
                            new UnusableFile(
                                    link.filename(),
                                    "its name is not that of a wheel or sdist of " + name));
                }
            }
        }
        return Intake.inWords(passedOver, passedOver.size());
    }

    private static boolean isOf(PackageName name, String filename) {
        String begin = name.normalized() + "-";
        String spelled = Host.lower(filename).replace('_', '-').replace('.', '-');
        return spelled.startsWith(begin)
                && spelled.length() > begin.length()
                && Character.isDigit(spelled.charAt(begin.length()));
    }

    private Held held(IndexLocation place) throws IndexException {
        return flights.get(
                place,
                () -> {
                    Listing listing = read(place);
                    return new Held(
                            byFirstWord(listing.links(), Link::filename),
                            byFirstWord(listing.passedOver(), UnusableFile::filename));
                });
    }

    /**
     * A page may hold ten thousand links, so that most must be passed over without a closer look.
     */
    private static <T> Map<String, List<T>> byFirstWord(List<T> all, Function<T, String> filename) {
        return all.stream().collect(Collectors.groupingBy(one -> firstWord(filename.apply(one))));
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
        Kept kept = cache.read(entry, in -> new Kept(URI.create(in.text()), in.raw(in.count())));
        boolean fresh =
                Cache.validated(entry).plus(FRESHNESS).isAfter(clock.instant())
                        && !configuration.refresh();
        if (kept != null && (fresh || configuration.offline())) {
            return judged(kept.address(), kept.page());
        }
        if (configuration.offline()) {
            throw new IndexException(
                    Kind.OFFLINE,
                    Message.of(
                            "the page %s is not in the cache, and the network is not used\nrun once without --offline",
                            place));
        }
        return transport.exchange(
                "GET",
                place.uri(),
                Map.of("Accept", "text/html", "Accept-Encoding", "gzip"),
                null,
                answer -> {
                    Statuses.expectOk(answer, "the page of links");
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
