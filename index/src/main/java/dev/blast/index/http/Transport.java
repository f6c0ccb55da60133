package dev.blast.index.http;

import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.ServerOrigin;
import dev.blast.index.settings.Addresses;
import dev.blast.index.settings.IndexConfiguration;
import dev.blast.packaging.Host;
import dev.blast.packaging.Message;
import dev.blast.packaging.Redaction;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * HTTP for indexes: bounded in number, tried again where a failure may pass, redirected by hand so
 * that credentials stay with their origin. For any thread; each exchange blocks its own.
 */
final class Transport implements AutoCloseable {
    /** At once, over all hosts. */
    private static final int AT_ONCE = Lane.WIDEST;

    private static final int MOST_REDIRECTS = 10;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** Timeouts, overload, and gateways that reached nobody; 52x are what content networks add. */
    private static final Set<Integer> TRANSIENT =
            Set.of(408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524);

    private static final Pattern DIGITS = Pattern.compile("[0-9.]*");
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final String AGENT = "blast/" + version();

    /**
     * Reads an answer's body. An IOException is taken for the network's fault, and the exchange is
     * tried again.
     */
    interface Reader<T extends @Nullable Object> {
        T read(HttpAnswer answer) throws IOException, IndexException;
    }

    private final IndexConfiguration configuration;
    private final Authorizations authorizations;
    private final Dialling dialling;
    private final Clients clients;
    private final Duration firstPause;
    private final Semaphore permits = new Semaphore(AT_ONCE);
    private final ConcurrentHashMap<ServerOrigin, Lane> lanes = new ConcurrentHashMap<>();
    private final LongAdder requests = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /**
     * @param firstPause before the first retry; doubled for each further one
     */
    Transport(IndexConfiguration configuration, Duration firstPause) {
        this.configuration = configuration;
        this.authorizations = new Authorizations(configuration);
        this.dialling = new Dialling(configuration);
        this.clients = new Clients(configuration, dialling);
        this.firstPause = firstPause;
    }

    /**
     * Sends a request and has its answer read; again after a pause where that failed in a way that
     * may pass. An interruption ends it at once.
     *
     * @param method GET or HEAD
     * @param from the page or index that names the address; null where a person does
     * @param reader is called on a thread of its own
     * @throws IndexException of kind NETWORK when the retries are used up or the thread is
     *     interrupted; what the reader throws, at once
     */
    <T extends @Nullable Object> T exchange(
            String method,
            URI uri,
            Map<String, String> headers,
            @Nullable URI from,
            Reader<T> reader)
            throws IndexException {
        return Interruptible.call(() -> exchanged(method, uri, headers, from, reader));
    }

    private <T extends @Nullable Object> T exchanged(
            String method,
            URI uri,
            Map<String, String> headers,
            @Nullable URI from,
            Reader<T> reader)
            throws IndexException {
        int failures = 0;
        while (true) {
            NetworkFailure failure;
            var path = new ArrayList<URI>(2);
            path.add(uri);
            Lane lane = lanes.computeIfAbsent(ServerOrigin.of(uri), _ -> new Lane());
            int width = lane.enter();
            permits.acquireUninterruptibly();
            try (Response response = follow(method, path, headers, from)) {
                lane.lives();
                WireStream wire = body(response, lane);
                HttpAnswer answer = HttpAnswer.of(response, path, wire);
                if (!TRANSIENT.contains(answer.status())) {
                    T value = reader.read(answer);
                    wire.skip(8192); // only what is read to its end frees its connection
                    return value;
                }
                failure = NetworkFailure.answered(answer);
            } catch (SocketTimeoutException e) {
                if (lane.narrow(width)) {
                    continue;
                }
                failure = NetworkFailure.broke(e, path.getLast(), configuration);
            } catch (IOException e) {
                failure = NetworkFailure.broke(e, path.getLast(), configuration);
            } finally {
                permits.release();
                lane.leave();
            }
            failures++;
            if (failures > configuration.retries() || !failure.mayPass()) {
                throw failure.asException(path, failures);
            }
            pause(failures, failure.pauseWanted());
        }
    }

    private WireStream body(Response response, Lane lane) {
        return new WireStream(
                response.body().byteStream(), configuration.timeout().multipliedBy(2), bytes, lane);
    }

    /**
     * Sends a request, and where the answer sends elsewhere, there.
     *
     * @param path gets every address that is asked
     */
    private Response follow(
            String method, List<URI> path, Map<String, String> headers, @Nullable URI from)
            throws IOException, IndexException {
        URI namedBy = from;
        while (path.size() <= MOST_REDIRECTS + 1) {
            URI at = path.getLast();
            Response response = send(method, at, headers, dialling.limit(at, namedBy));
            String location = response.header("location");
            if (!REDIRECTS.contains(response.code()) || location == null || location.isEmpty()) {
                return response;
            }
            response.close();
            namedBy = at;
            path.add(redirected(at, location));
        }
        throw new IndexException(
                Kind.NETWORK,
                "%s: more than %d redirects"
                        .formatted(Redaction.of(path.getFirst()), MOST_REDIRECTS));
    }

    private Response send(String method, URI uri, Map<String, String> headers, Nearness limit)
            throws IOException, IndexException {
        ServerOrigin origin = ServerOrigin.of(uri);
        if (!origin.scheme().equals("https")
                && !origin.host().isLoopback()
                && !configuration.trustedHosts().contains(origin)) {
            throw new IndexException(
                    Kind.CONFIGURATION,
                    Message.of(
                            "%s is not asked: plain http can be changed on the way\nuse https, or trust the host with PIP_TRUSTED_HOST=%s",
                            Redaction.of(uri), origin.host()));
        }
        var request = new Request.Builder().url(dialled(uri, origin));
        dialling.check(uri, limit);
        ProxyRoute.check(configuration.proxies(), uri);
        request.method(method, null)
                .header("User-Agent", AGENT)
                .header("Accept-Encoding", "identity");
        headers.forEach(request::header);
        authorizations.of(uri).ifPresent(value -> request.header("Authorization", value));
        requests.increment();
        return clients.send(origin, request.build(), limit);
    }

    /**
     * The address as the client reads it. It reads more leniently than {@link URI} and would dial
     * what was not judged ({@code https:///10.0.0.1/}, digits of other scripts): both must mean the
     * same host, and what the client takes for an address without a look-up must be one.
     */
    private static HttpUrl dialled(URI uri, ServerOrigin origin) throws IndexException {
        HttpUrl url = HttpUrl.parse(uri.toString());
        if (url != null) {
            Host host = Host.of(url.host());
            boolean judged = host.address() != null || !DIGITS.matcher(host.text()).matches();
            if (judged && host.equals(origin.host()) && url.port() == origin.port()) {
                return url;
            }
        }
        throw new IndexException(
                Kind.FORMAT,
                "%s is no address: its host cannot be read".formatted(Redaction.of(uri)));
    }

    private static URI redirected(URI from, String location) throws IndexException {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IndexException(
                    Kind.FORMAT,
                    "%s redirects to what is no address".formatted(Redaction.of(from)),
                    e);
        }
        boolean web =
                "https".equalsIgnoreCase(to.getScheme())
                        || ("http".equalsIgnoreCase(to.getScheme())
                                && from.getScheme().equalsIgnoreCase("http"));
        if (!web || to.getHost() == null) {
            throw new IndexException(
                    Kind.NETWORK,
                    "%s redirects to %s, which is not followed"
                            .formatted(Redaction.of(from), Redaction.of(to)));
        }
        return Addresses.withoutUserInfo(to);
    }

    /**
     * Doubling with some chance in it, so that many that failed together do not come back together.
     */
    private void pause(int failures, Duration wanted) throws IndexException {
        long millis = firstPause.toMillis() << Math.min(failures - 1, 10);
        long chance = ThreadLocalRandom.current().nextLong(millis / 2 + 1);
        try {
            Thread.sleep(
                    Math.min(
                            Math.max(millis + chance, wanted.toMillis()),
                            LONGEST_PAUSE.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IndexException(
                    Kind.NETWORK, "interrupted while waiting to ask an index again", e);
        }
    }

    /** Requests sent up to now. */
    int requests() {
        return requests.intValue();
    }

    /** Bytes of bodies received up to now. */
    long bytes() {
        return bytes.sum();
    }

    private static String version() {
        String version = Transport.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    @Override
    public void close() {
        clients.close();
    }
}
