package dev.blast.solver.index;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client, made when the first request is sent: a warm run sends none and need not
 * read certificates.
 *
 * <p>The first request to an origin goes alone. Sent together, each of the first fifty would open a
 * connection and make a TLS handshake of its own, since none of them knows yet that the server
 * speaks HTTP/2 and one connection would have done.
 */
final class Clients implements AutoCloseable {
    private final IndexConfiguration configuration;
    private final ReentrantLock building = new ReentrantLock();
    private final ConcurrentHashMap<Origin, ReentrantLock> first = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Origin, Boolean> greeted = new ConcurrentHashMap<>();
    private volatile @Nullable HttpClient client;

    Clients(IndexConfiguration configuration) {
        this.configuration = configuration;
    }

    /** Sends one request and blocks until the head of its answer is there. */
    HttpResponse<InputStream> send(
            Origin origin, HttpRequest request, BodyHandler<InputStream> body)
            throws IOException, IndexException {
        HttpClient client = client();
        if (greeted.containsKey(origin)) {
            return send(client, request, body);
        }
        ReentrantLock turn = first.computeIfAbsent(origin, _ -> new ReentrantLock());
        turn.lock();
        try {
            if (!greeted.containsKey(origin)) {
                HttpResponse<InputStream> response = send(client, request, body);
                greeted.put(origin, true);
                return response;
            }
        } finally {
            turn.unlock();
        }
        return send(client, request, body);
    }

    private static HttpResponse<InputStream> send(
            HttpClient client, HttpRequest request, BodyHandler<InputStream> body)
            throws IOException {
        try {
            return client.send(request, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(
                    "interrupted while asking " + Redaction.of(request.uri()));
        }
    }

    private HttpClient client() throws IndexException {
        HttpClient made = client;
        if (made != null) {
            return made;
        }
        building.lock();
        try {
            made = client;
            if (made == null) {
                made = build();
                client = made;
            }
            return made;
        } finally {
            building.unlock();
        }
    }

    private HttpClient build() throws IndexException {
        var builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_2)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(configuration.timeout())
                        .executor(Executors.newVirtualThreadPerTaskExecutor());
        if (!configuration.proxies().equals(Proxies.NONE)) {
            ProxyRoute.of(configuration.proxies()).install(builder);
        }
        if (configuration.certificates() != null) {
            builder.sslContext(Certificates.trusting(configuration.certificates()));
        }
        return builder.build();
    }

    @Override
    public void close() {
        HttpClient made = client;
        if (made != null) {
            made.shutdownNow();
        }
    }
}
