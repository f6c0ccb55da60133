package dev.blast.index.http;

import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.ServerOrigin;
import dev.blast.index.settings.Certificates;
import dev.blast.index.settings.IndexConfiguration;
import java.io.IOException;
import java.net.ProtocolException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionSpec;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The HTTP client, made when the first request is sent: a warm run sends none and need not read
 * certificates. One for each nearness that may be dialled; they share everything else.
 *
 * <p>The first request to an origin goes alone. Sent together, each of the first fifty would open a
 * connection and make a TLS handshake of its own, since none of them knows yet that the server
 * speaks HTTP/2 and one connection would have done.
 */
final class Clients implements AutoCloseable {
    private final IndexConfiguration configuration;
    private final Dialling dialling;
    private final ReentrantLock building = new ReentrantLock();
    private final ConcurrentHashMap<ServerOrigin, ReentrantLock> first = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<ServerOrigin, Boolean> greeted = new ConcurrentHashMap<>();
    private final Map<Nearness, OkHttpClient> clients = new EnumMap<>(Nearness.class);

    Clients(IndexConfiguration configuration, Dialling dialling) {
        this.configuration = configuration;
        this.dialling = dialling;
    }

    /** Sends one request and blocks until the head of its answer is there. */
    Response send(ServerOrigin origin, Request request, Nearness limit)
            throws IOException, IndexException {
        OkHttpClient client = client(limit);
        if (greeted.containsKey(origin)) {
            return execute(client, request);
        }
        ReentrantLock turn = first.computeIfAbsent(origin, _ -> new ReentrantLock());
        turn.lock();
        try {
            if (!greeted.containsKey(origin)) {
                try {
                    return execute(client, request);
                } finally {
                    greeted.put(
                            origin, true); // where it failed too: the others must not wait in line
                }
            }
        } finally {
            turn.unlock();
        }
        return execute(client, request);
    }

    private static Response execute(OkHttpClient client, Request request) throws IOException {
        try {
            return client.newCall(request).execute();
        } catch (IllegalStateException e) { // of a status below zero
            throw new ProtocolException("its answer makes no sense: " + e.getMessage());
        }
    }

    private OkHttpClient client(Nearness limit) throws IndexException {
        building.lock();
        try {
            OkHttpClient made = clients.get(limit);
            if (made == null) {
                OkHttpClient any = clients.values().stream().findFirst().orElse(null);
                made =
                        (any == null ? builder() : any.newBuilder())
                                .dns(dialling.upTo(limit))
                                .build();
                clients.put(limit, made);
            }
            return made;
        } finally {
            building.unlock();
        }
    }

    private OkHttpClient.Builder builder() throws IndexException {
        var builder =
                new OkHttpClient.Builder()
                        .followRedirects(false)
                        .addNetworkInterceptor(Clients::sensible)
                        .connectTimeout(configuration.timeout())
                        .readTimeout(configuration.timeout())
                        .writeTimeout(configuration.timeout());
        ProxyRoute.of(configuration.proxies()).install(builder);
        try {
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(
                    configuration.certificates().isEmpty()
                            ? (KeyStore) null
                            : Certificates.store(configuration.certificates()));
            TrustManager[] managers = trust.getTrustManagers();
            SSLContext tls = Certificates.context(configuration.clientCertificate(), managers);
            return builder.sslSocketFactory(tls.getSocketFactory(), (X509TrustManager) managers[0])
                    .connectionSpecs(List.of(chachaFirst(tls), ConnectionSpec.CLEARTEXT));
        } catch (NoSuchAlgorithmException | KeyStoreException e) {
            throw new IndexException(
                    Kind.CONFIGURATION, "this Java has no TLS: " + e.getMessage(), e);
        }
    }

    /**
     * Numbers that the client would stumble over: a pause beyond its own is passed over, a length
     * that is none ends the exchange (RFC 9112, 6.3).
     */
    private static Response sensible(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        Set<String> lengths = Set.copyOf(response.headers("content-length"));
        if (lengths.size() > 1 || !lengths.stream().allMatch(it -> it.matches("[0-9]{1,18}"))) {
            throw new ProtocolException(
                    "its Content-Length is none: '%s'".formatted(String.join("', '", lengths)));
        }
        String pause = response.header("retry-after");
        return pause == null || pause.matches("[0-9]{1,9}")
                ? response
                : response.newBuilder().removeHeader("retry-after").build();
    }

    /**
     * Java's AES-GCM is quick only in code that the second compiler made, and most runs of Blast
     * end before that; ChaCha20 is quick enough in all code. Any other suite stays on offer.
     */
    private static ConnectionSpec chachaFirst(SSLContext tls) {
        String[] suites = tls.getDefaultSSLParameters().getCipherSuites();
        Arrays.sort(
                suites, Comparator.comparing(suite -> !suite.contains("CHACHA20"))); // is stable
        return new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS).cipherSuites(suites).build();
    }

    @Override
    public void close() {
        building.lock();
        try {
            clients.values()
                    .forEach(client -> {
                        client.dispatcher().cancelAll();
                        client.connectionPool().evictAll();
                    });
        } finally {
            building.unlock();
        }
    }
}
