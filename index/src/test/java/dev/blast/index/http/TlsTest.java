package dev.blast.index.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.IndexLocation;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate that nobody but we know, made by the JDK's keytool. */
class TlsTest extends HttpIndexFixture {
    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir static Path keys;

    private static KeyStore store;

    @BeforeAll
    static void makeCertificate() throws Exception {
        Path file = keys.resolve("server.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "server",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=index.example",
                                "-ext",
                                "SAN=ip:127.0.0.1",
                                "-validity",
                                "3650",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                new String(PASSWORD))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(keytool.waitFor()).isZero();
        store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        String body =
                Base64.getMimeEncoder().encodeToString(store.getCertificate("server").getEncoded());
        Files.writeString(
                keys.resolve("ca.pem"),
                "Some words.\n-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                        .formatted(body));
        Files.createDirectories(keys.resolve("folder"));
        Files.copy(keys.resolve("ca.pem"), keys.resolve("folder/12345678.0"));
    }

    private Loopback secure() throws Exception {
        var manager = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        manager.init(store, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(manager.getKeyManagers(), null, null);
        HttpsServer https =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context));
        return new Loopback(https).on("/simple/foo/", Loopback.json(FOO_PAGE));
    }

    @Test
    void whoIsNamedIsTrustedAndNobodyElse() throws Exception {
        try (Loopback secure = secure()) {
            List<IndexLocation> locations = List.of(IndexLocation.simple(secure.uri("/simple/")));
            for (Path trusted : List.of(keys.resolve("ca.pem"), keys.resolve("folder"))) {
                HttpIndex index = index(configuration(locations, Map.of(), trusted, false, true));
                assertThat(index.page(FOO).versions()).hasSize(1);
            }
            assertFails(
                    () -> index(configuration(locations, Map.of(), null, false, true)).page(FOO),
                    Kind.NETWORK,
                    "the server's certificate is not trusted (by Java's own authorities)");
        }
    }

    @Test
    void certificatesThatAreNoneAreSaidToBeNone() throws Exception {
        List<IndexLocation> locations =
                List.of(IndexLocation.simple(URI.create("https://127.0.0.1:1/")));
        Path empty = Files.createFile(cache.resolve("empty.pem"));
        assertFails(
                () -> index(configuration(locations, Map.of(), empty, false, false)).page(FOO),
                Kind.CONFIGURATION,
                empty + " holds no certificate in PEM form");
        Path gone = cache.resolve("gone.pem");
        assertFails(
                () -> index(configuration(locations, Map.of(), gone, false, false)).page(FOO),
                Kind.CONFIGURATION,
                "cannot read the certificates in " + gone);
    }
}
