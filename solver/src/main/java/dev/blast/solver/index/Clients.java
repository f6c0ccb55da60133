package dev.blast.solver.index;

import dev.blast.solver.index.IndexException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
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
                try {
                    return send(client, request, body);
                } finally {
                    greeted.put(
                            origin, true); // where it failed too: the others must not wait in line
                }
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
        SSLContext tls =
                configuration.certificates() == null
                        ? defaultTls()
                        : Certificates.trusting(configuration.certificates());
        return builder.sslContext(tls)
                .sslParameters(chachaFirst(tls.getDefaultSSLParameters()))
                .build();
    }

    private static SSLContext defaultTls() throws IndexException {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IndexException(
                    Kind.CONFIGURATION, "this Java has no TLS: " + e.getMessage(), e);
        }
    }

    /**
     * Java's AES-GCM is quick only in code that the second compiler made, and most runs of Blast
     * end before that; ChaCha20 is quick enough in all code. Any other suite stays on offer.
     */
    private static SSLParameters chachaFirst(SSLParameters parameters) {
        String[] suites = parameters.getCipherSuites();
        Arrays.sort(
                suites, Comparator.comparing(suite -> !suite.contains("CHACHA20"))); // is stable
        parameters.setCipherSuites(suites);
        return parameters;
    }

    @Override
    public void close() {
        HttpClient made = client;
        if (made != null) {
            made.shutdownNow();
        }
    }
}
