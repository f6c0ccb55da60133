package dev.blast.index.http;

import dev.blast.index.ServerOrigin;
import dev.blast.index.cache.Cache;
import dev.blast.index.cache.Packer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of the servers that wheels lie on: whether they have metadata beside wheels though
 * the index does not say so, and whether they give parts of files. Kept in the cache for a day,
 * since servers learn. For any thread.
 */
final class ServerMemory {
    private static final Duration LASTS = Duration.ofDays(1);

    /**
     * A server is asked on while one wheel in so many has its metadata beside it, and this often
     * before it is given up.
     */
    private static final int ONE_IN = 8;

    private final Cache cache;
    private final Clock clock;
    private final ConcurrentHashMap<ServerOrigin, Known> servers = new ConcurrentHashMap<>();

    private record Known(int found, int missed, boolean wholeOnly) {}

    ServerMemory(Cache cache, Clock clock) {
        this.cache = cache;
        this.clock = clock;
    }

    /** Whether it is worth to ask for metadata that is not announced. */
    boolean mayHaveMetadata(ServerOrigin server) {
        Known known = known(server);
        return known.missed() < (known.found() + 1) * ONE_IN;
    }

    boolean givesParts(ServerOrigin server) {
        return !known(server).wholeOnly();
    }

    void metadataWasThere(ServerOrigin server, boolean there) {
        known(server);
        servers.computeIfPresent(
                server,
                (_, known) ->
                        there
                                ? new Known(known.found() + 1, known.missed(), known.wholeOnly())
                                : new Known(known.found(), known.missed() + 1, known.wholeOnly()));
    }

    void givesNoParts(ServerOrigin server) {
        known(server);
        servers.computeIfPresent(
                server, (_, known) -> new Known(known.found(), known.missed(), true));
    }

    private Known known(ServerOrigin server) {
        return servers.computeIfAbsent(server, this::remembered);
    }

    private Known remembered(ServerOrigin server) {
        Path file = file(server);
        boolean late = Cache.validated(file).plus(LASTS).isBefore(clock.instant());
        Known known =
                late
                        ? null
                        : cache.read(
                                file, in -> new Known(in.small(), in.small(), in.number() == 1));
        return known == null ? new Known(0, 0, false) : known;
    }

    /** Keeps what was learned for the next run. */
    void save() {
        servers.forEach((server, known) -> {
            if (!known.equals(remembered(server))) {
                cache.write(
                        file(server),
                        new Packer(16)
                                .number(known.found())
                                .number(known.missed())
                                .number(known.wholeOnly() ? 1 : 0)
                                .bytes());
            }
        });
    }

    private Path file(ServerOrigin server) {
        return cache.folder("servers").resolve(Cache.key(server.toString()));
    }
}
