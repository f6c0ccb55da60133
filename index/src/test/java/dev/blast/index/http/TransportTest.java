package dev.blast.index.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.settings.IndexConfiguration;
import dev.blast.index.settings.Proxies;
import dev.blast.index.settings.TrustedHosts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {
    private static Transport transport(Duration timeout, int retries, Proxies proxies) {
        return new Transport(
                new IndexConfiguration(
                        List.of(),
                        List.of(),
                        Map.of(),
                        List.of(),
                        TrustedHosts.of(List.of("index.example")),
                        proxies,
                        timeout,
                        retries,
                        false,
                        false),
                Duration.ofMillis(1));
    }

    /** A server that sends this to whoever connects, and then nothing more, without closing. */
    private ServerSocket silent(String begin) throws IOException {
        var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual()
                .start(() -> {
                    while (!server.isClosed()) {
                        try {
                            Socket socket = server.accept();
                            socket.getOutputStream()
                                    .write(begin.getBytes(StandardCharsets.US_ASCII));
                        } catch (IOException e) {
                            return;
                        }
                    }
                });
        return server;
    }

    private static void read(Transport transport, ServerSocket server) throws IndexException {
        URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/x");
        transport.exchange("GET", uri, Map.of(), null, answer -> answer.bytes(1000));
    }

    /** A platform thread does not hear it while it reads from a socket. */
    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"})
    void anInterruptionEndsTheWaitingForAServer(String begin) throws Exception {
        try (ServerSocket server = silent(begin);
                Transport transport = transport(Duration.ofMinutes(5), 5, Proxies.NONE)) {
            var thrown = new CompletableFuture<IndexException>();
            Thread asking =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    read(transport, server);
                                } catch (IndexException e) {
                                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                                    thrown.complete(e);
                                }
                            });
            while (transport.requests() == 0) {
                Thread.onSpinWait();
            }
            asking.interrupt();
            assertThat(thrown.get(10, TimeUnit.SECONDS))
                    .hasMessage("interrupted while waiting for an index");
        }
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() throws Exception {
        try (ServerSocket server = silent("");
                var transport = transport(Duration.ofMillis(200), 0, Proxies.NONE)) {
            HttpIndexFixture.assertFails(
                    () -> read(transport, server), Kind.NETWORK, "/x: no answer within 0.2 s");
        }
    }

    @Test
    void aServerThatStopsInTheMiddleIsGivenUp() throws Exception {
        String begin = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc";
        try (ServerSocket server = silent(begin);
                var transport = transport(Duration.ofMillis(200), 1, Proxies.NONE)) {
            HttpIndexFixture.assertFails(
                    () -> read(transport, server),
                    Kind.NETWORK,
                    "/x: no answer within 0.2 s (tried 2 times)");
        }
    }

    /** It never pauses for long, and would never end either. */
    @Test
    void aServerThatDripsIsGivenUpAtOnce() throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var transport = transport(Duration.ofMillis(500), 3, Proxies.NONE)) {
            Thread.ofVirtual().start(() -> drip(server));
            HttpIndexFixture.assertFails(
                    () -> read(transport, server), Kind.NETWORK, "bytes came within 1 s");
            assertThat(transport.requests()).isEqualTo(1);
        }
    }

    private static void drip(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream()
                    .write(
                            "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            while (true) {
                socket.getOutputStream().write('x');
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        } catch (IOException e) {
            // given up, which is what is wanted
        }
    }

    /** Fifty at once would wait two seconds for the last; half a second is all that is waited. */
    @Test
    void aServerThatAnswersOneAfterTheOtherIsAskedByFewerAtOnce() throws Exception {
        var turn = new ReentrantLock();
        try (var server = new Loopback();
                var transport = transport(Duration.ofMillis(500), 3, Proxies.NONE);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.on(
                    "/x",
                    _ -> {
                        turn.lock();
                        try {
                            LockSupport.parkNanos(Duration.ofMillis(40).toNanos());
                            return Loopback.bytes(new byte[10]);
                        } finally {
                            turn.unlock();
                        }
                    });
            Callable<byte[]> request =
                    () ->
                            transport.exchange(
                                    "GET",
                                    server.uri("/x"),
                                    Map.of(),
                                    null,
                                    answer -> answer.bytes(100));
            for (Future<byte[]> answer : threads.invokeAll(Collections.nCopies(50, request))) {
                assertThat(answer.get()).hasSize(10);
            }
        }
    }

    @Test
    void anAnswerThatIsTooLongIsNotReadToItsEnd() throws Exception {
        String begin = "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + "x".repeat(2000);
        try (ServerSocket server = silent(begin);
                var transport = transport(Duration.ofSeconds(5), 3, Proxies.NONE)) {
            HttpIndexFixture.assertFails(
                    () -> read(transport, server),
                    Kind.NETWORK,
                    "/x: the answer is longer than 1000 bytes, the most that is read");
        }
    }

    @Test
    void requestsAreBoundedInNumber() throws Exception {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        try (var server = new Loopback();
                var transport = transport(Duration.ofSeconds(20), 0, Proxies.NONE)) {
            server.on("/x", _ -> Loopback.bytes(new byte[10]));
            Callable<byte[]> request =
                    () ->
                            transport.exchange(
                                    "GET",
                                    server.uri("/x"),
                                    Map.of(),
                                    null,
                                    answer -> {
                                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                                        byte[] bytes = answer.bytes(100);
                                        now.decrementAndGet();
                                        return bytes;
                                    });
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<byte[]> answer : threads.invokeAll(Collections.nCopies(300, request))) {
                    assertThat(answer.get()).hasSize(10);
                }
            }
            assertThat(transport.requests()).isEqualTo(300);
            assertThat(transport.bytes()).isEqualTo(3000);
            assertThat(most.get()).isBetween(1, 50);
        }
    }

    @Test
    void aProxyIsAskedForTheWholeAddress() throws Exception {
        try (var proxy = new Loopback()) {
            proxy.on("http://index.example/x", Loopback.bytes(new byte[3]));
            var proxies = new Proxies(null, proxy.uri(""), List.of(), Map.of());
            try (var transport = transport(Duration.ofSeconds(5), 0, proxies)) {
                byte[] bytes =
                        transport.exchange(
                                "GET",
                                URI.create("http://index.example/x"),
                                Map.of(),
                                null,
                                answer -> answer.bytes(10));
                assertThat(bytes).hasSize(3);
            }
        }
    }
}
