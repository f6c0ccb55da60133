package dev.blast.index.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.IndexLocation;
import dev.blast.index.Transfer;
import dev.blast.index.settings.IndexConfiguration;
import dev.blast.index.settings.IndexStrategy;
import dev.blast.index.settings.Proxies;
import dev.blast.index.settings.TrustedHosts;
import dev.blast.packaging.Hashes;
import dev.blast.packaging.PackageName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLHandshakeException;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Situations of servers that speak TLS and HTTP/2: whom they are known by, and how they break. */
class SecureSituationsTest extends HttpIndexFixture {
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final String NAME = "foo-1.0-py3-none-any.whl";
    private static final HeldCertificate AUTHORITY =
            new HeldCertificate.Builder().certificateAuthority(0).commonName("ours").build();

    @TempDir Path folder;

    private static HeldCertificate.Builder server(String name) {
        return new HeldCertificate.Builder().signedBy(AUTHORITY).addSubjectAlternativeName(name);
    }

    private static final HandshakeCertificates RIGHT =
            SecureServer.known(server("127.0.0.1").build());

    private Path pem(String file, String text) throws Exception {
        return Files.writeString(folder.resolve(file), text);
    }

    private IndexConfiguration asks(
            SecureServer secure, List<String> trusted, @Nullable Path client) throws Exception {
        return new IndexConfiguration(
                List.of(IndexLocation.simple(secure.uri("/simple/"))),
                List.of(),
                Map.of(),
                List.of(pem("ca.pem", AUTHORITY.certificatePem())),
                TrustedHosts.of(trusted),
                Proxies.NONE,
                Duration.ofSeconds(2),
                2,
                false,
                true,
                client,
                false,
                Map.of(),
                IndexStrategy.FIRST_INDEX);
    }

    private static MockResponse page() {
        return SecureServer.json(FOO_PAGE).build();
    }

    /** What comes of asking for the page: "found", or what a person would read. */
    private String asked(SecureServer secure, List<String> trusted, @Nullable Path client)
            throws Exception {
        HttpIndex index = index(asks(secure, trusted, client));
        IndexException thrown = catchThrowableOfType(IndexException.class, () -> index.page(FOO));
        return thrown == null ? "found" : String.valueOf(thrown.getMessage());
    }

    private String asked(HandshakeCertificates known, UnaryOperator<SecureServer> and)
            throws Exception {
        try (SecureServer secure =
                and.apply(new SecureServer(known).on("/simple/foo/", page())).start()) {
            return asked(secure, List.of(), null);
        }
    }

    @Test
    void certificatesThatAreNotRight() throws Exception {
        assertThat(asked(RIGHT, it -> it)).isEqualTo("found");
        long now = System.currentTimeMillis();
        assertThat(
                        asked(
                                SecureServer.known(
                                        server("127.0.0.1")
                                                .validityInterval(
                                                        now - 2 * DAY_MILLIS, now - DAY_MILLIS)
                                                .build()),
                                it -> it))
                .contains("the server's certificate has expired (NotAfter: ")
                .doesNotContain("tried");
        assertThat(
                        asked(
                                SecureServer.known(
                                        server("127.0.0.1")
                                                .validityInterval(
                                                        now + DAY_MILLIS, now + 2 * DAY_MILLIS)
                                                .build()),
                                it -> it))
                .contains("is not valid yet (NotBefore: ")
                .contains("is the clock of this machine right?");
        assertThat(asked(SecureServer.known(server("index.example").build()), it -> it))
                .endsWith("the server's certificate is for another host");
        assertThat(
                        asked(
                                SecureServer.known(
                                        new HeldCertificate.Builder()
                                                .addSubjectAlternativeName("127.0.0.1")
                                                .build()),
                                it -> it))
                .contains(
                        "the server's certificate is not trusted (by " + folder.resolve("ca.pem"));
    }

    @Test
    void toTrustAHostByNameLeavesItsCertificateToBeChecked() throws Exception {
        try (SecureServer secure =
                new SecureServer(SecureServer.known(server("index.example").build()))
                        .on("/simple/foo/", page())
                        .start()) {
            assertThat(asked(secure, List.of("127.0.0.1"), null))
                    .contains("is for another host")
                    .contains("PIP_TRUSTED_HOST, UV_INSECURE_HOST) leaves its certificate");
            assertThat(secure.requests()).isEmpty();
        }
    }

    @Test
    void aClientIsKnownByItsCertificate() throws Exception {
        HeldCertificate me = new HeldCertificate.Builder().signedBy(AUTHORITY).build();
        HandshakeCertificates known =
                new HandshakeCertificates.Builder()
                        .heldCertificate(server("127.0.0.1").build())
                        .addTrustedCertificate(AUTHORITY.certificate())
                        .build();
        try (SecureServer secure =
                new SecureServer(known).wantsToKnowWho().on("/simple/foo/", page()).start()) {
            Path both = pem("me.pem", me.certificatePem() + me.privateKeyPkcs8Pem());
            assertThat(asked(secure, List.of(), both)).isEqualTo("found");
            // Over TLS 1.3 the alert races with the end of the connection; TlsProblem says it.
            assertThat(asked(secure, List.of(), null)).isNotEqualTo("found");
            assertThat(
                            String.valueOf(
                                    TlsProblem.of(
                                            new SSLHandshakeException(
                                                    "Received fatal alert: certificate_required"),
                                            asks(secure, List.of(), null))))
                    .contains("the server wants a client certificate")
                    .contains("PIP_CLIENT_CERT or SSL_CLIENT_CERT");
            assertThat(asked(secure, List.of(), pem("key.pem", me.privateKeyPkcs8Pem())))
                    .contains("(PIP_CLIENT_CERT, SSL_CLIENT_CERT) cannot be used: no certificate");
        }
    }

    @Test
    void nobodyLeadsFromAProtectedPlaceToAnOpenOne() throws Exception {
        server.on("/files/" + NAME, Loopback.bytes(Wheels.wheel("foo", "1.0")));
        String open = server.uri("/files/" + NAME).toString();
        String hash = Hashes.hex("sha256", Wheels.wheel("foo", "1.0"));
        String page =
                "{'meta': {'api-version': '1.1'}, 'files': [{'filename': '%s', 'url': '%s', 'hashes': {'sha256': '%s'}}]}"
                        .formatted(NAME, open, hash);
        try (SecureServer secure = new SecureServer(RIGHT).start()) {
            secure.on("/simple/foo/", SecureServer.json(page).build());
            HttpIndex index = index(asks(secure, List.of(), null));
            assertThat(index.page(FOO).emptiness())
                    .contains("its address is plain http, and the page came by https");
            secure.on(
                    "/simple/foo/",
                    new MockResponse.Builder().code(302).setHeader("Location", open).build());
            assertThat(asked(secure, List.of(), null)).contains("which is not followed");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void oneConnectionOfHttp2CarriesAll() throws Exception {
        try (SecureServer secure = new SecureServer(RIGHT).start()) {
            byte[] wheel = Wheels.wheel("foo", "1.0");
            secure.on("/simple/foo/", page());
            secure.on("/files/" + NAME, SecureServer.bytes(wheel).build());
            HttpIndex index = index(asks(secure, List.of(), null));
            index.fetch(index.page(FOO).files().getFirst(), folder, Transfer.SILENT);
            assertThat(secure.requests()).hasSize(2);
            assertThat(secure.requests())
                    .allMatch(it -> it.getVersion().equals("HTTP/2"))
                    .allMatch(it -> it.getConnectionIndex() == 0);
        }
    }

    @Test
    void partsOfAWheelOverHttp2() throws Exception {
        byte[] wheel = Wheels.wheel("foo", "1.0");
        MockResponse part =
                SecureServer.bytes(wheel)
                        .code(206)
                        .setHeader(
                                "Content-Range",
                                "bytes 0-%d/%d".formatted(wheel.length - 1, wheel.length))
                        .build();
        try (SecureServer secure =
                new SecureServer(RIGHT)
                        .on("/simple/foo/", page())
                        .on("/files/" + NAME, part)
                        .start()) {
            HttpIndex index = index(asks(secure, List.of(), null));
            assertThat(index.metadata(index.page(FOO).files().getFirst()).name()).isEqualTo(FOO);
            assertThat(secure.requests().getLast().getHeaders().get("Range")).startsWith("bytes=-");
        }
    }

    /** Each of them breaks once; the same question is then asked again. */
    @Test
    void streamsAndConnectionsThatBreakOff() throws Exception {
        var effects =
                Map.of(
                        "stream reset at its start",
                        page().newBuilder().onResponseStart(new SocketEffect.CloseStream(2)),
                        "stream refused",
                        page().newBuilder().onRequestStart(new SocketEffect.CloseStream(7)),
                        "stream reset in the body",
                        page().newBuilder().onResponseBody(new SocketEffect.CloseStream(2)),
                        "connection shut down (GOAWAY)",
                        page().newBuilder().onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE),
                        "connection cut at the start",
                        page().newBuilder().onResponseStart(new SocketEffect.CloseSocket()),
                        "connection cut in the body",
                        page().newBuilder().onResponseBody(new SocketEffect.CloseSocket()),
                        "closed while idle",
                        page().newBuilder().onResponseEnd(new SocketEffect.CloseSocket()));
        for (List<Protocol> protocols :
                List.of(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1), List.of(Protocol.HTTP_1_1))) {
            for (var effect : effects.entrySet()) {
                try (SecureServer secure =
                        new SecureServer(RIGHT)
                                .speaking(protocols.toArray(Protocol[]::new))
                                .on("/simple/foo/", effect.getValue().build(), page())
                                .on("/simple/bar/", new MockResponse.Builder().code(404).build())
                                .start()) {
                    HttpIndex index = index(asks(secure, List.of(), null));
                    assertThat(index.page(FOO).versions())
                            .as("%s %s", effect.getKey(), protocols)
                            .hasSize(1);
                    assertThat(index.page(new PackageName("bar")).isMissing())
                            .as("%s %s", effect.getKey(), protocols)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void aServerThatAlwaysBreaksOffIsGivenUp() throws Exception {
        for (SocketEffect effect :
                List.of(new SocketEffect.CloseStream(1), new SocketEffect.CloseSocket())) {
            MockResponse broken = page().newBuilder().onResponseBody(effect).build();
            try (SecureServer secure = new SecureServer(RIGHT).on("/simple/foo/", broken).start()) {
                assertThat(asked(secure, List.of(), null)).contains("(tried 3 times)");
            }
        }
    }

    @Test
    void withoutNegotiationItIsTheOlderProtocol() throws Exception {
        assertThat(asked(RIGHT, SecureServer::withoutNegotiation)).isEqualTo("found");
    }

    /** A preface of HTTP/2 where nobody negotiated it, and bytes that are no TLS. */
    @Test
    void whatIsSpokenIsNotWhatWasAsked() throws Exception {
        byte[] settings = {0, 0, 0, 4, 0, 0, 0, 0, 0};
        assertThat(raw("http", settings)).contains("(tried 3 times)");
        assertThat(raw("https", "HTTP/1.1 400 No\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .contains("no TLS is spoken there")
                .contains("is it an address with http?");
        assertThat(raw("https", new byte[] {22, 3, 3, 0, 40, 2, 0, 0})).contains("(tried 3 times)");
    }

    private String raw(String scheme, byte[] answer) throws Exception {
        try (var listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(() -> {
                        while (!listening.isClosed()) {
                            try (Socket socket = listening.accept()) {
                                socket.getInputStream().read();
                                socket.getOutputStream().write(answer);
                                socket.shutdownOutput();
                                socket.getInputStream().readAllBytes();
                            } catch (IOException e) {
                                // the client went away, or the test is over
                            }
                        }
                    });
            var address =
                    URI.create(
                            "%s://127.0.0.1:%d/simple/"
                                    .formatted(scheme, listening.getLocalPort()));
            HttpIndex index =
                    index(
                            configuration(
                                    List.of(IndexLocation.simple(address)),
                                    Map.of(),
                                    null,
                                    false,
                                    true));
            IndexException thrown =
                    catchThrowableOfType(IndexException.class, () -> index.page(FOO));
            assertThat(thrown.kind()).isEqualTo(Kind.NETWORK);
            return String.valueOf(thrown.getMessage());
        }
    }
}
