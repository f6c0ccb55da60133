package dev.blast.index.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;

/** A server on loopback that speaks TLS, and HTTP/2 where not told otherwise. */
final class SecureServer implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final Map<String, Deque<MockResponse>> answers = new ConcurrentHashMap<>();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

    /**
     * @param own by which it is known, and those that signed it
     */
    SecureServer(HandshakeCertificates own) {
        server.useHttps(own.sslSocketFactory());
        server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        requests.add(request);
                        Deque<MockResponse> left = answers.get(request.getTarget());
                        if (left == null) {
                            return new MockResponse.Builder().code(404).build();
                        }
                        synchronized (left) {
                            return left.size() > 1 ? left.removeFirst() : left.getFirst();
                        }
                    }
                });
    }

    static HandshakeCertificates known(HeldCertificate by) {
        return new HandshakeCertificates.Builder().heldCertificate(by).build();
    }

    SecureServer speaking(Protocol... protocols) {
        server.setProtocols(List.of(protocols));
        return this;
    }

    SecureServer withoutNegotiation() {
        server.setProtocolNegotiationEnabled(false);
        return this;
    }

    SecureServer wantsToKnowWho() {
        server.requireClientAuth();
        return this;
    }

    /** Answers to come at a path, in order; the last one stays. */
    SecureServer on(String path, MockResponse... inOrder) {
        answers.put(path, new ArrayDeque<>(Arrays.asList(inOrder)));
        return this;
    }

    SecureServer start() throws IOException {
        server.start(InetAddress.getLoopbackAddress(), 0);
        return this;
    }

    static MockResponse.Builder json(String body) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "application/vnd.pypi.simple.v1+json")
                .body(body.replace('\'', '"'));
    }

    static MockResponse.Builder bytes(byte[] body) {
        return new MockResponse.Builder().body(new Buffer().write(body));
    }

    static MockResponse.Builder text(String body) {
        return bytes(body.getBytes(StandardCharsets.UTF_8));
    }

    URI uri(String path) {
        return URI.create("https://127.0.0.1:%d%s".formatted(server.getPort(), path));
    }

    List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.close();
    }
}
